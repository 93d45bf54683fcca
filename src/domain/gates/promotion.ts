import { passable } from './gate.ts';

/**
 * What comes here has been live on other environments first, where jack.yml says so. Opened by a release there that
 * ends live. A rollback goes back to what was here before, and is not asked.
 */
export const promotionGate = passable({
  name: 'promotion',
  examine({ environment, purpose, notYetOn }) {
    if ((environment.after ?? []).length === 0) return { gate: 'promotion', open: true, note: 'not-configured' };
    if (purpose === 'rollback') return { gate: 'promotion', open: true, note: 'not-asked-for-rollbacks' };
    if (notYetOn === 'unknown') return { gate: 'promotion', open: false, manner: 'waits', because: 'unknown' };
    if (notYetOn === undefined || notYetOn.length === 0) return { gate: 'promotion', open: true };
    return { gate: 'promotion', open: false, manner: 'waits', because: 'not-yet-on', environments: notYetOn };
  },
});
