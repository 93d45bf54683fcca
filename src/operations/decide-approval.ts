import { environmentOf, type App, type ApprovalPolicy } from '../domain/app.ts';
import type { ApprovalRequest, Decision } from '../domain/approvals/approval.ts';
import { approvalFacts } from '../domain/approvals/audited.ts';
import { whatChanged, type Changed } from '../domain/approvals/bound.ts';
import { isRecorded, ownRelease, whyClosed, withDecision } from '../domain/approvals/deciding.ts';
import { isForOthers, policiesOf, raised } from '../domain/approvals/policy.ts';
import { no, yes, type Answer, type Refusal } from '../domain/refusal.ts';
import type { Release } from '../domain/release.ts';
import type { World } from '../ports.ts';
import { changeRelease } from './change-release.ts';

/** What somebody says to an approval request. */
export interface Say {
  readonly approvalId: string;
  readonly user: string;
  readonly approves: boolean;
  readonly comment?: string;
  /** Rejected for the sake of this execution, which waits behind: nothing is decided when it does not any more. */
  readonly instead?: string;
  /** The delivery (Said.id): the same again is answered as the first time. */
  readonly said?: string;
}

/**
 * Records one person's yes or no, with its line in the audit. Authorised anew, with groups looked up now, and compared
 * with what AWS shows now; so is everybody whose yes is there already. A failed look-up throws, so nothing is recorded. The same person's second click changes
 * nothing, but for a no after a yes; the decision is given to AWS by the reconciler.
 */
export async function decideApproval(say: Say, world: World): Promise<Answer<Release>> {
  const release = await world.store.releaseByApproval(say.approvalId);
  const app = world.apps.all().find((one) => one.name === release?.app);
  const request = release?.approvals.find((one) => one.id === say.approvalId);
  if (!release || !request) return no({ kind: 'stale-button' });
  if (!app) return no(withoutApp(release, request, world));
  if (isRecorded(request, { by: say.user, ...(say.said !== undefined && { said: say.said }) })) return yes(release);
  const asked = { release, request, app };
  const refusal = whyClosed(release, request, { by: say.user, approves: say.approves, at: world.clock.now() }) ?? (await refuseApprover(asked, say, world)) ?? (await refuseChanged(asked, say, world));
  if (refusal) return no(refusal);
  const decision: Decision = {
    by: say.user,
    at: world.clock.now(),
    name: await world.slack.people.displayName(say.user),
    approves: say.approves,
    ...(say.comment !== undefined && say.comment !== '' && { comment: say.comment }),
    ...(say.said !== undefined && { said: say.said }),
  };
  const gone = say.approves ? await goneApprovers(asked, say, world) : [];
  const audited = (before: Release, after: Release) => ({ audit: approvalFacts(before, after, decision.at) });
  return changeRelease(release.id, (current) => recorded(withDecision(raised(current, app), say.approvalId, decision, gone)), world, audited);
}

/** An app that is not discovered for a while is not gone. */
function withoutApp({ app }: Release, { environment }: ApprovalRequest, { apps }: World): Refusal {
  const undiscovered = apps.problems().find((one) => one.app === app);
  return undiscovered ? { kind: 'undiscovered-app', app, problem: undiscovered.problem } : { kind: 'no-policy', app, environment, unlisted: true };
}

interface Asked {
  readonly release: Release;
  readonly request: ApprovalRequest;
  readonly app: App;
}

function recorded(answer: Answer<Release>): Release | { readonly refusal: Refusal } {
  return answer.ok ? answer.value : { refusal: answer.refusal };
}

/** The policy of when the card was drawn and the present one must both name the person: who was taken out of jack.yml answers no more. */
async function refuseApprover({ release, request, app }: Asked, say: Say, world: World): Promise<Refusal | undefined> {
  const gone = [...(say.approves ? [release.environment] : []), request.environment].find((name) => !environmentOf(app, name));
  if (gone !== undefined) return { kind: 'no-policy', app: app.name, environment: gone, unlisted: true };
  const policies = policiesOf(request, app, release.purpose);
  const left = isForOthers(request, release, app, world.clock.now());
  if (!policies && !left) return { kind: 'no-policy', app: app.name, environment: request.environment };
  const [first, ...more] = policies ?? [];
  const standing = await world.slack.people.standing(say.user, true);
  const from = first?.from.filter((principal) => more.every((policy) => policy.from.includes(principal))) ?? [];
  if (standing !== 'member') return { kind: 'not-approver', environment: request.environment, from: from.filter((principal) => principal !== say.user), standing };
  const isNamed = policies !== undefined && (await isAmongAll(say.user, policies, world));
  const own = isNamed ? ownRelease(release, { by: say.user, approves: say.approves }) : undefined;
  if (own) return own;
  if (left && (say.approves || !isNamed)) return changed(release, 'policy', world);
  return isNamed ? undefined : { kind: 'not-approver', environment: request.environment, from };
}

async function isAmongAll(user: string, policies: readonly ApprovalPolicy[], { slack }: World): Promise<boolean> {
  for (const { from } of policies) if (!(await slack.people.isAmong(user, from, true))) return false;
  return true;
}

/** Who said yes before and may not any more: what they said counts no more either, once somebody else says theirs. */
async function goneApprovers({ release, request, app }: Asked, say: Say, world: World): Promise<readonly string[]> {
  const before = new Set(request.decisions.filter(({ approves, by }) => approves && by !== say.user).map(({ by }) => by));
  const policies = policiesOf(request, app, release.purpose) ?? [];
  const gone: string[] = [];
  for (const user of before) {
    if ((await world.slack.people.standing(user, true)) !== 'member' || !(await isAmongAll(user, policies, world))) gone.push(user);
  }
  return gone;
}

/** What was looked at has to be what stands there: else nothing is decided, and the card is drawn again. */
async function refuseChanged({ release, request, app }: Asked, say: Say, world: World): Promise<Refusal | undefined> {
  const bound = request.approvalAction;
  const pipeline = app.pipelines.find((one) => one.name === bound?.pipeline);
  const seen = bound && pipeline && (await world.aws.observeExecution(app, pipeline, bound.executionId));
  const what = whatChanged(request, release, seen, say.instead) ?? (say.approves && seen?.status === 'Stopping' ? 'stopping' : undefined);
  return what && changed(release, what, world);
}

/** The card is drawn anew. */
async function changed({ id, number }: Release, what: Changed, world: World): Promise<Refusal> {
  await world.store.nudge(`release:${id}`, world.clock.now());
  return { kind: 'approval-changed', number, what };
}
