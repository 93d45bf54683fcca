import { describe, expect, it } from '@jest/globals';
import { faultId } from '../../src/domain/fault-id.ts';

describe('a fault’s id', () => {
  it('is short, can be read out, and comes from the whole of its letters', () => {
    expect(faultId('00000000-0000-4000-8000-000000000000')).toBe('f-2222');
    expect(faultId('ffffffff-0000-4000-8000-000000000000')).toBe('f-ZZZZ');
    expect(faultId('12345678-0000-4000-8000-000000000000')).toMatch(/^f-[2-9A-HJ-NP-Z]{4}$/);
  });
});
