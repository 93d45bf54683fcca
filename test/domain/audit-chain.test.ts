import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { AuditEntry, AuditFact } from '../../src/domain/audit.ts';
import { BEFORE_THE_FIRST, canonical, chained } from '../../src/domain/auditing/chain.ts';
import { verifyAudit } from '../../src/domain/auditing/verify.ts';
import { cases } from '../support/cases.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

function chainOf(facts: readonly AuditFact[]): readonly AuditEntry[] {
  const lines: AuditEntry[] = [];
  for (const fact of facts) lines.push(chained(fact, lines.length + 1, lines.at(-1)?.hash ?? BEFORE_THE_FIRST, sha256));
  // As a database gives them back.
  return JSON.parse(JSON.stringify(lines)) as AuditEntry[];
}

const text = fc.string({ unit: 'binary', maxLength: 12 });
const fact: fc.Arbitrary<AuditFact> = fc.record(
  {
    at: fc.nat(),
    who: text,
    what: fc.constantFrom('release.request', 'lock.take', 'aws.start-execution'),
    on: fc.record({ app: text, environment: text, release: fc.nat() }, { requiredKeys: [] }),
    outcome: fc.constantFrom('done', 'refused'),
    rule: text,
    detail: text,
    awsRequestId: text,
  },
  { requiredKeys: ['at', 'who', 'what', 'on', 'outcome'] },
);
const chain = fc.array(fact, { minLength: 1, maxLength: 12 }).map(chainOf);
const chainAndPlace = chain.chain((lines) => fc.tuple(fc.constant(lines), fc.nat(lines.length - 1)));

/** What somebody with a database in their hands does to one field of a line. */
const FIELDS = ['at', 'who', 'what', 'on', 'outcome', 'rule', 'detail', 'awsRequestId', 'seq', 'previous', 'hash', 'more'] as const;
function mutated(line: AuditEntry, field: (typeof FIELDS)[number]): AuditEntry {
  const value = (line as unknown as Readonly<Record<string, unknown>>)[field];
  const other = typeof value === 'number' ? value + 1 : typeof value === 'string' ? `${value}?` : { ...(value as object | undefined), barrier: 'another' };
  return { ...line, [field]: other };
}

const numRuns = cases(250);

describe('a chain that nobody touched', () => {
  it('is in order, also against its own heads', () => {
    fc.assert(
      fc.property(chainAndPlace, ([lines, place]) => {
        const last = lines.at(-1);
        const noted = lines[place];
        expect(verifyAudit(lines, sha256, { count: lines.length, ...(noted && { head: noted }) })).toEqual({ ok: true, head: { seq: last?.seq, hash: last?.hash } });
      }),
      { numRuns },
    );
  });

  it('is in order when it is empty', () => {
    expect(verifyAudit([], sha256)).toEqual({ ok: true, head: undefined });
  });

  it('does not hang on the order of a line’s fields', () => {
    fc.assert(
      fc.property(chain, (lines) => {
        const turned = lines.map((line) => Object.fromEntries(Object.entries(line).toReversed()) as unknown as AuditEntry);
        expect(verifyAudit(turned, sha256)).toMatchObject({ ok: true });
      }),
      { numRuns: cases(200) },
    );
  });
});

