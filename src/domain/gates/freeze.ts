import { passable } from './gate.ts';

/** A time in which nothing goes. Opened by its end, or by an owner who thaws it. */
export const freezeGate = passable({
  name: 'freeze',
  examine({ freeze }) {
    if (freeze === undefined) return { gate: 'freeze', open: true };
    if (freeze === 'unknown') return { gate: 'freeze', open: false, manner: 'refuses', because: 'unknown' };
    return { gate: 'freeze', open: false, manner: 'refuses', because: 'frozen', freeze };
  },
});
