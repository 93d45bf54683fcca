import { glassCaseOfRelease, glassCaseOfRequest } from '../operations/glass-case.ts';
import { refusalReply } from '../views/refusal.ts';
import type { Button } from './button.ts';

/** *Break glass* in the headline of a release that waits: opens the form (forms/glass.ts). Who may not is told here. */
export const glassRelease: Button = {
  id: 'glass.release',
  where: ['thread'],
  async press({ value, said, world }) {
    const found = await glassCaseOfRelease(value, said.user, world);
    return found.ok ? undefined : refusalReply(found.refusal);
  },
};

/** *Break glass* under a refusal that one person sees: the value is the request that was refused. */
export const glassBreak: Button = {
  id: 'glass.break',
  where: ['ephemeral'],
  async press({ value, said, world }) {
    const found = await glassCaseOfRequest(value, said.user, world);
    return found.ok ? undefined : refusalReply(found.refusal);
  },
};
