import type { App, Environment } from '../domain/app.ts';
import { factOfRequest, factsOfAdoption, type AskingRole } from '../domain/auditing/request-facts.ts';
import { glassFact, withPass } from '../domain/door/glass.ts';
import { no, yes, type Answer, type Refusal } from '../domain/refusal.ts';
import { isOver, withNote, type Pass, type Release, type Route } from '../domain/release.ts';
import type { Revision } from '../domain/revision.ts';
import { verdictOf, type ApprovalRequest } from '../domain/approvals/approval.ts';
import { fourEyesOf } from '../domain/approvals/four-eyes.ts';
import { asksTheSame, type RequestFacts } from '../domain/same-request.ts';
import type { World } from '../ports.ts';
import { addWithLock } from './barriers/add-with-lock.ts';
import { changeRelease } from './change-release.ts';
import { newRelease } from './new-release.ts';
import { refuseClosed } from './gates/refuse-closed.ts';
import { askingRole } from './role.ts';

/** What somebody asks for, once it is clear how it travels. */
export interface Request {
  readonly app: App;
  readonly environment: Environment;
  readonly user: string;
  readonly route: Route;
  readonly revision: Revision;
  readonly purpose: 'deploy' | 'rollback';
  readonly reason?: string;
  /** Gates that an owner let it pass. */
  readonly passes?: readonly Pass[];
  /** Recognises a repeat of the same request. */
  readonly requestId: string;
}

/** `joined`: there was an open release of it already, and the caller counts as a requester of it now; `theirs`: they had asked for it before. */
export interface Requested {
  readonly release: Release;
  readonly how: 'new' | 'joined' | 'theirs';
}

/**
 * Writes the request down, unless a gate refuses: then nothing is. A request equal to an open one is answered with the
 * open release, and one whose release is over with how that ended. Starts nothing itself.
 */
export async function requestRelease(request: Request, world: World): Promise<Answer<Requested>> {
  const asking = await askingRole(request.user, request.app, world);
  if (asking.refusal) return no(asking.refusal);
  const open = await world.store.openReleases(request.app.name);
  const same = open.find((release) => asksTheSame(release, factsOf(request)));
  // Asking again for what is one's own already brings nothing in: no gate is in its way.
  const closed = same && isRequester(same, request.user) ? undefined : await refuseClosed(request, world);
  if (closed) return no(closed);
  if (same) return adopt(same, request, asking.role, world);
  const wanted = await newRelease(request, world);
  const { release, added } = await addWithLock(wanted, request, world, [factOfRequest(wanted, asking.role, world.clock.now()), ...(request.passes ?? []).map((pass) => glassFact(pass, wanted))]);
  if (added) return yes({ release, how: 'new' });
  return adopt(release, request, asking.role, world);
}

function factsOf({ app, environment, purpose, route, revision }: Request): RequestFacts {
  return { app: app.name, environment: environment.name, purpose, route, revision };
}

function isRequester(release: Release, user: string): boolean {
  return release.requesters.some((requester) => requester.user === user);
}

/** Who asks for a release cannot have approved it: a yes that was given before counts no more, until AWS has been told of it. */
function withoutApprovalOf(user: string, release: Release): Release {
  return { ...release, approvals: release.approvals.map((request) => (mayChange(request, release) ? recounted(request, user, release) : request)) };
}

function mayChange(request: ApprovalRequest, { intent }: Release): boolean {
  if (request.state === 'open') return true;
  const isTold = intent?.effect.kind === 'answer-approval' && intent.effect.approvalId === request.id;
  return request.state === 'decided' && request.verdict === 'approved' && !isTold;
}

/** Without the yes of who asks now; open again where the others are too few. */
function recounted(request: ApprovalRequest, user: string, release: Release): ApprovalRequest {
  const decisions = request.decisions.filter((decision) => decision.by !== user || !decision.approves);
  const left = { ...request, decisions };
  const eyes = fourEyesOf(release);
  if (verdictOf(left, { ...eyes, requesters: [...eyes.requesters, user] }) === request.verdict) return left;
  const { verdict: _gone, ...open } = left;
  return { ...open, state: 'open' };
}

/** It cannot be joined any more: it is over, or somebody has asked to cancel it. */
function refuseEnded(release: Release): Refusal | undefined {
  const { number, app, environment, status, route, revision } = release;
  if (isOver(release)) return { kind: 'asked-and-over', number, app, environment, status, route: route.kind, revision };
  return release.cancel && { kind: 'already-cancelling', number, by: release.cancel.by };
}

async function adopt(release: Release, request: Request, role: AskingRole, world: World): Promise<Answer<Requested>> {
  const { user, reason, requestId, passes = [] } = request;
  const at = world.clock.now();
  const said = reason === undefined ? {} : { reason };
  const answer = await changeRelease(
    release.id,
    (current) => {
      const ended = refuseEnded(current);
      if (ended) return { refusal: ended };
      const passing = passes.reduce((one, pass) => withPass(one, pass, `${requestId}:${pass.gate}`, request.app.people.owners), current);
      if (isRequester(current, user)) return passing;
      const joined = { ...withoutApprovalOf(user, passing), requesters: [...current.requesters, { user, at, ...said }] };
      return withNote(joined, `adopted:${user}`, at, { kind: 'adopted', by: user, ...said });
    },
    world,
    (before, after) => ({ audit: [...factsOfAdoption(before, after, role), ...(after.passes ?? []).slice(before.passes?.length ?? 0).map((pass) => glassFact(pass, after))] }),
  );
  const how = isRequester(release, user) ? 'theirs' : 'joined';
  return answer.ok ? yes({ release: answer.value, how }) : answer;
}
