import type { KnownBlock, PlainTextOption } from '@slack/types';
import type { DisabledTransition } from '../domain/observation.ts';
import type { GateState } from '../domain/gates/gate.ts';
import { shortCommit, type Revision } from '../domain/revision.ts';
import { context, section } from './blocks.ts';
import { clip, counted, duration, plain, revisionWords, visible } from './words.ts';
import { whyReply } from './gates/why.ts';

/** A place to deploy to, as the form offers it: value 'shop/prod'. */
export interface OfferedPlace {
  readonly app: string;
  readonly environment: string;
}

/** A revision to choose. `value` is 'newest:<commit>' ('newest' where AWS cannot tell which), a version label or a commit. */
export interface OfferedRevision {
  readonly value: string;
  readonly revision: Revision;
  readonly ageMs?: number;
  /** The label exists already, so nothing is built. */
  readonly built: boolean;
}

/** What the form shows once it has been filled from AWS. */
export interface DeployFormFacts {
  readonly chosen: OfferedPlace;
  readonly revisions: readonly OfferedRevision[];
  readonly running?: Revision;
  readonly commits?: { readonly count: number; readonly truncated: boolean; readonly commits: readonly Revision[] };
  readonly gates: readonly GateState[];
  readonly transitions: readonly DisabledTransition[];
  readonly owners: readonly string[];
  /** As in `/deploy why`. */
  readonly asksNobody?: string;
}

const OPTION_MAX = 75;

/** The form behind bare `/deploy`. Without facts it is still being filled. */
export function deployForm(places: readonly OfferedPlace[], facts: DeployFormFacts | undefined, chosen: OfferedPlace, metadata: string) {
  return {
    type: 'modal',
    callback_id: 'deploy',
    title: { type: 'plain_text', text: 'Deploy' },
    submit: { type: 'plain_text', text: 'Deploy' },
    close: { type: 'plain_text', text: 'Leave it' },
    private_metadata: metadata,
    blocks: [placeInput(places, chosen), ...(facts ? filled(facts) : [context(':hourglass_flowing_sand: Looking at AWS for revisions…')]), reasonInput()],
  } as const satisfies { blocks: readonly KnownBlock[] } & Record<string, unknown>;
}

function placeInput(places: readonly OfferedPlace[], chosen: OfferedPlace): KnownBlock {
  const options = places.slice(0, 100).map(placeOption);
  return {
    type: 'input',
    block_id: 'place',
    dispatch_action: true,
    label: { type: 'plain_text', text: 'Where to' },
    element: { type: 'static_select', action_id: 'deploy.place', options, initial_option: placeOption(chosen) },
  };
}

function placeOption(place: OfferedPlace): PlainTextOption {
  return option(`${place.app} → ${place.environment}`, `${place.app}/${place.environment}`);
}

function option(text: string, value: string): PlainTextOption {
  return { text: { type: 'plain_text', text: clip(visible(text), OPTION_MAX) }, value };
}

/** What is wrong in a form that was sent before it had been drawn for the place that was chosen. */
export const DEPLOY_FORM_ERRORS = {
  noPlace: 'Choose where to.',
  stillOther: (place: string) => `The list was still for ${place}; choose again.`,
  noList: 'There was no revision to choose from yet. Wait until the list is there, or type the command.',
} as const;

/** A new block id for each place, so that a choice made for another place is not kept. */
function filled(facts: DeployFormFacts): readonly KnownBlock[] {
  const options = facts.revisions.filter((one) => one.value.length <= OPTION_MAX).slice(0, 100).map((one) => option(offeredWords(one), one.value));
  const [first] = options;
  const why = whyReply({ ...facts.chosen, gates: facts.gates, owners: facts.owners, transitions: facts.transitions, ...(facts.asksNobody !== undefined && { asksNobody: facts.asksNobody }) });
  return [
    ...(first
      ? [{
          type: 'input' as const,
          block_id: `revision:${facts.chosen.app}/${facts.chosen.environment}`,
          label: { type: 'plain_text' as const, text: 'What' },
          element: { type: 'static_select' as const, action_id: 'deploy.revision', options, initial_option: first },
        }]
      : [section('There is no revision to choose from yet.')]),
    section(`*Runs there now:* ${facts.running ? revisionWords(facts.running) : 'nothing'}\n${shipsWords(facts)}`),
    ...(why.blocks ?? []),
  ];
}

function offeredWords({ revision, ageMs, value, built }: OfferedRevision): string {
  const isNewest = /^newest\b/.test(value) && !built;
  const name = revision.id === undefined ? (revision.label ?? 'what is at the source') : shortCommit(revision.id);
  const summary = revision.summary === undefined ? '' : ` ${revision.summary.split('\n')[0] ?? ''}`;
  const tail = [revision.author?.name, ageMs === undefined ? undefined : `${duration(ageMs).replace(/ \d+ s$/, '')} ago`].filter((part) => part !== undefined).join(', ');
  const front = `${isNewest ? 'Newest: ' : ''}${name}${built ? '' : ' (builds)'}`;
  const room = OPTION_MAX - front.length - (tail === '' ? 0 : tail.length + 3);
  return `${front}${room > 6 ? clip(summary, room) : ''}${tail === '' ? '' : ` · ${tail}`}`;
}

function shipsWords({ commits }: DeployFormFacts): string {
  if (!commits) return '*The newest would ship:* I cannot tell the commits in between.';
  if (commits.count === 0) return '*The newest would ship:* nothing new.';
  const lines = commits.commits.slice(0, 5).map((commit) => `• ${revisionWords(commit)}${commit.author ? ` (${plain(commit.author.name, 60)})` : ''}`);
  const more = commits.count > lines.length ? `\n• and ${commits.count - lines.length} more` : '';
  return `*The newest would ship ${counted(commits.count, 'commit')}${commits.truncated ? ' or more' : ''}:*\n${lines.join('\n')}${more}`;
}

function reasonInput(): KnownBlock {
  return {
    type: 'input',
    block_id: 'reason',
    optional: true,
    label: { type: 'plain_text', text: 'Why (it stands in the thread)' },
    element: { type: 'plain_text_input', action_id: 'deploy.reason', max_length: 300 },
  };
}

/** Asks for the reason of a no. */
export function rejectForm(number: number, app: string, environment: string, metadata: string) {
  return {
    type: 'modal',
    callback_id: 'reject',
    title: { type: 'plain_text', text: clip(`Reject #${number}`, 24) },
    submit: { type: 'plain_text', text: 'Reject' },
    close: { type: 'plain_text', text: 'Leave it' },
    private_metadata: metadata,
    blocks: [
      section(`*${plain(app, 60)} → ${plain(environment, 60)}* ends here for #${number}. Who asked will read why.`),
      {
        type: 'input',
        block_id: 'reason',
        label: { type: 'plain_text', text: 'Why' },
        element: { type: 'plain_text_input', action_id: 'reject.reason', multiline: true, max_length: 400 },
      },
    ],
  } as const satisfies { blocks: readonly KnownBlock[] } & Record<string, unknown>;
}

/** Instead of a form that cannot be shown. */
export function sorryForm(text: string) {
  return { type: 'modal', callback_id: 'sorry', title: { type: 'plain_text', text: 'Not now' }, close: { type: 'plain_text', text: 'Close' }, blocks: [section(text)] } as const;
}
