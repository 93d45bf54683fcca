import { passable } from './gate.ts';

/**
 * What comes here has been live on other environments first, where jack.yml says so. Opened by a release there that
 * ends live. A rollback goes back to what was here before, and is not asked.
 */
export const promotionGate = passable({
  name: 'promotion',
  examine({ environment, purpose, notYetOn, onTheWay = [] }) {
    const after = environment.after ?? [];
    if (after.length === 0) return { gate: 'promotion', open: true, note: 'not-configured' };
    if (purpose === 'rollback') return { gate: 'promotion', open: true, note: 'not-asked-for-rollbacks' };
    if (notYetOn === undefined || notYetOn.length === 0) return { gate: 'promotion', open: true };
    if (after.every((name) => onTheWay.includes(name))) return { gate: 'promotion', open: true, note: 'asked-when-it-gets-there' };
    if (notYetOn === 'unknown') return { gate: 'promotion', open: false, manner: 'waits', because: 'unknown' };
    const left = notYetOn.filter((name) => !onTheWay.includes(name));
    return left.length === 0 ? { gate: 'promotion', open: true, note: 'asked-when-it-gets-there' } : { gate: 'promotion', open: false, manner: 'waits', because: 'not-yet-on', environments: left };
  },
});
