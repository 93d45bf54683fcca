import { environmentOf } from '../domain/app.ts';
import { askedBy } from '../operations/questions.ts';
import { requestRelease } from '../operations/request-release.ts';
import type { Route } from '../domain/release.ts';
import { neverMindReply, onItsWayReply } from '../views/on-its-way.ts';
import { refusalReply } from '../views/refusal.ts';
import type { Button, Click } from './button.ts';

/** The caller chose what waits already. */
export const chooseWaiting: Button = { id: 'choose.waiting', press: (click) => choose(click, 'waiting') };

/** The caller chose to start the newest, or to start although nothing stops it later. */
export const chooseNewestRevision: Button = { id: 'choose.newest', press: (click) => choose(click, 'newest') };

/** Nothing is to be done. */
export const chooseNothing: Button = { id: 'choose.nothing', press: async () => neverMindReply() };

async function choose({ value, said, world }: Click, which: 'waiting' | 'newest') {
  const asked = await askedBy(value, said.user, world);
  const app = world.apps.all().find((one) => one.name === asked?.app);
  const environment = app && asked && environmentOf(app, asked.environment);
  if (!asked || asked.what.kind === 'rollback' || !app || !environment) return refusalReply({ kind: 'stale-button' });
  const { what } = asked;
  const pipeline = app.pipelines.find((one) => one.name === what.pipeline);
  const waiting = which === 'waiting' && what.kind === 'older-waits';
  const route: Route = { kind: 'pipeline', pipeline: what.pipeline, ...(waiting && { executionId: what.executionId }) };
  const revision = waiting || !pipeline ? {} : ((await world.aws.sourceHead(app, pipeline)) ?? {});
  const answer = await requestRelease(
    { app, environment, user: said.user, route, revision, purpose: 'deploy', requestId: `asked:${value}`, ...(asked.reason !== undefined && { reason: asked.reason }) },
    world,
  );
  return answer.ok ? { ...onItsWayReply(answer.value.release, answer.value.how), replaceOriginal: true } : refusalReply(answer.refusal);
}
