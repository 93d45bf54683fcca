import { chooseNewest } from '../operations/choose-newest.ts';
import { chooseRevision } from '../operations/choose-revision.ts';
import type { Choice, Question } from '../operations/choice.ts';
import { ask } from '../operations/questions.ts';
import { requestRelease } from '../operations/request-release.ts';
import { refuseViewers } from '../operations/role.ts';
import { olderWaitsReply, passesThroughReply } from '../views/questions.ts';
import { onItsWayReply } from '../views/on-its-way.ts';
import type { Reply } from '../views/reply.ts';
import { refuse, refuseTarget, type Asking, type Command } from './command.ts';
import { refuseNotBuilt } from './not-built.ts';
import { readTarget, type Target } from './target.ts';

/** `/deploy prod`: reads how it would travel, writes the request down, and answers the caller. The reconciler does the rest. */
export const deploy: Command = {
  verb: 'deploy',
  usages: ['/deploy [<app>] [to] <environment>[@<revision>] [reason…]', '/deploy'],
  says: 'Bring the newest revision, or the one named, to an environment. A revision is a version label, an environment (“what dev runs”), an execution id, or a commit of 7 characters or more. Without words a form opens.',
  async run(words, asking) {
    const target = readTarget(words, asking.known);
    if (!target.ok) return refuseTarget(target.refusal, deploy);
    const notBuilt = refuseNotBuilt(words);
    return notBuilt ? refuse(notBuilt) : deployTo(target.value, asking);
  },
};

/** The same for words and for the form. `shown`: the commit that the form showed as the newest. */
export async function deployTo(target: Target & { readonly shown?: string }, { said, world }: Pick<Asking, 'said' | 'world'>): Promise<Reply> {
  const { app, environment, shown } = target;
  const viewer = await refuseViewers(said.user, app, world);
  if (viewer) return refuse(viewer);
  const choice = target.revision === undefined ? await chooseNewest(app, environment, world, shown) : await chooseRevision(app, environment, target.revision, world);
  return answerChoice(choice, target, { said, world });
}

export async function answerChoice(choice: Choice, target: Pick<Target, 'app' | 'environment' | 'reason'>, { said, world }: Pick<Asking, 'said' | 'world'>): Promise<Reply> {
  const { app, environment, reason } = target;
  if (choice.kind === 'refused') return refuse(choice.refusal);
  if (choice.kind === 'ask') return putQuestion(choice.question, target, { said, world });
  const answer = await requestRelease(
    { app, environment, user: said.user, route: choice.route, revision: choice.revision, purpose: 'deploy', requestId: said.id, ...(reason !== undefined && { reason }) },
    world,
  );
  return answer.ok ? onItsWayReply(answer.value.release, answer.value.how, choice.caution) : refuse(answer.refusal);
}

/** The question, with what it showed written down behind its buttons. `redrawn`: what it showed has changed meanwhile. */
export async function putQuestion(question: Question, { app, environment, reason }: Pick<Target, 'app' | 'environment' | 'reason'>, { said, world }: Pick<Asking, 'said' | 'world'>, redrawn = false): Promise<Reply> {
  const id = await ask({ user: said.user, app: app.name, environment: environment.name, at: world.clock.now(), what: question, ...(reason !== undefined && { reason }) }, world);
  return question.kind === 'older-waits' ? olderWaitsReply(environment.name, question, id, redrawn) : passesThroughReply(environment.name, question, id, redrawn);
}
