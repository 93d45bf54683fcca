import type { GateState } from '../../domain/gates/gate.ts';
import { barrierIn } from '../../domain/barriers/barriers.ts';
import { holderOf } from '../../domain/effect.ts';
import type { DisabledTransition } from '../../domain/observation.ts';
import type { Route } from '../../domain/release.ts';
import type { Revision } from '../../domain/revision.ts';
import { askedFirstWords, type AskedFirst } from '../approvals/asked-first.ts';
import { inSections } from '../blocks.ts';
import { alarmWords, atWords, byWords, disabledWords } from './gate-words.ts';
import type { Reply } from '../reply.ts';
import { dateAndClock, listed, mention, nameInArn, plain, revisionWords } from '../words.ts';

/** What `/deploy why` and the form's preview are made from. */
export interface ShownWhy {
  readonly app: string;
  readonly environment: string;
  /** All of them, in order. */
  readonly gates: readonly GateState[];
  readonly owners: readonly string[];
  /** Disabled transitions on the way that are Jack's own. */
  readonly transitions: readonly DisabledTransition[];
  /** The revision that was named, and how it would come. `also`: environments that get it too. `joins`: the number of the release that brings just that, `isTheirs`: and the reader asked for it. */
  readonly named?: { readonly asked: string; readonly route: Pick<Route, 'kind'>; readonly revision: Revision; readonly also?: readonly string[]; readonly joins?: number; readonly isTheirs?: boolean };
  /** Who is asked before a rollback does anything. */
  readonly rollback?: AskedFirst;
  /** The pipeline that brings a push there without asking anybody, though a policy stands in jack.yml. */
  readonly asksNobody?: string;
}

/** Nine gates stand here: no reason may crowd the others out. Characters. */
const REASON_MAX = 150;

type ClosedGate = GateState & { readonly open: false };

/** Every gate, open or closed, and who can open it. */
export function whyReply(why: ShownWhy): Reply {
  const text = `*${plain(why.app, 60)} → ${plain(why.environment, 60)}*: ${firstWords(why)}`;
  const gates = why.gates.map((gate) => (gate.open ? `✅ ${openWords(gate)}` : `❌ ${gateWords(gate, why)}`));
  return { text, blocks: inSections([text, ...gates, ...ownWords(why), ...rollbackWords(why), ...pushWords(why)]) };
}

function firstWords({ gates, environment, transitions, named }: ShownWhy): string {
  const closed = gates.filter((gate): gate is ClosedGate => !gate.open);
  const go = named ? namedWords(environment, named) : `\`/deploy ${plain(environment, 60)}\``;
  if (named?.isTheirs && named.joins !== undefined) return `${go} is #${named.joins}, and you asked for it already.`;
  if (closed.some(({ manner }) => manner === 'refuses')) return `${go} is refused now.`;
  if (named?.joins !== undefined) return `${go} joins #${named.joins}, which brings just that already.`;
  if (closed.some(({ because }) => because !== 'approval-needed') || transitions.length > 0) return `${go} is taken, and waits.`;
  if (closed.length === 0) return `${go} can go now.`;
  return named?.route.kind === 'version' ? `${go} is taken, and asks for its approval first.` : `${go} can start now; the approval is asked for when it gets there.`;
}

/** What it is, and how it would come: a version meets no transition. */
function namedWords(environment: string, { asked, route, revision, also = [] }: NonNullable<ShownWhy['named']>): string {
  const commit = revision.id === undefined ? '' : `${revisionWords(revision)}, as `;
  const too = also.length === 0 ? '' : `; ${listed(also.map((name) => `*${plain(name, 60)}*`))} get${also.length === 1 ? 's' : ''} it too`;
  const how = route.kind === 'version' ? `${commit}version \`${plain(revision.label ?? '', 100)}\` straight to Beanstalk` : `${revisionWords(revision)}, through the pipeline${too}`;
  return `\`/deploy ${plain(environment, 60)}@${plain(asked, 100)}\` (${how})`;
}

