import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';
import { connectAws } from '../../../src/aws/connect.ts';
import type { AwsConnection } from '../../../src/aws/connect.ts';
import type { App, Pipeline } from '../../../src/domain/app.ts';
import type { ObservedAction, ObservedExecution } from '../../../src/domain/observation.ts';
import type { EffectCall, EffectResult } from '../../../src/ports.ts';

/** The bot's AWS adapter, talking to a sandbox of its own in a process of its own. */
export interface BotAws {
  readonly aws: AwsConnection;
  /** The control door. */
  door(path: string, body?: object): Promise<unknown>;
  app(application: string, more?: Partial<App>): Promise<App>;
  stop(): Promise<void>;
}

/** Made as fast as the wire allows: what takes Beanstalk minutes takes half a second. */
export async function startBotAws(speed = 200): Promise<BotAws> {
  const child = spawn(process.execPath, ['sandbox/main.ts', '--speed', String(speed)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const { controlUrl, env } = await firstLine(child);
  Object.assign(process.env, env);
  const aws = connectAws({ log: pino({ level: 'silent' }), pollHints: { fastMs: 20 } });
  return {
    aws,
    door: (path, body) => call(new URL(path, controlUrl), body),
    app: (application, more) => discovered(aws, application, more),
    async stop() {
      aws.close();
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

async function firstLine(child: ChildProcess): Promise<{ readonly controlUrl: string; readonly env: Record<string, string> }> {
  if (!child.stdout) throw new Error('the sandbox has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    return JSON.parse(line) as { controlUrl: string; env: Record<string, string> };
  }
  throw new Error('the sandbox ended before it was ready');
}

async function call(url: URL, body: object | undefined): Promise<unknown> {
  const answer = await fetch(url, body ? { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {});
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url.pathname}: ${text}`);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

async function discovered(aws: AwsConnection, application: string, more: Partial<App> = {}): Promise<App> {
  const { pipelines, environments } = await aws.discover({ region: 'us-east-1', application });
  return {
    name: application,
    channel: 'C1',
    region: 'us-east-1',
    application,
    environments: environments.map(({ beanstalkEnvironment }) => ({
      name: beanstalkEnvironment.replace(`${application}-`, ''), beanstalkEnvironment, verifyMs: 0, loudness: 'all' as const,
    })),
    pipelines,
    people: { owners: [], contributors: [] },
    ...more,
  };
}

export function onlyPipeline(app: App): Pipeline {
  const [pipeline] = app.pipelines;
  if (!pipeline) throw new Error(`${app.name} has no pipeline`);
  return pipeline;
}

/** Tokens are UUIDs in the bot as well. */
export function newCall(more: Partial<EffectCall> = {}): EffectCall {
  return { t0: Date.now(), token: crypto.randomUUID(), by: 'U0ADA00001', releaseNumber: 7, ...more };
}

export function startedId(result: EffectResult): string {
  if (result.kind !== 'started') throw new Error(`not started: ${JSON.stringify(result)}`);
  return result.executionId;
}

/** Asks until there is an answer, for some seconds at most. */
export async function until<Value>(what: string, ask: () => Promise<Value | undefined>): Promise<Value> {
  const end = Date.now() + 15_000;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pause(40);
  }
  throw new Error(`${what} did not come about in time`);
}

export function actionNamed(execution: ObservedExecution | undefined, name: string): ObservedAction | undefined {
  return execution?.stages.flatMap((stage) => stage.actions).find((action) => action.name === name);
}
