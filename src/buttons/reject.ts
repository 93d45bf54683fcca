import { isNamedInside } from '../operations/barriers/named-inside.ts';
import type { Button } from './button.ts';

/** Opens the form that asks for the reason (forms/reject.ts); the click alone decides nothing. */
export const reject: Button = {
  id: 'approval.reject',
  where: ['thread', 'direct'],
  // A lock's thread shows it for what was inside already.
  alsoIn: isNamedInside,
  async press() {
    return undefined;
  },
};
