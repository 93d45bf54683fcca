import type { GateState } from '../domain/gates/gate.ts';
import type { DisabledTransition } from '../domain/observation.ts';
import { section } from './blocks.ts';
import type { Reply } from './reply.ts';
import { listed, mention, nameInArn, plain } from './words.ts';

/** Every gate, open or closed, and who can open it. */
export function whyReply(why: { readonly app: string; readonly environment: string; readonly gates: readonly GateState[]; readonly owners: readonly string[]; readonly transitions: readonly DisabledTransition[] }): Reply {
  const where = `*${plain(why.app, 60)} → ${plain(why.environment, 60)}*`;
  const open = why.transitions.length === 0 && why.gates.every((gate) => gate.open || gate.because === 'approval-needed');
  const asks = why.gates.some((gate) => !gate.open && gate.because === 'approval-needed');
  const go = asks ? 'can start now; the approval is asked for when it gets there.' : 'can go now.';
  const text = open ? `${where}: \`/deploy ${plain(why.environment, 60)}\` ${go}` : `${where}: something is in the way.`;
  const gates = why.gates.map((gate) => `${gate.open ? '✅' : '❌'} ${gateWords(gate, why.owners)}`);
  const transitions = why.transitions.map((transition) => `❌ ${transitionWords(transition)}; a release waits there until it is enabled in AWS.`);
  return { text, blocks: [section([text, ...gates, ...transitions].join('\n'))] };
}

/** Who closed the way into a stage, and why. */
export function transitionWords({ stage, reason, by }: DisabledTransition): string {
  const who = by === undefined ? '' : ` by ${nameInArn(by)}`;
  return `*transition* to stage ${plain(stage, 100)}: disabled${who}${reason === '' ? '' : `: “${plain(reason, 300)}”`}`;
}

function gateWords(gate: GateState, owners: readonly string[]): string {
  if (gate.open) return openWords(gate);
  switch (gate.because) {
    case 'role':
      return `*role*: you are a ${gate.role}; contributors and owners deploy. ${owners.length > 0 ? `Ask ${listed(owners.map(mention), 'or')}` : 'Ask an owner'} to add you to \`people\` in jack.yml.`;
    case 'occupied':
      return `*queue*: #${gate.by} is at work there; yours would wait, place ${gate.place}.`;
    case 'not-ready':
      return `*environment*: Beanstalk is busy (${plain(gate.status, 40)}${gate.doing === undefined ? '' : `: ${plain(gate.doing, 120)}`}); yours would wait until it is Ready.`;
    case 'unknown':
      return '*environment*: Beanstalk does not answer; nothing goes in until it does.';
    case 'approval-needed':
      return gate.from.length === 0
        ? '*approval*: needed, and nobody may give it from Slack: `approval.from` in jack.yml is empty or missing.'
        : `*approval*: ${gate.count} needed from ${listed(gate.from.map(mention), 'or')}, not from who asks.`;
    default:
      return gate satisfies never;
  }
}

function openWords(gate: GateState & { open: true }): string {
  switch (gate.note) {
    case 'no-policy':
      return '*approval*: none needed; no policy is set in jack.yml.';
    case 'not-asked-for-rollbacks':
      return '*approval*: not asked for rollbacks.';
    case 'given':
      return '*approval*: given.';
    default:
      return { role: '*role*: you may deploy.', queue: '*queue*: nothing is at work there.', environment: '*environment*: Ready.', approval: '*approval*: none needed.' }[gate.gate];
  }
}
