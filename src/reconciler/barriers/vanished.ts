import { isInForce, type Barriers } from '../../domain/barriers/barriers.ts';
import type { Time } from '../../domain/observation.ts';

/** What is lost with an environment that jack.yml does not name any more; undefined: nothing. One sentence, for the log and for who keeps the file. */
export function stillBarred({ app, environment, all, holds }: Barriers, now: Time): string | undefined {
  const barrier = all.find((one) => isInForce(one, now));
  if (!barrier && holds.length === 0) return undefined;
  const [hold] = holds;
  const what = barrier ? `${barrier.kind === 'lock' ? 'locked' : 'frozen'} (“${barrier.reason.replaceAll(/\s+/g, ' ').slice(0, 100)}”)` : `behind the transition to ${hold?.stage ?? ''} of ${hold?.pipeline ?? ''}, which Jack holds closed`;
  const first = barrier?.kind === 'freeze' ? 'thaw' : barrier ? 'unlock' : 'open';
  return `${app} → ${environment} is ${what}: ${first} it first, while the file still has it.`;
}