/** Who closed the way into a stage, and why. */
export function transitionWords({ stage, reason, by, forged }: DisabledTransition): string {
  const holder = forged ? undefined : holderOf(reason);
  if (holder !== undefined) return `*transition* to stage ${plain(stage, 100)}: #${holder} works there and holds it meanwhile`;
  if (!forged && barrierIn(reason) !== undefined) return `*transition* to stage ${plain(stage, 100)}: still closed by me after a lock or freeze, whose thread asks whether what waits may go in`;
  const who = by === undefined ? '' : ` by ${nameInArn(by)}`;
  return `*transition* to stage ${plain(stage, 100)}: disabled${who}${reason === '' ? '' : `: “${plain(reason, REASON_MAX)}”`}`;
}

function gateWords(gate: ClosedGate, { owners, environment, named }: ShownWhy): string {
  const name = `*${NAMES[gate.gate]}*`;
  switch (gate.because) {
    case 'role':
      return `${name}: you are a ${gate.role}; contributors and owners deploy. ${ownersOr(owners, 'Ask', 'Ask an owner')} to add you to \`people\` in jack.yml.`;
    case 'locked':
      return gate.manner === 'waits'
        ? `${name}: it is yours, until ${dateAndClock(gate.until)}. What you send through the pipeline waits until you type \`/deploy unlock ${plain(environment, 60)}\`; a version (\`@<label>\`) and \`/rollback\` go through.`
        : `${name}: ${mention(gate.by)} holds it since ${dateAndClock(gate.since)}, until ${dateAndClock(gate.until)}: “${plain(gate.reason, REASON_MAX)}”. ${mention(gate.by)} can unlock it${stealers(gate.by, owners)}.`;
    case 'unasked':
      return `${name}: what it held is asked about in its thread.`;
    case 'held-elsewhere':
      return `${name}: ${listed(gate.transitions.map((one) => disabledWords(one, REASON_MAX)))}. Who disabled it can enable it, in AWS; I do not. For a version (\`@<label>\`) or a rollback ${ownersOr(owners, '', 'an owner')} can break the glass; what comes through the pipeline AWS itself holds.`;
    case 'frozen':
      return `${name}: frozen ${byWords(gate.freeze)} until ${dateAndClock(gate.freeze.until)}${gate.freeze.reason === '' ? '' : `: “${plain(gate.freeze.reason, REASON_MAX)}”`}. ${gate.freeze.nextAllowed === undefined ? 'No end is in sight' : `Next allowed time: ${dateAndClock(gate.freeze.nextAllowed)}`}; ${ownersOr(owners, '', 'an owner')} can thaw it.`;
    case 'occupied':
      return `${name}: #${gate.by} comes first there; yours would wait, place ${gate.place}.`;
    case 'not-ready':
      return `${name}: Beanstalk is busy (${plain(gate.status, 40)}${gate.doing === undefined ? '' : `: ${plain(gate.doing.replace(/\.$/, ''), 120)}`}); yours would wait until it is Ready.`;
    case 'not-yet-on':
      return `${name}: it has to be live on ${listed(gate.environments.map((one) => `*${plain(one, 60)}*`))} first; yours would wait. \`/deploy ${plain(gate.environments[0] ?? '', 60)}${named ? atWords(named.revision) : ''}\` brings it there. ${glass(owners)}`;
    case 'alarms':
      return `${name}: ${alarmWords(gate)}; yours would wait until ${gate.ringing.length + gate.unknown.length === 1 ? 'it is' : 'they are'} silent. ${glass(owners)}`;
    case 'approval-needed':
      return gate.from.length === 0
        ? `${name}: needed, and nobody may give it from Slack: \`approval.from\` in jack.yml is empty or missing.`
        : `${name}: ${gate.count} needed from ${listed(gate.from.map(mention), 'or')}, not from who asks.`;
    case 'unknown':
      return `${name}: ${UNREAD_WORDS[gate.gate]}; nothing goes in until I know.`;
    case 'unlisted':
      return `${name}: jack.yml does not name it any more; nothing goes in.`;
    default:
      return gate satisfies never;
  }
}

