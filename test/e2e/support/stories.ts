import type { Stage } from './stage.ts';

/** A story that can be told again and again: with kills in it, it has to end the same. */
export interface Story {
  readonly name: string;
  readonly channel: string;
  /** At least so many of the bot's calls change something. */
  readonly atLeast: number;
  tell(stage: Stage): Promise<void>;
}

const push = { repository: 'shop', author: { name: 'Linus', email: 'linus@acme.test' }, message: 'Fix the basket' };

export const stories: readonly Story[] = [
  {
    name: 'deploy, approve, live',
    channel: 'shop',
    atLeast: 8,
    async tell(stage) {
      await stage.person('ada').types('shop', '/deploy prod');
      await stage.person('grace').clicks('shop', 'Approve', 60_000);
      await stage.headline('shop', 'live', 90_000);
    },
  },
  {
    name: 'a push that nobody typed is rejected',
    channel: 'shop',
    atLeast: 4,
    async tell(stage) {
      await stage.door.post('/aws/push', push);
      const grace = stage.person('grace');
      await grace.clicks('shop', 'Reject', 60_000);
      await grace.submits(await grace.formOrAgain('reject', () => grace.clicks('shop', 'Reject')), { reason: { 'reject.reason': 'Not on a Friday' } });
      await stage.headline('shop', 'rejected', 60_000);
    },
  },
  {
    name: 'a deployment fails and is rolled back',
    channel: 'shop',
    atLeast: 12,
    async tell(stage) {
      await stage.door.post('/mishaps', { id: 'deploy-hook-failed', place: 'shop-prod', times: 1 });
      await stage.person('ada').types('shop', '/deploy prod');
      await stage.person('grace').clicks('shop', 'Approve', 60_000);
      await stage.person('ada').clicks('shop', 'Roll back', 90_000);
      await stage.person('ada').confirmsRollback('shop');
      await stage.headline('shop', /#2|Roll back to[\s\S]*live/, 60_000);
      await stage.headline('shop', /live[\s\S]*Roll back to/, 90_000);
    },
  },
];