describe('it is found', () => {
  it('which line was changed, in whatever field', () => {
    fc.assert(
      fc.property(chainAndPlace, fc.constantFrom(...FIELDS), ([lines, place], field) => {
        const changed = lines.map((line, index) => (index === place ? mutated(line, field) : line));
        expect(verifyAudit(changed, sha256)).toMatchObject({ ok: false, defect: 'changed', seq: changed[place]?.seq });
      }),
      { numRuns },
    );
  });

  it('that a line in the middle was removed', () => {
    fc.assert(
      fc.property(chainAndPlace, ([lines, place]) => {
        fc.pre(place < lines.length - 1);
        const verdict = verifyAudit(lines.toSpliced(place, 1), sha256);
        expect(verdict).toMatchObject({ ok: false, defect: 'removed', seq: place + 2 });
      }),
      { numRuns },
    );
  });

  it('that two lines were swapped', () => {
    fc.assert(
      fc.property(chainAndPlace, fc.nat(), ([lines, place], far) => {
        const [low, high] = [place, far % lines.length].sort((a, b) => a - b);
        const [one, other] = [lines[low ?? 0], lines[high ?? 0]];
        fc.pre(one !== undefined && other !== undefined && one !== other);
        const swapped = lines.map((line) => (line === one ? other : line === other ? one : line));
        expect(verifyAudit(swapped as readonly AuditEntry[], sha256)).toMatchObject({ ok: false, defect: 'removed', seq: other?.seq });
        // The same, with the numbers as they should be.
        const renumbered = (swapped as readonly AuditEntry[]).map((line, index) => ({ ...line, seq: index + 1 }));
        expect(verifyAudit(renumbered, sha256)).toMatchObject({ ok: false, defect: 'changed', seq: (low ?? 0) + 1 });
      }),
      { numRuns },
    );
  });

  it('that a line was put in, whatever it says of itself', () => {
    fc.assert(
      fc.property(chainAndPlace, fact, fc.boolean(), ([lines, place], more, follows) => {
        const before = lines[place - 1];
        const forged = chained(more, place + 1, follows ? (before?.hash ?? BEFORE_THE_FIRST) : sha256('elsewhere'), sha256);
        fc.pre(forged.hash !== lines[place]?.hash);
        const verdict = verifyAudit(lines.toSpliced(place, 0, forged), sha256);
        expect(verdict).toMatchObject({ ok: false, defect: follows ? 'reordered' : 'foreign', seq: place + 1 });
      }),
      { numRuns },
    );
  });

  it('that lines were appended which had been written to another chain', () => {
    fc.assert(
      fc.property(chain, chain, (lines, others) => {
        fc.pre(lines[0]?.hash !== others[0]?.hash && others.length > lines.length);
        expect(verifyAudit([...lines, ...others.slice(lines.length)], sha256)).toMatchObject({ ok: false, defect: 'foreign', seq: lines.length + 1 });
      }),
      { numRuns: cases(200) },
    );
  });

  it('that the tail was cut off, against the head or the count', () => {
    fc.assert(
      fc.property(chainAndPlace, ([lines, place]) => {
        const [kept, head] = [lines.slice(0, place), lines.at(-1)];
        expect(verifyAudit(kept, sha256)).toMatchObject({ ok: true });
        expect(verifyAudit(kept, sha256, { ...(head && { head }) })).toMatchObject({ ok: false, defect: 'cut-off', seq: place + 1 });
        expect(verifyAudit(kept, sha256, { count: lines.length })).toMatchObject({ ok: false, defect: 'cut-off', seq: place + 1 });
      }),
      { numRuns },
    );
  });

  it('that lines were put in past the counter, or that it is gone', () => {
    fc.assert(
      fc.property(chainAndPlace, ([lines, place]) => {
        expect(verifyAudit(lines, sha256, {}, { value: lines.length })).toMatchObject({ ok: true });
        // Lines that are written while somebody reads.
        expect(verifyAudit(lines, sha256, {}, { value: lines.length + 1 })).toMatchObject({ ok: true });
        expect(verifyAudit(lines, sha256, {}, { value: place })).toMatchObject({ ok: false, defect: 'uncounted', seq: place + 1 });
        expect(verifyAudit(lines, sha256, {}, { value: undefined })).toMatchObject({ ok: false, defect: 'no-counter', seq: lines.length + 1 });
      }),
      { numRuns },
    );
  });

  it('that all was written anew from some line on, against the head', () => {
    fc.assert(
      fc.property(chainAndPlace, ([lines, place]) => {
        const anew = chainOf(lines.map(({ seq: _seq, previous: _previous, hash: _hash, ...line }, index) => (index === place ? { ...line, who: `${line.who}?` } : line)));
        const head = lines.at(-1);
        expect(verifyAudit(anew, sha256)).toMatchObject({ ok: true });
        expect(verifyAudit(anew, sha256, { ...(head && { head }) })).toMatchObject({ ok: false, defect: 'other-head', seq: lines.length });
      }),
      { numRuns },
    );
  });
});

describe('the canonical JSON', () => {
  it('is JSON, and the same for equal values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const stored = JSON.parse(JSON.stringify(value)) as unknown;
        expect(JSON.parse(canonical(value))).toEqual(stored);
        expect(canonical(stored)).toBe(canonical(value));
      }),
      { numRuns: cases(200) },
    );
  });

  it('has sorted keys, no spaces and nothing that is undefined', () => {
    expect(canonical({ b: [1, { d: 'ü', c: null }], a: undefined, A: true })).toBe('{"A":true,"b":[1,{"c":null,"d":"ü"}]}');
  });
});
