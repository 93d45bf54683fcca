import { AbortEnvironmentUpdateCommand, UpdateEnvironmentCommand } from '@aws-sdk/client-elastic-beanstalk';
import type { Effect } from '../../domain/effect.ts';
import type { EffectResult } from '../../ports.ts';
import { listEnvironments } from '../beanstalk/environments.ts';
import { listEvents } from '../beanstalk/events.ts';
import { abortAsked, findOperation, updateStarted } from '../beanstalk/operations.ts';
import { timeOf } from '../given.ts';
import { answered, requestOf } from './answer.ts';
import { SKEW_MS } from './tools.ts';
import type { EffectTools } from './tools.ts';

type Update = Extract<Effect, { kind: 'update-environment' }>;
type Abort = Extract<Effect, { kind: 'abort-update' }>;

/** "Must be Ready" is a reason to wait, unless the one at work is an earlier try of this call. */
export async function updateEnvironment(tools: EffectTools, effect: Update): Promise<EffectResult> {
  const result = await update(tools, effect);
  if (result.kind !== 'busy') return result;
  return (await findUpdate(tools, effect)) ?? result;
}

function update({ clients, app }: EffectTools, effect: Update): Promise<EffectResult> {
  const input = { ApplicationName: app.application, EnvironmentName: effect.beanstalkEnvironment, VersionLabel: effect.label };
  return answered('elasticbeanstalk:UpdateEnvironment', async () => {
    const answer = await clients.elasticbeanstalk.send(new UpdateEnvironmentCommand(input));
    return { kind: 'updating', requestId: answer.$metadata.requestId ?? '', at: timeOf(answer.DateUpdated) ?? Date.now(), ...requestOf(answer) };
  });
}

/** Beanstalk has no idempotency: the first event of an update to this label since then is ours. */
export async function findUpdate({ read, app, call }: EffectTools, effect: Update): Promise<EffectResult | undefined> {
  const since = call.t0 - SKEW_MS;
  const events = await listEvents(read, app, { environment: effect.beanstalkEnvironment, since });
  const started = updateStarted(events, effect.label, since);
  return started && { kind: 'updating', ...started, awsRequestId: started.requestId };
}

export function abortUpdate({ clients }: EffectTools, effect: Abort): Promise<EffectResult> {
  return answered(
    'elasticbeanstalk:AbortEnvironmentUpdate',
    async () => {
      const answer = await clients.elasticbeanstalk.send(new AbortEnvironmentUpdateCommand({ EnvironmentName: effect.beanstalkEnvironment }));
      return { kind: 'done', ...requestOf(answer) };
    },
    (_name, text) => (/must be pending deployment|not (?:currently )?(?:be )?abort|no (?:update|operation) (?:is )?in progress/i.test(text) ? { kind: 'overtaken', text } : undefined),
  );
}

/**
 * Seen as an abort event since then or as the status. Nothing at work means that there is nothing left to abort; so does
 * another update than the one that is meant: Beanstalk names none in the call, and a repeat would hit that one.
 */
export async function findAbort({ read, app, call }: EffectTools, effect: Abort): Promise<EffectResult | undefined> {
  const [environment] = await listEnvironments(read, app, [effect.beanstalkEnvironment]);
  const since = call.t0 - SKEW_MS;
  const events = await listEvents(read, app, { environment: effect.beanstalkEnvironment, since });
  const newest = effect.requestId === undefined ? undefined : findOperation(events, { since });
  const other = newest?.requestId === effect.requestId ? undefined : newest;
  if (abortAsked(other ? events.filter(({ at }) => at < other.startedAt) : events)) return { kind: 'done' };
  if (other) return { kind: 'overtaken', text: 'another update of the environment has begun since' };
  if (environment?.Status === 'Aborting') return { kind: 'done' };
  return environment?.Status === 'Ready' ? { kind: 'overtaken', text: 'the environment had finished its update' } : undefined;
}
