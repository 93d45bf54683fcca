import { isInForce, type Barriers } from '../../domain/barriers/barriers.ts';
import type { Time } from '../../domain/observation.ts';
import type { Release } from '../../domain/release.ts';

/** What is lost with an environment that jack.yml does not name any more; undefined: nothing. One sentence, for the log and for who keeps the file. */
export function stillBarred({ app, environment, all, holds }: Barriers, now: Time): string | undefined {
  const barrier = all.find((one) => isInForce(one, now));
  if (!barrier && holds.length === 0) return undefined;
  const [hold] = holds;
  const what = barrier ? `${barrier.kind === 'lock' ? 'locked' : 'frozen'} (“${barrier.reason.replaceAll(/\s+/g, ' ').slice(0, 100)}”)` : `behind the transition to ${hold?.stage ?? ''} of ${hold?.pipeline ?? ''}, which Jack holds closed`;
  const first = barrier?.kind === 'freeze' ? 'thaw' : barrier ? 'unlock' : 'open';
  return `${app} → ${environment} is ${what}: ${first} it first, while the file still has it.`;
}

/** So many releases are named. */
const NAMED = 5;

/** Which releases would be left to nobody with the environment: those on their way there, and those that are asked about in front of it. As `stillBarred`. */
export function stillUnderWay(open: readonly Release[], environment: string): string | undefined {
  const concerned = open.filter((release) => release.environment === environment || release.approvals.some((one) => one.environment === environment && (one.state === 'open' || one.state === 'decided')));
  const [first] = concerned;
  if (!first) return undefined;
  const numbers = concerned.slice(0, NAMED).map(({ number }) => `#${number}`).join(', ');
  const more = concerned.length > NAMED ? ` and ${concerned.length - NAMED} more` : '';
  return `${first.app} → ${environment} has releases under way (${numbers}${more}): let them come to their end or cancel them first, while the file still has it.`;
}

/** What is wrong with jack.yml where it does not have an open release's environment any more. Nobody can answer it, and where the app is gone nobody follows it. */
export function leftBehind({ app, environment, number }: Release): string {
  return `The file does not have ${app} → ${environment} any more, and its release #${number} is under way. Put it back into the file until that is over.`;
}
