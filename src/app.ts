import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { openDirectory, type Directory } from './apps-directory.ts';
import { logAuditHead } from './audit-head.ts';
import { connectAws, type AwsConnection } from './aws/connect.ts';
import type { Config } from './config/config.ts';
import { loadConfig } from './config-file.ts';
import { lockedOut } from './config-locks.ts';
import { watchConfig } from './config-watch.ts';
import { Fault } from './domain/faults.ts';
import { serveHealth, type Health } from './health.ts';
import { formsOf, workHandlers } from './parts.ts';
import type { Apps, Clock, Ids, World } from './ports.ts';
import { startLoop, type Loop } from './reconciler/loop.ts';
import { tellSaidFaults } from './reconciler/said-faults.ts';
import type { Settings } from './settings.ts';
import { auditGivenUp } from './slack/answers.ts';
import { joinChannels } from './slack/channels.ts';
import { connection, type Connection, type Way } from './slack/listening/connection.ts';
import { hearing } from './slack/listening/hearing.ts';
import { checkAppToken, identify, slackAdapter, slackCalls } from './slack/index.ts';
import type { SlackCalls } from './slack/calls.ts';
import type { Ears } from './slack/listening/listeners.ts';
import type { BotIdentity } from './slack/identity.ts';
import { StartProblem } from './start-problem.ts';
import { openStore, StoreProblem, type OpenStore } from './store/index.ts';
import { standingWork, type StandingWork } from './standing-work.ts';

const clock: Clock = { now: () => Date.now() };
const ids: Ids = { next: () => randomUUID() };

/** All that was opened so far, to be closed in the opposite order. */
type Opened = (() => unknown)[];

/** Joins the parts and starts them. Throws a `StartProblem` when something that Jack needs is wrong; nothing is left open then. */
export async function startApp(settings: Settings, log: Logger): Promise<{ stop(): Promise<void> }> {
  const opened: Opened = [];
  const stop = async (): Promise<void> => {
    for (const close of opened.splice(0).toReversed()) await close();
  };
  try {
    await start(settings, log, opened);
    return { stop };
  } catch (error) {
    await stop();
    throw asStartProblem(error);
  }
}

/** The order is that of a start's likely mistakes, cheapest look first: file, store, ports, Slack, AWS. */
async function start(settings: Settings, log: Logger, opened: Opened): Promise<void> {
  const config = await loadConfig(settings.configFile);
  const store = await openStore(settings.store);
  opened.push(() => store.close());
  const heads = await logAuditHead(store, log);
  opened.push(() => heads.stop());
  const vitals = { loop: undefined as Loop | undefined, slack: undefined as Connection | undefined, apps: undefined as Apps | undefined };
  const health = await startHealth(settings, vitals, store);
  if (health) opened.push(() => health.stop());
  const { calls, bot } = await enterSlack(settings, log);
  const aws = connectAws({ log, pollHints: { fastMs: settings.poll.fastMs } });
  opened.push(() => aws.close());
  const apps = await directory(config, aws, log);
  const slack = slackAdapter({ calls, bot, clock, log });
  const world: World = { clock, ids, apps, aws, slack, store };
  vitals.apps = apps;

  await store.freeLeases();
  const wake = (): void => vitals.loop?.wake();
  const hear = hearing({ store, ids, log, wake });
  const standing = standingWork({ world, calls, bot, hear, log, wake });
  await standing.begin();
  opened.push(() => standing.stop());
  await joinChannels(calls, apps.all().map((app) => app.channel), log);
  const ears: Ears = { hear, forms: formsOf(world), reply: (to, message) => slack.reply(to, message), people: slack.people, store, clock, wake, log };
  const way = wayOf(settings, log, () => void standing.lookBack().catch((error: unknown) => log.error({ err: error }, 'the look back could not be noted')));
  const door = connection(way, { token: settings.slack.token, ...(settings.slack.apiUrl !== undefined && { slackApiUrl: settings.slack.apiUrl }), bot, ears, log });
  await door.start();
  vitals.slack = door;
  vitals.loop = runLoop({ world, apps, standing, settings, log, health });
  opened.push(() => vitals.loop?.stop(), () => door.stop());
  const watch = await followConfig(settings.configFile, { apps, store, calls, log, wake });
  opened.push(() => watch.stop());
  log.info({ apps: apps.all().map((app) => app.name), slack: way.kind, store: settings.store.kind, ...(health && { healthPort: health.port() }) }, 'Jack is ready');
}

