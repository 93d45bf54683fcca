import type { Button } from './button.ts';

/** *Deploy…* in the home tab: opens the form (forms/deploy.ts); the click alone does nothing. */
export const homeDeploy: Button = {
  id: 'home.deploy',
  where: ['home'],
  async press() {
    return undefined;
  },
};