const NAMES: Readonly<Record<GateState['gate'], string>> = {
  role: 'role', lock: 'lock', 'foreign-lock': 'foreign lock', freeze: 'freeze', queue: 'queue', environment: 'environment', promotion: 'promotion', alarms: 'alarms', approval: 'approval',
};

const UNREAD_WORDS: Readonly<Record<GateState['gate'], string>> = {
  role: 'I could not look you up',
  lock: 'I cannot read whether somebody holds it',
  'foreign-lock': 'CodePipeline does not tell which transitions are disabled',
  freeze: 'I cannot read whether it is frozen',
  queue: 'I cannot read what is at work there',
  environment: 'Beanstalk does not answer',
  promotion: 'I cannot tell what has been live where',
  alarms: 'CloudWatch does not answer',
  approval: 'I cannot read its approval',
};

/** Open for another reason than that nothing is in the way. */
const NOTES: Partial<Record<NonNullable<(GateState & { open: true })['note']>, string>> = {
  'broken-glass': 'passed by an owner.',
  'not-configured': 'none set in jack.yml.',
  'no-policy': 'none needed; no policy is set in jack.yml.',
  'not-asked-for-rollbacks': 'not asked for rollbacks.',
  'asked-when-it-gets-there': 'asked when it gets there; the pipeline comes through there first.',
  given: 'given.',
  yours: 'it is yours.',
};

const OPEN: Readonly<Record<GateState['gate'], string>> = {
  role: 'you may deploy.',
  lock: 'nobody holds it.',
  'foreign-lock': 'no transition on the way is disabled outside Slack.',
  freeze: 'nothing is frozen now.',
  queue: 'nothing is at work there.',
  environment: 'Ready.',
  promotion: 'it has been live where it has to be first.',
  alarms: 'silent.',
  approval: 'none needed.',
};

function openWords({ gate, note }: GateState & { open: true }): string {
  return `*${NAMES[gate]}*: ${(note && NOTES[note]) ?? OPEN[gate]}`;
}

/** The owners but who holds it: nobody takes a lock from themselves. */
function stealers(holder: string, owners: readonly string[]): string {
  const others = owners.filter((owner) => owner !== holder);
  return owners.length > 0 && others.length === 0 ? '' : `; ${ownersOr(others, '', 'an owner')} can steal it`;
}

/** Mentioned, or in general where nobody is an owner. */
function ownersOr(owners: readonly string[], before: string, otherwise: string): string {
  return owners.length > 0 ? `${before} ${listed(owners.map(mention), 'or')}`.trim() : otherwise;
}

function glass(owners: readonly string[]): string {
  return `${owners.length > 0 ? listed(owners.map(mention), 'or') : 'An owner'} can break the glass.`;
}

/** Transitions that Jack itself holds, where no gate tells of them: a release in the pipeline waits there. */
function ownWords({ transitions, environment, gates }: ShownWhy): readonly string[] {
  const isTold = gates.some((gate) => !gate.open && (gate.because === 'locked' || gate.because === 'frozen'));
  return transitions
    .filter(({ reason }) => !(isTold && reason.includes(` of ${environment} (`) && barrierIn(reason) !== undefined))
    .map(({ stage, reason }) => {
      const holder = holderOf(reason);
      const why = holder === undefined ? `I hold it: “${plain(reason, REASON_MAX)}”. If that is over, its thread asks whether what waits may go in` : `#${holder} works there and holds it meanwhile`;
      return `❌ *transition* to stage ${plain(stage, 100)}: ${why}.`;
    });
}

/** A deploy's approval is another matter. */
function rollbackWords({ rollback, environment }: ShownWhy): readonly string[] {
  return rollback ? [`:leftwards_arrow_with_hook: A rollback of *${plain(environment, 60)}* ${askedFirstWords(rollback)}.`] : [];
}

/** A policy without an approval action holds what is asked for here, and nothing else. */
function pushWords({ asksNobody, environment }: ShownWhy): readonly string[] {
  if (asksNobody === undefined) return [];
  return [`:warning: Pipeline ${plain(asksNobody, 100)} has no approval action before *${plain(environment, 60)}*, so the policy cannot stop a push: what is pushed goes there without anybody’s yes. A manual approval in front of its deploy action mends that.`];
}