/** jack.yml may be changed while Jack runs. */
function followConfig(file: string, { apps, store, calls, log, wake }: { readonly apps: Directory; readonly store: OpenStore; readonly calls: SlackCalls; readonly log: Logger; readonly wake: () => void }): Promise<{ stop(): void }> {
  return watchConfig({
    file,
    log,
    onProblems: (problems) => apps.complain(`The file was changed and cannot be used, so the old one goes on. ${problems}`),
    async onConfig(config) {
      await apps.replace(config.apps, (before, after) => lockedOut(before, after, store, clock.now()));
      await joinChannels(calls, apps.all().map((app) => app.channel), log);
      for (const app of config.apps) await store.nudge(`apps:${app.name}`, clock.now());
      wake();
    },
  });
}

function runLoop(parts: { readonly world: World; readonly apps: Directory; readonly standing: StandingWork; readonly settings: Settings; readonly log: Logger; readonly health: Health | undefined }): Loop {
  const { world, apps, standing, settings, log, health } = parts;
  return startLoop({
    store: world.store,
    handlers: { ...workHandlers(world, log, settings.poll, (problem, about) => apps.complain(problem, about)), ...standing.handlers },
    clock,
    ids,
    log,
    owner: `jack-${process.pid}-${ids.next().slice(0, 8)}`,
    onFault: tellSaidFaults(world, (said, fault) => auditGivenUp(said, fault, world)),
    ...(health && { onRun: (kind, outcome, ms) => health.ran(kind, outcome, ms) }),
  });
}

async function enterSlack(settings: Settings, log: Logger): Promise<{ readonly calls: SlackCalls; readonly bot: BotIdentity }> {
  const { token, apiUrl, way } = settings.slack;
  const address = { log, ...(apiUrl !== undefined && { slackApiUrl: apiUrl }) };
  const calls = slackCalls({ ...address, token });
  const bot = await identify(calls);
  if (way.kind === 'socket') await checkAppToken(slackCalls({ ...address, token: way.appToken }));
  return { calls, bot };
}

function wayOf({ slack: { way, apiUrl } }: Settings, log: Logger, onHearingAgain: () => void): Way {
  if (way.kind === 'http') return { ...way, clock, log };
  return { ...way, log, onHearingAgain, ...(apiUrl !== undefined && { slackApiUrl: apiUrl }) };
}

function directory(config: Config, aws: AwsConnection, log: Logger): Promise<Directory> {
  return openDirectory({ configured: config.apps, discover: (app, fresh) => aws.discover(app, fresh), log });
}

async function startHealth(settings: Settings, vitals: { loop: Loop | undefined; slack: Connection | undefined; apps: Apps | undefined }, store: OpenStore): Promise<Health | undefined> {
  if (settings.healthPort === undefined) return undefined;
  const began = clock.now();
  return serveHealth(settings.healthPort, {
    lastTurn: () => vitals.loop?.lastTurn() ?? began,
    running: () => vitals.loop?.running() ?? 0,
    slackIsUp: () => vitals.slack?.isUp() ?? false,
    pingStore: () => store.ping(),
    brokenApps: () => vitals.apps?.problems().length ?? 0,
  });
}

/** What is meant for people is shown as it is; anything else is a defect and keeps its stack for the log. */
function asStartProblem(error: unknown): unknown {
  return error instanceof Fault || error instanceof StoreProblem ? new StartProblem([error.message], error) : error;
}
