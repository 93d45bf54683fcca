import type { Principal } from './app.ts';
import type { Time } from './observation.ts';
import type { Release } from './release.ts';

/** An AWS call that changes something. Data, so that it can be written down before it is made. */
export type Effect =
  | { readonly kind: 'start-execution'; readonly pipeline: string; readonly override?: { readonly sourceAction: string; readonly commit: string } }
  | {
      readonly kind: 'answer-approval';
      readonly approvalId: string;
      readonly pipeline: string;
      readonly stage: string;
      readonly action: string;
      readonly token: string;
      readonly approved: boolean;
      /** Cut to CodePipeline's 512. */
      readonly summary: string;
    }
  | { readonly kind: 'stop-execution'; readonly pipeline: string; readonly executionId: string; readonly abandon: boolean; readonly reason: string }
  | { readonly kind: 'update-environment'; readonly beanstalkEnvironment: string; readonly label: string }
  | { readonly kind: 'abort-update'; readonly beanstalkEnvironment: string; /** Of the operation that is meant; any other is left alone. Absent: Beanstalk did not tell it. */ readonly requestId?: string }
  | { readonly kind: 'hold-transition'; readonly pipeline: string; readonly stage: string; readonly reason: string; /** Reasons that read like Jack's and are somebody else's: not taken over. */ readonly foreign?: readonly string[] }
  | { readonly kind: 'free-transition'; readonly pipeline: string; readonly stage: string; readonly reason: string };

export interface Intent {
  readonly effect: Effect;
  /** Before the first call: the effect is looked for from here on. */
  readonly t0: Time;
  /** Since when it has been looked for in vain, after a crash or an unknown outcome. A repeat begins without it. */
  readonly missingSince?: Time;
  /** Slack user on whose behalf, for the role session's name. */
  readonly by?: Principal;
}

/** In whose name a release's way is closed and opened: who wished it to stop, where that is how it ends, else who asked first. */
export function onBehalfOf({ requesters, cancel, ending, status }: Pick<Release, 'requesters' | 'cancel' | 'ending' | 'status'>): Principal | undefined {
  const stopped = (ending?.status ?? status) === 'cancelled' ? cancel?.by : undefined;
  return stopped ?? requesters[0]?.user;
}

/** A transition that Jack disabled, or wanted to, while a release works on the environment behind it. */
export interface TransitionHold {
  readonly pipeline: string;
  readonly stage: string;
  readonly state: HoldState;
  readonly reason: string;
}

/**
 * foreign: somebody else had disabled it, so it is not Jack's to free. refused: AWS did not let Jack disable it. stuck:
 * AWS did not let Jack enable it again.
 */
export type HoldState = 'held' | 'foreign' | 'refused' | 'freed' | 'stuck';

/** The reason that AWS shows; it tells whose hold it is, so it is made of characters that AWS takes. */
export function holdReason(release: { readonly id: string; readonly number: number }, beanstalkEnvironment: string): string {
  return `Jack release ${release.number} works on ${beanstalkEnvironment} (hold ${release.id})`;
}

/** The number of the release for which Jack holds a transition; undefined when the reason is not Jack's. */
export function holderOf(reason: string): number | undefined {
  return holdIn(reason)?.number;
}

/** The release that the reason names: by the id Jack knows its own, as far as it stands in the store. */
export function holdIn(reason: string): { readonly id: string; readonly number: number } | undefined {
  const [, number, id] = /^Jack release (\d+) works on .+ \(hold ([0-9a-f-]{36})\)$/.exec(reason) ?? [];
  return number === undefined || id === undefined ? undefined : { id, number: Number(number) };
}
