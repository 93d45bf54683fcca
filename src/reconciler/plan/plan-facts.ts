import { environmentOf, type App } from '../../domain/app.ts';
import type { DoorFacts } from '../../domain/door/door-facts.ts';
import type { GateFacts } from '../../domain/gates/gate.ts';
import type { ObservedEnvironment, ObservedExecution, ObservedOperation, Time } from '../../domain/observation.ts';
import type { Effect } from '../../domain/effect.ts';
import type { Release } from '../../domain/release.ts';

/** Everything that a plan is made from. The release has taken in what was observed already. */
export interface PlanFacts {
  readonly app: App;
  readonly now: Time;
  /** Pipeline route; undefined: AWS does not know it. */
  readonly execution?: ObservedExecution;
  /** The release's own environment; undefined: not read in this run. */
  readonly seen?: ObservedEnvironment;
  readonly operation?: ObservedOperation;
  /** The number of the release whose execution took this one's place, where it is known. */
  readonly supersededBy?: number;
  /** The disabled transition that the execution waits at reads like Jack's, and is somebody else's. */
  readonly forgedBefore?: true;
  /** The environment on the way at whose door the release stands; absent: it is the release's own. */
  readonly onTheWay?: OnTheWay;
  /** Releases to let pass first, where it goes in next. */
  readonly ahead: readonly Release[];
  /** Locks, freezes, transitions, promotion and alarms in front of the environment where it goes in next; all 'unknown' where nothing hangs on them in this run. */
  readonly door: DoorFacts;
  /** The other environments that the same yes lets it into, in order, with what is in front of them. Absent: none. */
  readonly further?: readonly FurtherDoor[];
  readonly newId: () => string;
}

export interface FurtherDoor {
  readonly environment: string;
  /** Promotion is told without the environments that the same yes lets it into first. */
  readonly door: DoorFacts;
}

export interface OnTheWay {
  readonly environment: string;
  /** Absent: not read in this run. */
  readonly seen?: ObservedEnvironment;
  readonly operation?: ObservedOperation;
}

/** What comes next: the release as it should be recorded, and at most one effect. */
export interface Plan {
  readonly release: Release;
  readonly effect?: { readonly effect: Effect; readonly by?: string };
}

/** What the plan knows of each door that the same yes opens, the entrance first. The one at which the release is held already comes before all. */
export function doorsOf(release: Release, facts: PlanFacts): readonly PlanFacts[] {
  const { further = [], ...entrance } = facts;
  const doors = [entrance, ...further.map(({ environment, door }): PlanFacts => ({ ...entrance, door, ahead: [], onTheWay: { environment } }))];
  const held = release.waiting?.for === 'gate' ? (release.waiting.environment ?? release.environment) : undefined;
  return doors.toSorted((a, b) => Number(doorOf(release, b) === held) - Number(doorOf(release, a) === held));
}

/** The environment that these facts are about. */
export function doorOf(release: Pick<Release, 'environment'>, { onTheWay }: Pick<PlanFacts, 'onTheWay'>): string {
  return onTheWay?.environment ?? release.environment;
}

/** What the gates need to know, from what the plan knows. Undefined: jack.yml names the environment in front of which it stands, or its own, no more. */
export function gateFacts(release: Release, facts: PlanFacts): GateFacts | undefined {
  const { environment: name, seen, operation } = facts.onTheWay ?? { ...facts, environment: release.environment };
  const environment = environmentOf(facts.app, name);
  if (!environment || !environmentOf(facts.app, release.environment)) return undefined;
  const approval = release.approvals.findLast((request) => request.environment === name);
  const passes = release.passes?.filter((pass) => (pass.environment ?? release.environment) === name);
  return {
    environment,
    route: release.route.kind === 'version' ? 'version' : 'pipeline',
    purpose: release.purpose,
    ahead: facts.ahead,
    requesters: release.requesters.map(({ user }) => user),
    ...(passes && { passes }),
    ...facts.door,
    ...(seen && { seen }),
    ...(operation && { operation }),
    ...(approval && { approval }),
    approvalAction: release.route.kind === 'pipeline',
  };
}
