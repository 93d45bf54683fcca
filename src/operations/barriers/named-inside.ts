import type { World } from '../../ports.ts';
import { barrierById } from './find-barrier.ts';

/** Whether the barrier's thread names this approval among what was inside already: there too it can be rejected. */
export async function isNamedInside(barrierId: string, approvalId: string, world: World): Promise<boolean> {
  const found = await barrierById(barrierId, world);
  return found?.barrier.notes.some(({ what }) => what.kind === 'inside' && what.releases.some((one) => one.approvalId === approvalId)) ?? false;
}
