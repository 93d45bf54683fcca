import { StartProblem } from './start-problem.ts';

/** What the surroundings tell Jack: secrets and addresses. All else is in jack.yml. */
export interface Settings {
  readonly slack: {
    readonly token: string;
    /** Absent: Slack's own. */
    readonly apiUrl?: string;
    readonly way: { readonly kind: 'socket'; readonly appToken: string } | { readonly kind: 'http'; readonly signingSecret: string; readonly port: number };
  };
  readonly configFile: string;
  readonly store: { readonly kind: 'embedded'; readonly folder: string } | { readonly kind: 'postgres'; readonly url: string };
  /** Absent: no health pages. */
  readonly healthPort?: number;
  readonly logLevel: string;
  /** How often AWS is asked while something moves, and while nothing does; how often the holder of a lock is reminded. Milliseconds. */
  readonly poll: { readonly fastMs: number; readonly slowMs: number; readonly nagMs: number };
}

type Env = Readonly<Record<string, string | undefined>>;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Reads the environment variables. Throws a `StartProblem` with all that is wrong at once. */
export function readSettings(env: Env): Settings {
  const problems: string[] = [];
  const healthPort = port(env, 'HEALTH_PORT', problems);
  const settings: Settings = {
    slack: slackSettings(env, problems),
    configFile: given(env, 'JACK_CONFIG') ?? './jack.yml',
    store: storeSettings(env, problems),
    ...(healthPort !== undefined && { healthPort }),
    logLevel: logLevel(env, problems),
    poll: {
      fastMs: milliseconds(env, 'JACK_POLL_FAST_MS', 3_000, problems),
      slowMs: milliseconds(env, 'JACK_POLL_SLOW_MS', 30_000, problems),
      nagMs: milliseconds(env, 'JACK_LOCK_NAG_MS', 10_800_000, problems),
    },
  };
  if (problems.length > 0) throw new StartProblem(problems);
  return settings;
}

/** Only where the store is: for what looks at it and starts nothing. Throws a `StartProblem`. */
export function readStoreSettings(env: Env): Settings['store'] {
  const problems: string[] = [];
  const store = storeSettings(env, problems);
  if (problems.length > 0) throw new StartProblem(problems);
  return store;
}

function slackSettings(env: Env, problems: string[]): Settings['slack'] {
  const apiUrl = given(env, 'SLACK_API_URL');
  if (apiUrl !== undefined && !/^https?:\/\//.test(apiUrl)) problems.push(`SLACK_API_URL is no web address: write it as https://… or leave it out.`);
  return { token: botToken(env, problems), way: slackWay(env, problems), ...(apiUrl !== undefined && { apiUrl }) };
}

function botToken(env: Env, problems: string[]): string {
  const token = given(env, 'SLACK_BOT_TOKEN') ?? '';
  const where = 'the Bot User OAuth Token (xoxb-…) from the Slack app’s OAuth & Permissions page';
  if (token === '') problems.push(`SLACK_BOT_TOKEN is not set: set it to ${where}.`);
  else if (!/^xoxb-|^xoxe\.xoxb-/.test(token)) problems.push(`SLACK_BOT_TOKEN is not a bot token (it begins with ${token.slice(0, 5)}…): set it to ${where}.`);
  return token;
}

function slackWay(env: Env, problems: string[]): Settings['slack']['way'] {
  const appToken = given(env, 'SLACK_APP_TOKEN');
  const signingSecret = given(env, 'SLACK_SIGNING_SECRET');
  if (appToken === undefined && signingSecret !== undefined) return { kind: 'http', signingSecret, port: port(env, 'PORT', problems) ?? 3000 };
  if (appToken === undefined) {
    problems.push('Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set: set the app-level token (xapp-…) for Socket Mode, or the signing secret for HTTP; both are under Basic Information.');
  } else if (!appToken.startsWith('xapp-')) {
    problems.push(`SLACK_APP_TOKEN is not an app-level token (it begins with ${appToken.slice(0, 5)}…): make one (xapp-…) with the scope connections:write under Basic Information.`);
  }
  return { kind: 'socket', appToken: appToken ?? '' };
}

function storeSettings(env: Env, problems: string[]): Settings['store'] {
  const url = given(env, 'DATABASE_URL');
  if (url === undefined) return { kind: 'embedded', folder: given(env, 'JACK_DATA') ?? './.jack' };
  if (!/^postgres(ql)?:\/\//.test(url)) problems.push('DATABASE_URL is no PostgreSQL address: write it as postgres://user:password@host/database, or leave it out to keep the data in the folder JACK_DATA.');
  return { kind: 'postgres', url };
}

function logLevel(env: Env, problems: string[]): string {
  const level = given(env, 'LOG_LEVEL') ?? 'info';
  if (!LOG_LEVELS.includes(level)) problems.push(`LOG_LEVEL is ${JSON.stringify(level)}: choose one of ${LOG_LEVELS.join(', ')}.`);
  return level;
}

function port(env: Env, name: string, problems: string[]): number | undefined {
  const written = given(env, name);
  if (written === undefined) return undefined;
  const number = Number(written);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) problems.push(`${name} is ${JSON.stringify(written)}: write a port number up to 65535.`);
  return number;
}

function milliseconds(env: Env, name: string, otherwise: number, problems: string[]): number {
  const written = given(env, name);
  if (written === undefined) return otherwise;
  const number = Number(written);
  if (!Number.isFinite(number) || number < 10) problems.push(`${name} is ${JSON.stringify(written)}: write milliseconds, 10 or more.`);
  return number;
}

/** Empty counts as not set: Docker and CI pass empty variables on. */
function given(env: Env, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}
