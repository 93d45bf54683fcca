import { LogLevel, WebClient } from '@slack/web-api';
import type { Logger, WebClientOptions } from '@slack/web-api';
import { Clock } from '../../../sandbox/clock.ts';
import { CallBook } from '../../../sandbox/control/call-book.ts';
import type { JsonObject } from '../../../sandbox/json.ts';
import { startSlack } from '../../../sandbox/slack/index.ts';

export const BOT_TOKEN = 'xoxb-sandbox-jack';
export const APP_TOKEN = 'xapp-1-A0JACK0001-sandbox';
export const SIGNING_SECRET = 'sandbox-signing-secret';
export const SHOP = 'C0SHOP0001';
export const ADA = 'U0ADA00001';

/** The SDKs log every refusal, and these tests are about refusals. */
export const silent: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, setLevel: () => undefined, setName: () => undefined, getLevel: () => LogLevel.ERROR };

/** A message as the door shows it to a person. */
export interface Seen {
  readonly ts: string;
  readonly user: string;
  readonly text: string;
  readonly blocks?: readonly JsonObject[];
  readonly thread_ts?: string;
  readonly edited?: JsonObject;
  readonly ephemeral?: boolean;
  readonly broadcast?: boolean;
  readonly reply_count?: number;
  readonly metadata?: JsonObject;
  readonly files?: readonly { readonly id: string; readonly name: string; readonly mimetype: string }[];
}

export interface SeenView {
  readonly id: string;
  readonly title: { readonly text: string };
  readonly state: { readonly values: JsonObject };
  readonly errors: Readonly<Record<string, string>>;
}

export interface SlackUnderTest {
  readonly apiUrl: string;
  readonly book: CallBook;
  /** A real client with no retries of its own. */
  client(options?: WebClientOptions): WebClient;
  /** Through the control door's routes, as a script would. */
  door<Answer = JsonObject>(method: 'GET' | 'POST', path: string, args?: JsonObject): Promise<Answer>;
  /** What a person sees in a channel, or in a thread. */
  seen(user: string, channel?: string, thread?: string): Promise<readonly Seen[]>;
  /** The modals a person has open. */
  modals(user: string): Promise<readonly SeenView[]>;
  reset(): void;
  stop(): Promise<void>;
}

/** A workspace with the gate of the real sandbox, and its control routes without their HTTP. */
export async function slackUnderTest(): Promise<SlackUnderTest> {
  const clock = new Clock(1);
  const book = new CallBook();
  const slack = await startSlack({ port: 0, gate: book, clock: () => clock, changed: () => undefined });
  const door = async <Answer = JsonObject>(method: 'GET' | 'POST', path: string, args: JsonObject = {}): Promise<Answer> => {
    const given = path.split('/');
    const route = slack.control.find((each) => each.method === method && fits(each.path.split('/'), given));
    if (route === undefined) throw new Error(`no route ${method} ${path}`);
    const parameters = Object.fromEntries(route.path.split('/').flatMap((segment, index) => (segment.startsWith(':') ? [[segment.slice(1), given[index]]] : [])));
    return JSON.parse(JSON.stringify(await route.run({ ...args, ...parameters }))) as Answer;
  };
  return {
    apiUrl: slack.apiUrl,
    book,
    door,
    seen: async (user, channel = 'shop', thread = '') => (await door<{ messages: readonly Seen[] }>('GET', `/slack/as/${user}/channel/${channel}`, { thread })).messages,
    modals: async (user) => (await door<{ views: readonly SeenView[] }>('GET', `/slack/as/${user}/modal`)).views,
    client: (options = {}) => new WebClient(BOT_TOKEN, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, logger: silent, ...options }),
    reset: () => slack.reset(),
    stop: async () => {
      clock.stop();
      await slack.stop();
    },
  };
}

function fits(wanted: readonly string[], given: readonly string[]): boolean {
  return wanted.length === given.length && wanted.every((segment, index) => segment.startsWith(':') || segment === given[index]);
}

/** Waits until `look` finds something; fails after four seconds. */
export async function eventually<Found>(look: () => Promise<Found | undefined> | Found | undefined, what: string): Promise<Found> {
  for (const end = Date.now() + 4000; Date.now() < end; ) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => void setTimeout(resolve, 15));
  }
  throw new Error(`never came: ${what}`);
}
