import { ranOut } from '../domain/approvals/approval.ts';
import type { Refusal } from '../domain/refusal.ts';
import { shortCommit } from '../domain/revision.ts';
import { deciders } from './approvals/closed.ts';
import { glassRefusalText } from './gates/glass-refusal.ts';
import { barrierRefusalBlocks, barrierRefusalText, type BarrierRefusal } from './gates/barrier-refusal.ts';
import { section } from './blocks.ts';
import type { Reply } from './reply.ts';
import { targetRefusalText } from './target-refusal.ts';
import { clock, listed, mention, mentions, nameInArn, plain } from './words.ts';

/** A no, seen by the caller alone. */
export function refusalReply(refusal: Refusal): Reply {
  const text = refusalText(refusal);
  return { text, blocks: [section(text), ...(isOfBarrier(refusal) ? barrierRefusalBlocks(refusal) : [])], refusal };
}

/** What is in the way, who can move it, and what to do next. */
export function refusalText(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'wrong-role':
      return `That takes a ${refusal.needs}; you are a ${refusal.role} here. ${refusal.owners.length > 0 ? `Ask ${listed(refusal.owners.map(mention), 'or')}` : 'Ask whoever keeps jack.yml'} to add you to \`people\` in jack.yml.`;
    case 'own-release':
      return `You asked for #${refusal.number} yourself, so somebody else has to approve it.`;
    case 'not-approver':
      return notApprover(refusal);
    case 'no-policy':
      if (refusal.unlisted) return `*${plain(refusal.environment, 60)}* of ${plain(refusal.app, 60)} is not in jack.yml any more, so nobody can answer from Slack. Ask whoever keeps jack.yml to put it back, or answer in the AWS console.`;
      return `*${plain(refusal.environment, 60)}* has no approval policy, so nobody can approve from Slack. Add \`approval: { from: […], count: 1 }\` to it in jack.yml, or answer in the AWS console.`;
    case 'approval-over':
      return approvalOver(refusal);
    case 'already-decided':
      return `You have ${refusal.approves ? 'approved' : 'rejected'} #${refusal.number} already. It counts once.`;
    case 'release-over':
      return `#${refusal.number} is over (${refusal.status.replaceAll('-', ' ')}), so there is nothing to ${refusal.to === 'pass' ? 'let pass' : 'stop'}.`;
    case 'asked-and-over':
      return askedAndOver(refusal);
    case 'already-cancelling':
      return `${mention(refusal.by)} asked to cancel #${refusal.number} already; AWS has still to show it.`;
    case 'only-checked':
      return onlyChecked(refusal);
    case 'unknown-release':
      return refusal.asked === '' ? 'Which release? Type its number: `/deploy cancel #412`.' : `I know no release “${plain(refusal.asked, 60)}”. Its number stands in the thread, as in \`#412\`.`;
    case 'nothing-to-roll-back-to':
      return `There is nothing to roll *${plain(refusal.environment, 60)}* back to: I know no earlier version that ran there and that Beanstalk still has. Name one: \`/rollback ${plain(refusal.environment, 60)} @<version label>\`.`;
    case 'rollback-running':
      return rollbackRunning(refusal);
    case 'reason-needed':
      return `Say why: ${plain(refusal.what, 100)} takes a reason${refusal.like === undefined ? '' : `, as in \`${plain(refusal.like, 100)}\``}.`;
    case 'stale-button':
      return 'That button does not stand for anything any more, so nothing was done. Look at the newest message in the thread.';
    case 'foreign-click':
      return refusal.form ? 'I did not open that form for you, or not with that in it, so nothing was done. Open it again from its button.' : 'I did not put that button there, or not for this, so nothing was done. Use the buttons of the newest message in its own thread.';
    case 'approval-changed':
      return approvalChanged(refusal);
    case 'nothing-to-pass':
    case 'glass-broken':
    case 'others-wait':
    case 'held-for-another':
      return glassRefusalText(refusal);
    case 'bad-time':
      return `“${plain(refusal.words, 80)}” does not do as a time. Allowed: ${plain(refusal.allowed, 300)}.`;
    case 'not-owner':
      return `${refusal.standing ? `${NEVER[refusal.standing]} never ${plain(refusal.what, 100)}, owners or not` : `Only owners ${plain(refusal.what, 100)}`}. ${refusal.owners.length > 0 ? `Ask ${listed(refusal.owners.map(mention), 'or')}` : 'jack.yml names none yet; ask whoever keeps it'}.`;
    default:
      return isOfBarrier(refusal) ? barrierRefusalText(refusal) : targetRefusalText(refusal);
  }
}

const OF_BARRIERS: ReadonlySet<Refusal['kind']> = new Set<BarrierRefusal['kind']>(['gate-closed', 'already-locked', 'not-locked', 'not-frozen', 'not-yours']);

function isOfBarrier<Any extends Refusal>(refusal: Any): refusal is Extract<Any, BarrierRefusal> {
  return OF_BARRIERS.has(refusal.kind);
}

function rollbackRunning({ environment, number, waitsFor }: Extract<Refusal, { kind: 'rollback-running' }>): string {
  const name = plain(environment, 60);
  if (waitsFor === undefined) return `A rollback of *${name}* is on its way already: #${number}. Follow it in its thread.`;
  const version = plain(waitsFor, 100);
  return `#${number} waits to roll *${name}* back to \`${version}\`, which is another version, and it goes on when somebody who may deploy asks for that too: \`/rollback ${name} @${version}\`. To go elsewhere, stop it first: \`/deploy cancel #${number}\`.`;
}

