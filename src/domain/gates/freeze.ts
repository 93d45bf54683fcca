import { passable } from './gate.ts';

/** A time in which nothing goes. Opened by its end, or by an owner who thaws it; for a release that it held, then by a word on that release. */
export const freezeGate = passable({
  name: 'freeze',
  examine({ freeze, unasked }) {
    if (freeze === undefined) return unasked?.barrier === 'freeze' ? { gate: 'freeze', open: false, manner: 'waits', ...unasked } : { gate: 'freeze', open: true };
    if (freeze === 'unknown') return { gate: 'freeze', open: false, manner: 'refuses', because: 'unknown' };
    return { gate: 'freeze', open: false, manner: 'refuses', because: 'frozen', freeze };
  },
});
