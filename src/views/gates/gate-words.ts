import type { Closed, FreezeInForce, GateName } from '../../domain/gates/gate.ts';
import type { DisabledTransition } from '../../domain/observation.ts';
import { shortCommit, type Revision } from '../../domain/revision.ts';
import { dateAndClock, listed, mention, nameInArn, plain } from '../words.ts';

type Of<Because extends Closed['because']> = Extract<Closed, { because: Because }>;

/** What cannot be read while a gate is closed for that. */
const UNREAD: Readonly<Record<GateName, string>> = {
  role: 'who may deploy here',
  lock: 'whether it is locked',
  'foreign-lock': 'whether somebody disabled the way in',
  freeze: 'whether it is frozen',
  queue: 'what is at work there',
  environment: 'whether Beanstalk is Ready',
  promotion: 'what has been live where',
  alarms: 'its alarms',
  approval: 'its approval',
};

/** What keeps a gate closed, to stand behind the environment's name or 'it': 'is locked by @ann …'. No full stop. */
export function closedWords(gate: GateName, closed: Closed): string {
  switch (closed.because) {
    case 'locked':
      return `is locked by ${mention(closed.by)} since ${dateAndClock(closed.since)}, until ${dateAndClock(closed.until)}${quotedReason(closed.reason)}`;
    case 'unasked':
      return `was ${closed.barrier === 'lock' ? 'locked' : 'frozen'} when this was to go in, and nobody has said yet that it may now`;
    case 'held-elsewhere':
      return `is held in AWS, outside Slack: ${listed(closed.transitions.map((one) => disabledWords(one)))}`;
    case 'frozen':
      return `is frozen ${byWords(closed.freeze)} until ${dateAndClock(closed.freeze.until)}${quotedReason(closed.freeze.reason)}`;
    case 'not-yet-on':
      return `takes only what has been live on ${listed(closed.environments.map(bold))} first, and this has not been yet`;
    case 'alarms':
      return `is kept closed by ${alarmWords(closed)}`;
    case 'occupied':
      return `has #${closed.by} at work`;
    case 'not-ready':
      return `is busy in Beanstalk (${plain(closed.status, 40)}${closed.doing === undefined ? '' : `: ${plain(closed.doing.replace(/\.$/, ''), 120)}`})`;
    case 'approval-needed':
      return closed.from.length === 0 ? 'needs an approval that nobody can give from Slack' : `needs ${closed.count} of ${listed(closed.from.map(mention), 'or')} to approve`;
    case 'role':
      return closed.askers ? `takes what a contributor asks for, and ${listed(closed.askers.slice(0, 10).map(mention))} may not deploy any more` : `takes a contributor, and you are a ${closed.role}`;
    case 'unknown':
      return `stays closed, for I cannot read ${UNREAD[gate]}`;
    case 'unlisted':
      return 'is not in jack.yml any more, so nothing tells me what keeps it closed';
    default:
      return closed satisfies never;
  }
}

/** What has to happen for a release that is held at a gate to go on. No full stop. */
export function goesOnWords(closed: Closed): string {
  switch (closed.because) {
    case 'locked':
      return 'When the lock ends, I ask whether it goes on';
    case 'unasked':
      return closed.later === true ? 'Whether it goes on is asked when what keeps the environment closed now is over' : `${closed.asked === undefined ? 'The owners are' : `${mention(closed.asked)} is`} asked in the thread of the ${closed.barrier} whether it goes on`;
    case 'held-elsewhere':
      return 'It goes on when that is enabled in AWS';
    case 'frozen':
      return `${closed.freeze.nextAllowed === undefined ? 'When no freeze is left' : `When it ends (${dateAndClock(closed.freeze.nextAllowed)})`}, I ask whether it goes on`;
    case 'not-yet-on':
      return 'It goes on when it has';
    case 'alarms':
      return closed.ringing.length > 0 ? `It goes on when ${closed.ringing.length + closed.unknown.length === 1 ? 'it is' : 'they are'} silent` : 'It goes on when CloudWatch tells';
    case 'role':
      return 'It goes on when somebody who may asks for it too';
    case 'unlisted':
      return 'It goes on when jack.yml names it again';
    default:
      return 'It goes on by itself when that changes';
  }
}

export function alarmWords({ ringing, unknown }: Of<'alarms'>): string {
  const rings = ringing.length === 0 ? [] : [`alarm${ringing.length === 1 ? '' : 's'} ${listed(ringing.slice(0, 5).map(code))} (ringing)`];
  const silent = unknown.length === 0 ? [] : [`alarm${unknown.length === 1 ? '' : 's'} ${listed(unknown.slice(0, 5).map(code))} (CloudWatch tells nothing of ${unknown.length === 1 ? 'it' : 'them'})`];
  return listed([...rings, ...silent]);
}

/** 'the transition into Prod, by olive: “release freeze”'. `max`: of the reason's characters. */
export function disabledWords({ stage, reason, by }: DisabledTransition, max = 300): string {
  return `the transition into ${plain(stage, 100)} is disabled${by === undefined ? '' : ` by ${nameInArn(by)}`}${quotedReason(reason, max)}`;
}

/** '@4c7b474', to type the very revision; nothing where it has no name. */
export function atWords({ id, label }: Revision): string {
  const name = id === undefined ? label : shortCommit(id);
  return name === undefined ? '' : `@${plain(name, 100)}`;
}

/** Whose freeze it is. */
export function byWords({ by }: Pick<FreezeInForce, 'by'>): string {
  return by === 'jack.yml' ? 'by jack.yml' : `by ${mention(by)}`;
}

function quotedReason(reason: string, max = 300): string {
  return reason.trim() === '' ? '' : `: “${plain(reason, max)}”`;
}

function code(name: string): string {
  return `\`${plain(name, 100)}\``;
}

function bold(name: string): string {
  return `*${plain(name, 60)}*`;
}