/** What AWS, or jack.yml, shows now is not what the card showed. */
function approvalChanged({ number, what }: Extract<Refusal, { kind: 'approval-changed' }>): string {
  const changed = {
    execution: 'another execution stands at the approval now',
    stopping: 'it is being stopped in AWS, and no yes lets it go on',
    token: 'CodePipeline asks anew since the card was drawn',
    revisions: 'what would ship is not what the card showed',
    answered: 'somebody answered it in AWS meanwhile',
    behind: 'what waited behind it does not wait there any more',
    policy: 'jack.yml names other approvers by now than the card',
  }[what];
  return `#${number} changed under your click: ${changed}. Nothing was decided; look at the new card in its thread.`;
}

function onlyChecked({ number, environment, purpose, deployed }: Extract<Refusal, { kind: 'only-checked' }>): string {
  if (!deployed) return `Nothing of #${number} runs in AWS any more, so there is nothing to stop; I am only checking what became of it.`;
  const back = purpose === 'deploy' ? ` \`/rollback ${plain(environment, 60)}\` goes back.` : '';
  return `#${number} is deployed already, so there is nothing to stop; I am only checking it.${back}`;
}

/** Its execution or version is spoken for by a release that has ended. */
function askedAndOver({ number, app, environment, status, route, revision }: Extract<Refusal, { kind: 'asked-and-over' }>): string {
  const over = `#${number} *${plain(app, 60)} → ${plain(environment, 60)}* is just that, and it is over (${status.replaceAll('-', ' ')}), so nothing was started.`;
  const retry = route === 'pipeline' && status !== 'live' ? ' To go on with its execution, retry the stage in the AWS console; I follow it.' : '';
  const name = revision.id === undefined ? revision.label : shortCommit(revision.id);
  return `${over}${retry}${name === undefined ? '' : ` To bring it again once nothing runs of it: \`/deploy ${plain(app, 60)} ${plain(environment, 60)}@${plain(name, 100)}\`.`}`;
}

const NEVER = { guest: 'Guests', bot: 'Bots', deactivated: 'Deactivated users', external: 'People from outside this workspace' } as const;

function notApprover(refusal: Extract<Refusal, { kind: 'not-approver' }>): string {
  if (refusal.standing) return `${NEVER[refusal.standing]} never approve. ${refusal.from.length > 0 ? `Ask ${mentions(refusal.from)}.` : ''}`.trim();
  if (refusal.from.length === 0) return `Nobody may approve *${plain(refusal.environment, 60)}* from Slack: \`approval.from\` is empty in jack.yml.`;
  return `You are not among the approvers of *${plain(refusal.environment, 60)}*. Ask ${listed(refusal.from.map(mention), 'or')}.`;
}

function approvalOver({ number, approval }: Extract<Refusal, { kind: 'approval-over' }>): string {
  const at = approval.closedAt === undefined ? '' : ` at ${clock(approval.closedAt)}`;
  if (approval.state === 'overtaken') return `#${number} was ${approval.verdict ?? 'answered'} outside Slack already${approval.elsewhere?.who === undefined ? '' : ` by ${nameInArn(approval.elsewhere.who)}`}${at}.`;
  if (approval.state === 'expired' || ranOut(approval)) return `The time to answer #${number} is over${at}.`;
  const { verdict, brokenGlass } = approval;
  if (verdict && approval.state !== 'withdrawn') return `${brokenGlass ? mention(brokenGlass.by) : deciders(approval, verdict === 'approved')} ${verdict} #${number} already${at}.`;
  return `#${number} needs no answer any more${at}.`;
}
