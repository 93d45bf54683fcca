import type { Account } from '../account.ts';
import type { Part } from '../part.ts';
import type { Seed } from '../seed.ts';
import { seedTime } from '../seed.ts';
import { checkDefinition } from './definition-rules.ts';
import { operations } from './operations/index.ts';
import { recallPast } from './past.ts';
import { newPipeline } from './pipeline.ts';
import type { Book } from './pipeline.ts';
import { startOnPush } from './triggers.ts';
import { pagePipelines } from './views/page.ts';

/** CodePipeline. Throws `AwsError` where the seed has a pipeline that CreatePipeline would refuse. */
export function codepipeline(account: Account, seed: Seed): Part {
  const book: Book = { account, pipelines: new Map() };
  for (const { declaration, createdMinutesAgo, approvalTimeoutSeconds } of seed.pipelines) {
    checkDefinition(declaration);
    const timeout = approvalTimeoutSeconds === undefined ? undefined : approvalTimeoutSeconds * 1000;
    book.pipelines.set(declaration.name, newPipeline({ id: seed.accountId, region: seed.region }, declaration, seedTime(seed, createdMinutesAgo), timeout));
  }
  return {
    service: { name: 'codepipeline', handlers: operations(book) },
    state: () => ({ pipelines: pagePipelines(book) }),
    begin: () => {
      recallPast(book, seed);
      startOnPush(book);
    },
  };
}
