import { cancelRelease } from '../operations/cancel-release.ts';
import { cancellingReply } from '../views/on-its-way.ts';
import { refusalReply } from '../views/refusal.ts';
import type { Button } from './button.ts';

export const cancel: Button = {
  id: 'release.cancel',
  where: ['thread'],
  async press({ value, said, world }) {
    const answer = await cancelRelease(value, said.user, world);
    return answer.ok ? cancellingReply(answer.value) : refusalReply(answer.refusal);
  },
};
