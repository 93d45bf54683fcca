import { assertNever, type Refusal } from '../domain/refusal.ts';
import { shortCommit } from '../domain/revision.ts';
import { section } from './blocks.ts';
import type { Reply } from './reply.ts';
import { clock, dateAndClock, listed, mention, mentions, nameInArn, plain } from './words.ts';

/** A no, seen by the caller alone. */
export function refusalReply(refusal: Refusal): Reply {
  const text = refusalText(refusal);
  return { text, blocks: [section(text)] };
}

/** What is in the way, who can move it, and what to do next. */
export function refusalText(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'not-understood':
      return `I don’t understand “${plain(refusal.words, 150)}”. Try ${listed(refusal.usages.map((usage) => `\`${usage}\``), 'or')}; \`/jack help\` shows all.`;
    case 'not-built':
      return `\`${plain(refusal.verb, 30)}\` is not built yet, so nothing was done. \`/jack help\` shows what there is.`;
    case 'no-app-here':
      return `Which app? ${listed(refusal.known.map(code), 'or')} has such an environment. Put its name first, as in \`/deploy ${plain(refusal.known[0] ?? 'app', 60)} …\`.`;
    case 'unknown-app':
      return `I don’t know “${plain(refusal.asked, 80)}”.${meant(refusal.nearest)} Apps: ${listed(refusal.known.map(code))}. Type \`/deploy <app> <environment>\`.`;
    case 'unknown-environment':
      return `*${plain(refusal.app, 60)}* has no environment “${plain(refusal.asked, 80)}”.${meant(refusal.nearest)} It has: ${listed(refusal.known.map(code))}.`;
    case 'undiscovered-app':
      return `I could not look at *${plain(refusal.app, 60)}* in AWS: ${plain(refusal.problem, 500)}`;
    case 'unknown-revision':
      return `I find no version or commit “${plain(refusal.asked, 100)}” of *${plain(refusal.app, 60)}*.${meant(refusal.nearest)}${newestWords(refusal.newest)}${refusal.alsoPlaces ? ' You can also name an environment, as in `@dev`.' : ''}`;
    case 'ambiguous-revision':
      return `“${plain(refusal.asked, 60)}” fits ${refusal.matches.length} commits: ${listed(refusal.matches.slice(0, 4).map((match) => `${code(match.id)}${match.summary === undefined ? '' : ` ${plain(match.summary.split('\n')[0] ?? '', 60)}`}`))}. Type a few more characters.`;
    case 'unseen-commit':
      return `Pipeline *${plain(refusal.pipeline, 100)}* has never run a commit ${code(refusal.asked)}, so I won’t bring it in from the side. Push it to the pipeline’s branch, or name a version: \`/deploy prod@<label>\`.`;
    case 'unusable-version':
      return `Beanstalk says that version ${code(refusal.label)} is not usable (it failed to process, or is still being made). Choose another one.`;
    case 'nothing-to-deploy':
      return `No pipeline deploys to *${plain(refusal.environment, 60)}*, and there is no environment before it whose version I could take. Name one: \`/deploy ${plain(refusal.environment, 60)}@<version label>\`.`;
    case 'already-runs':
      return `${code(shortCommit(refusal.what))} already runs on *${plain(refusal.environment, 60)}*, on every instance${refusal.since === undefined ? '' : `, since ${dateAndClock(refusal.since)}`}. Nothing to do.`;
    case 'wrong-role':
      return `That takes a ${refusal.needs}; you are a ${refusal.role} here. ${refusal.owners.length > 0 ? `Ask ${listed(refusal.owners.map(mention), 'or')}` : 'Ask whoever keeps jack.yml'} to add you to \`people\` in jack.yml.`;
    case 'nobody-looked-up':
      return `I could not look up ${plain(refusal.what, 100)} just now, so the answer is no. Try again in a minute.`;
    case 'own-release':
      return `You asked for #${refusal.number} yourself, so somebody else has to approve it.`;
    case 'not-approver':
      return notApprover(refusal);
    case 'no-policy':
      return `*${plain(refusal.environment, 60)}* has no approval policy, so nobody can approve from Slack. Add \`approval: { from: […], count: 1 }\` to it in jack.yml, or answer in the AWS console.`;
    case 'approval-over':
      return approvalOver(refusal);
    case 'already-decided':
      return `You have ${refusal.approves ? 'approved' : 'rejected'} #${refusal.number} already. It counts once.`;
    case 'release-over':
      return `#${refusal.number} is over (${refusal.status.replaceAll('-', ' ')}), so there is nothing to stop.`;
    case 'already-cancelling':
      return `${mention(refusal.by)} asked to cancel #${refusal.number} already; AWS has still to show it.`;
    case 'unknown-release':
      return refusal.asked === '' ? 'Which release? Type its number: `/deploy cancel #412`.' : `I know no release “${plain(refusal.asked, 60)}”. Its number stands in the thread, as in \`#412\`.`;
    case 'no-open-release':
      return `Nothing is on its way to *${plain(refusal.environment, 60)}*.`;
    case 'nothing-to-roll-back-to':
      return `There is nothing to roll *${plain(refusal.environment, 60)}* back to: I know no earlier version that ran there and that Beanstalk still has. Name one: \`/rollback ${plain(refusal.environment, 60)} @<version label>\`.`;
    case 'rollback-running':
      return `#${refusal.number} is rolling *${plain(refusal.environment, 60)}* back already. Follow it in its thread.`;
    case 'reason-needed':
      return `Say why: ${plain(refusal.what, 100)} takes a reason.`;
    case 'stale-button':
      return 'That button does not stand for anything any more, so nothing was done. Look at the newest message in the thread.';
    default:
      return assertNever(refusal);
  }
}

function code(text: string): string {
  return `\`${plain(text, 100)}\``;
}

function meant(nearest: string | undefined): string {
  return nearest === undefined ? '' : ` Did you mean ${code(nearest)}?`;
}

function newestWords(newest: readonly string[]): string {
  return newest.length === 0 ? '' : ` The newest versions: ${listed(newest.map(code))}.`;
}

const NEVER = { guest: 'Guests', bot: 'Bots', deactivated: 'Deactivated users', external: 'People from outside this workspace' } as const;

function notApprover(refusal: Extract<Refusal, { kind: 'not-approver' }>): string {
  if (refusal.standing) return `${NEVER[refusal.standing]} never approve. ${refusal.from.length > 0 ? `Ask ${mentions(refusal.from)}.` : ''}`.trim();
  if (refusal.from.length === 0) return `Nobody may approve *${plain(refusal.environment, 60)}* from Slack: \`approval.from\` is empty in jack.yml.`;
  return `You are not among the approvers of *${plain(refusal.environment, 60)}*. Ask ${listed(refusal.from.map(mention), 'or')}.`;
}

function approvalOver({ number, approval }: Extract<Refusal, { kind: 'approval-over' }>): string {
  const by = approval.decisions.map((decision) => mention(decision.by)).join(', ');
  const at = approval.closedAt === undefined ? '' : ` at ${clock(approval.closedAt)}`;
  if (approval.state === 'overtaken') return `#${number} was ${approval.verdict ?? 'answered'} outside Slack already${approval.elsewhere?.who === undefined ? '' : ` by ${nameInArn(approval.elsewhere.who)}`}${at}.`;
  if (approval.state === 'expired') return `The time to answer #${number} is over${at}.`;
  if (approval.verdict) return `${by || 'Somebody'} ${approval.verdict} #${number} already${at}.`;
  return `#${number} needs no answer any more${at}.`;
}
