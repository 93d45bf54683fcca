import type { App, Environment } from '../../domain/app.ts';
import type { AuditFact } from '../../domain/audit.ts';
import { freezesOf, lockOf, withBarrier, type Barrier, type Barriers } from '../../domain/barriers/barriers.ts';
import { occurrencesAt, withoutThawed } from '../../domain/barriers/calendar.ts';
import { freezeInForce } from '../../domain/barriers/in-force.ts';
import type { Occurrence } from '../../domain/barriers/planned-freeze.ts';
import type { FreezeInForce } from '../../domain/gates/gate.ts';
import { no, type Answer } from '../../domain/refusal.ts';
import type { World } from '../../ports.ts';
import { roleOf } from '../role.ts';
import { changeBarriers, type Change } from './change-barriers.ts';

export interface ThawWish {
  readonly app: App;
  readonly environment: Environment;
  readonly user: string;
  /** When they said it: a repeat after a crash is told what the first run did. */
  readonly at: number;
  /** This freeze alone. Absent: all that are in force. */
  readonly barrier?: string;
}

export interface Thawed {
  readonly ended: readonly Barrier[];
  /** Occurrences of windows in jack.yml that freeze nothing any more. */
  readonly windows: readonly Occurrence[];
  /** What still keeps releases out. */
  readonly still?: { readonly lock?: Barrier; readonly freeze?: FreezeInForce };
}

/** An owner ends the freezes that are in force: declared ones for good, a window's for this time. What waits in front is asked about in the thread. */
export async function thaw(wish: ThawWish, world: World): Promise<Answer<Thawed>> {
  const { app, user } = wish;
  if ((await roleOf(user, app, world, true)) !== 'owner') return no({ kind: 'not-owner', what: 'thaw', owners: app.people.owners });
  return changeBarriers(wish, (barriers) => thawed(barriers, wish, world.clock.now()), world);
}

function thawed(barriers: Barriers, { app, environment, user, at: said, barrier: only }: ThawWish, at: number): Change<Thawed> {
  const freezes = freezesOf(barriers, at).filter(({ id }) => only === undefined || id === only);
  const windows = withoutThawed(occurrencesAt(app.freezes ?? [], environment.name, at), barriers.thawed).filter((one) => only === undefined || freezes.some((freeze) => freeze.window === one.window));
  const before = barriers.all.filter((one) => (only === undefined || one.id === only) && one.ended?.how === 'thawed' && one.ended.by === user && one.ended.at >= said);
  const windowsBefore = barriers.thawed.filter((one) => one.by === user && one.at >= said);
  const nothing = freezes.length === 0 && windows.length === 0;
  if (nothing && before.length + (only === undefined ? windowsBefore.length : 0) > 0) return { asItIs: { ended: before, windows: windowsBefore, ...stillClosed(barriers, app, at) } };
  if (nothing) return { refusal: { kind: 'not-frozen', app: app.name, environment: environment.name } };
  const ended = freezes.map((one): Barrier => ({ ...one, ended: { at, how: 'thawed', by: user } }));
  const without = ended.reduce(withBarrier, barriers);
  const fact = (barrier?: string, detail?: string): AuditFact => ({
    at, who: user, what: 'freeze.thaw', on: { app: app.name, environment: environment.name, ...(barrier !== undefined && { barrier }) },
    outcome: 'done', rule: 'role:owner', ...(detail !== undefined && { detail }),
  });
  const unnoted = windows.filter((one) => !freezes.some((freeze) => freeze.window === one.window));
  const after: Barriers = { ...without, thawed: [...without.thawed, ...windows.map((one) => ({ ...one, by: user, at }))] };
  return {
    barriers: after,
    audit: [...ended.map((one) => fact(one.id, one.window)), ...unnoted.map((one) => fact(undefined, one.window))],
    value: { ended, windows, ...stillClosed(after, app, at) },
  };
}

function stillClosed(barriers: Barriers, app: App, at: number): Pick<Thawed, 'still'> {
  const lock = lockOf(barriers, at);
  const freeze = freezeInForce(barriers, app.freezes ?? [], at);
  return lock || freeze ? { still: { ...(lock && { lock }), ...(freeze && { freeze }) } } : {};
}
