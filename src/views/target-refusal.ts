import { assertNever, type Refusal } from '../domain/refusal.ts';
import { shortCommit } from '../domain/revision.ts';
import { dateAndClock, listed, plain } from './words.ts';

/** What was typed names nothing that can be deployed, or nothing that has to be. */
type TargetRefusal = Extract<Refusal, { kind: 'not-understood' | 'not-built' | 'missing-environment' | 'missing-revision' | 'no-app-here' | 'unknown-app' | 'unknown-environment' | 'undiscovered-app' | 'unknown-revision' | 'ambiguous-revision' | 'unseen-commit' | 'unusable-version' | 'nothing-to-deploy' | 'nothing-to-take' | 'newer-since' | 'already-runs' }>;

/** What was meant instead, as far as it can be told. */
export function targetRefusalText(refusal: TargetRefusal): string {
  switch (refusal.kind) {
    case 'not-understood':
      return notUnderstood(refusal);
    case 'not-built':
      return `\`${plain(refusal.verb, 30)}\` is not built yet, so nothing was done. ${refusal.inReason ? 'If it belongs to the reason, put the reason in quotes.' : '`/jack help` shows what there is.'}`;
    case 'missing-environment':
      return missingEnvironment(refusal);
    case 'missing-revision':
      return `Which revision for *${plain(refusal.environment, 60)}*? Nothing stands behind the \`@\`. Name a version label, an environment or a commit, as in \`@dev\`, or leave the \`@\` out for the newest.`;
    case 'no-app-here':
      return `Which app? ${listed(refusal.known.map(code), 'or')} has such an environment. Put its name first, as in \`/deploy ${plain(refusal.known[0] ?? 'app', 60)} …\`.`;
    case 'unknown-app':
      return `I don’t know “${plain(refusal.asked, 80)}”.${meant(refusal.nearest)} Apps: ${listed(refusal.known.map(code))}. Type \`/deploy <app> <environment>\`.`;
    case 'unknown-environment':
      return `*${plain(refusal.app, 60)}* has no environment “${plain(refusal.asked, 80)}”.${meant(refusal.nearest)} It has: ${listed(refusal.known.map(code))}.`;
    case 'undiscovered-app':
      return `I could not look at *${plain(refusal.app, 60)}* in AWS, so nothing was done: ${plain(refusal.problem, 500)} Another app is reached by its name: \`/deploy <app> <environment>\`.`;
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
    case 'nothing-to-take':
      return `*${plain(refusal.environment, 60)}* runs ${refusal.label === undefined ? 'no version' : `${code(refusal.label)}, which Beanstalk’s list of versions has no more`}, so there is nothing to take from it. Name a version label or a commit instead.`;
    case 'newer-since':
      return `${code(shortCommit(refusal.shown))} is not the newest any more${refusal.newest === undefined ? '' : `: ${code(shortCommit(refusal.newest))} came since you looked`}, so nothing was started. Look again with \`/deploy\`, or take whatever is newest: \`/deploy ${plain(refusal.environment, 60)}\`.`;
    case 'already-runs':
      return `${code(shortCommit(refusal.what))} already runs on *${plain(refusal.environment, 60)}*${refusal.onInstances ? ', on every instance' : ' (Beanstalk’s label says so; it does not tell about instances there)'}${refusal.since === undefined ? '' : `, since ${dateAndClock(refusal.since)}`}. Nothing to do.`;
    default:
      return assertNever(refusal);
  }
}

function missingEnvironment({ apps, usage }: Extract<Refusal, { kind: 'missing-environment' }>): string {
  const has = apps.slice(0, 20).map(({ app, environments }) => `*${plain(app, 60)}* has ${listed(environments.map(code))}`);
  return `Which environment? ${has.join('; ')}. Type \`${plain(usage, 100)}\`.`;
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

/** Of many usages the first words do: a dozen in full are read by nobody. */
const SHOWN_IN_FULL = 3;

function notUnderstood({ words, usages }: Extract<TargetRefusal, { kind: 'not-understood' }>): string {
  const shown = usages.length > SHOWN_IN_FULL ? usages.map((usage) => usage.replace(/ [[<#].*$/, '')) : usages;
  return `I don’t understand “${plain(words, 150)}”. Try ${listed(shown.map((usage) => `\`${usage}\``), 'or')}; \`/jack help\` shows ${shown === usages ? 'all' : 'what each takes'}.`;
}
