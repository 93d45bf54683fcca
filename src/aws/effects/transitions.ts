import { DisableStageTransitionCommand, EnableStageTransitionCommand } from '@aws-sdk/client-codepipeline';
import { mayTakeOver } from '../../domain/barriers/take-over.ts';
import type { Effect } from '../../domain/effect.ts';
import type { EffectResult } from '../../ports.ts';
import { getStages, transitionOf } from '../pipelines/states.ts';
import { answered, requestOf } from './answer.ts';
import type { EffectTools } from './tools.ts';

type Hold = Extract<Effect, { kind: 'hold-transition' }>;
type Free = Extract<Effect, { kind: 'free-transition' }>;
/** What is needed to see who holds it. */
type Looking = Pick<EffectTools, 'read' | 'app'>;

/** AWS's longest reason, and the only characters it takes. The SDK checks neither. */
const LONGEST = 300;
const FORBIDDEN = /[^a-zA-Z0-9!@ ().*?-]/g;

/** The reason as AWS takes it; the same words always come out the same, since the reason tells whose hold it is. */
export function transitionReason(text: string): string {
  return text.replaceAll(FORBIDDEN, ' ').replaceAll(/ +/g, ' ').trim().slice(0, LONGEST).trim() || 'held';
}

/**
 * What somebody else disabled is never disabled again: AWS would forget the first reason. The hold of another release or
 * barrier of Jack's is taken over (`mayTakeOver`): its own free finds another reason then, and leaves the transition.
 */
export async function holdTransition(tools: EffectTools, effect: Hold): Promise<EffectResult> {
  const before = await findHold(tools, effect);
  if (before) return before;
  const input = { pipelineName: effect.pipeline, stageName: effect.stage, transitionType: 'Inbound' as const, reason: transitionReason(effect.reason) };
  return answered('codepipeline:DisableStageTransition', async () => {
    const answer = await tools.clients.codepipeline.send(new DisableStageTransitionCommand(input));
    return { kind: 'done', ...requestOf(answer) };
  });
}

/** Undefined: the transition is open, or held for something of Jack's that gives way. */
export async function findHold(tools: Looking, effect: Hold): Promise<EffectResult | undefined> {
  const present = await heldFor(tools, effect);
  if (present === undefined) return undefined;
  if (present === transitionReason(effect.reason)) return { kind: 'done' };
  return mayTakeOver(effect.reason, present, effect.foreign) ? undefined : { kind: 'overtaken', text: present };
}

/** Opens only what was disabled for this very reason. */
export async function freeTransition(tools: EffectTools, effect: Free): Promise<EffectResult> {
  const before = await findFree(tools, effect);
  if (before) return before;
  const input = { pipelineName: effect.pipeline, stageName: effect.stage, transitionType: 'Inbound' as const };
  return answered('codepipeline:EnableStageTransition', async () => {
    const answer = await tools.clients.codepipeline.send(new EnableStageTransitionCommand(input));
    return { kind: 'done', ...requestOf(answer) };
  });
}

/** Undefined: it is still held for our reason. */
export async function findFree(tools: Looking, effect: Free): Promise<EffectResult | undefined> {
  const present = await heldFor(tools, effect);
  if (present === undefined) return { kind: 'done' };
  return present === transitionReason(effect.reason) ? undefined : { kind: 'overtaken', text: present };
}

/** The present reason; undefined while the transition is open. */
async function heldFor({ read, app }: Looking, { pipeline, stage }: Hold | Free): Promise<string | undefined> {
  const stages = await getStages(read, app, pipeline);
  return transitionOf(stages.find((candidate) => candidate.stageName === stage))?.reason;
}
