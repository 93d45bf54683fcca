import type { Author, Revision } from '../domain/revision.ts';
import { given } from './given.ts';
import { trustedUrl } from './links.ts';

/** A revision as CodePipeline tells it: `sourceRevisions` of the list, or `artifactRevisions` of one execution. */
export interface ToldRevision {
  readonly actionName?: string | undefined;
  readonly revisionId?: string | undefined;
  readonly revisionSummary?: string | undefined;
  readonly revisionUrl?: string | undefined;
}

/** Output variables of a source action, where the provider gives them. */
export type SourceVariables = Readonly<Record<string, string>>;

/** The domain's revision of what CodePipeline told. */
export function toRevision(told: ToldRevision): Revision {
  const summary = summaryOf(told.revisionSummary);
  return given({
    id: told.revisionId || undefined,
    summary: summary.text,
    url: commitUrl(told.revisionUrl, summary.provider),
    sourceAction: told.actionName,
  });
}

/** Adds what the source action's output variables tell: its message, and the author where the provider names one. */
export function withVariables(revision: Revision, variables: SourceVariables | undefined): Revision {
  if (!variables || variables['CommitId'] !== revision.id) return revision;
  const name = variables['AuthorDisplayName'] ?? variables['AuthorId'];
  const author: Author | undefined = name ? { name, ...given({ email: variables['AuthorEmail'] }) } : undefined;
  const summary = variables['CommitMessage'] ? firstLine(variables['CommitMessage']) : undefined;
  return { ...given({ author, summary }), ...revision };
}

/**
 * A commit message's first line. Connections give JSON ({"ProviderType":"GitHub","CommitMessage":"…"}) that CodePipeline
 * may have cut off in the middle; other sources give the message itself.
 */
export function summaryOf(told: string | undefined): { readonly text?: string; readonly provider?: string } {
  if (!told?.trim()) return {};
  if (!told.trimStart().startsWith('{')) return { text: firstLine(told) };
  const parsed = parseObject(told);
  const message = parsed ? textIn(parsed, 'CommitMessage') : cutString(told, 'CommitMessage');
  const provider = parsed ? textIn(parsed, 'ProviderType') : cutString(told, 'ProviderType');
  if (message === undefined && provider === undefined) return { text: firstLine(told) };
  return given({ text: message === undefined ? undefined : firstLine(message), provider });
}

/** The commit's page at its repository where the provider is known; the console's redirect else. */
export function commitUrl(url: string | undefined, provider?: string): string | undefined {
  const trusted = trustedUrl(url);
  if (!trusted) return undefined;
  const query = new URL(trusted).searchParams;
  const repository = query.get('FullRepositoryId');
  const commit = query.get('Commit');
  if (!repository || !commit || !/^[\w.-]+(?:\/[\w.-]+)+$/.test(repository) || !/^[0-9a-f]{7,64}$/.test(commit)) return trusted;
  if (provider === 'GitHub') return `https://github.com/${repository}/commit/${commit}`;
  if (provider === 'Bitbucket') return `https://bitbucket.org/${repository}/commits/${commit}`;
  if (provider === 'GitLab') return `https://gitlab.com/${repository}/-/commit/${commit}`;
  return trusted;
}

export function firstLine(text: string): string {
  return text.trim().split(/\r?\n/, 1)[0] ?? '';
}

function parseObject(text: string): object | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function textIn(parsed: object, key: string): string | undefined {
  const value: unknown = Object.entries(parsed).find(([name]) => name === key)?.[1];
  return typeof value === 'string' ? value : undefined;
}

/** The string at `key` in JSON that may end in the middle of it. */
function cutString(json: string, key: string): string | undefined {
  const raw = new RegExp(`"${key}"\\s*:\\s*"((?:[^"\\\\]|\\\\.)*)`).exec(json)?.[1];
  if (raw === undefined) return undefined;
  const whole = parseObject(`{"text":"${raw}"}`);
  return whole ? textIn(whole, 'text') : raw;
}
