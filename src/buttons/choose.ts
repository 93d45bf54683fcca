import { putQuestion } from '../commands/deploy.ts';
import type { App, Environment } from '../domain/app.ts';
import type { Route } from '../domain/release.ts';
import type { Revision } from '../domain/revision.ts';
import type { Question } from '../operations/choice.ts';
import { askedThere } from '../operations/questions.ts';
import { requestRelease } from '../operations/request-release.ts';
import type { World } from '../ports.ts';
import { neverMindReply, onItsWayReply } from '../views/on-its-way.ts';
import { refusalReply } from '../views/refusal.ts';
import type { Reply } from '../views/reply.ts';
import type { Button, Click } from './button.ts';

/** The caller chose what waits already. */
export const chooseWaiting: Button = { id: 'choose.waiting', where: ['ephemeral'], press: (click) => choose(click, 'waiting') };

/** The caller chose to start the newest, or to start although nothing stops it later. */
export const chooseNewestRevision: Button = { id: 'choose.newest', where: ['ephemeral'], press: (click) => choose(click, 'newest') };

/** Nothing is to be done. */
export const chooseNothing: Button = { id: 'choose.nothing', where: ['ephemeral'], press: async () => neverMindReply() };

async function choose({ value, said, world }: Click, which: 'waiting' | 'newest'): Promise<Reply> {
  const asked = await askedThere(value, said.user, world);
  if (asked?.what.kind !== 'older-waits' && asked?.what.kind !== 'passes-through') return refusalReply({ kind: 'stale-button' });
  const { app, environment, what, reason } = asked;
  const why = { ...(reason !== undefined && { reason }) };
  if (which === 'newest') {
    const newer = await newerThan(what, app, world);
    if (newer) return { ...(await putQuestion({ ...what, newest: newer }, { app, environment, ...why }, { said, world }, true)), replaceOriginal: true };
  }
  return start({ app, environment, ...chosen(what, which), requestId: `asked:${value}`, ...why }, said.user, world);
}

function chosen(what: Question, which: 'waiting' | 'newest'): { readonly route: Route; readonly revision: Revision } {
  const route = { kind: 'pipeline', pipeline: what.pipeline } as const;
  if (which === 'waiting' && what.kind === 'older-waits') return { route: { ...route, executionId: what.executionId }, revision: what.waiting };
  return { route, revision: what.newest };
}

/** What was pushed since the question was put: nobody has said yes to that. */
async function newerThan(what: Question, app: App, world: World): Promise<Revision | undefined> {
  const pipeline = app.pipelines.find((one) => one.name === what.pipeline);
  const head = pipeline && (await world.aws.sourceHead(app, pipeline));
  return head?.id === what.newest.id ? undefined : head;
}

async function start(wanted: { readonly app: App; readonly environment: Environment; readonly route: Route; readonly revision: Revision; readonly requestId: string; readonly reason?: string }, user: string, world: World): Promise<Reply> {
  const answer = await requestRelease({ ...wanted, user, purpose: 'deploy' }, world);
  return answer.ok ? { ...onItsWayReply(answer.value.release, answer.value.how), replaceOriginal: true } : refusalReply(answer.refusal);
}
