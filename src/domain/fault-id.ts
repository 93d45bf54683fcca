/** Letters and digits that nobody mistakes for another when reading them out. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** The short name under which a fault is told and logged, as `f-7Q2K`; made from any UUID. */
export function faultId(uuid: string): string {
  const bits = Number.parseInt(uuid.replaceAll('-', '').slice(0, 5), 16);
  const letter = (place: number): string => LETTERS.charAt((bits >> (place * 5)) & 31);
  return `f-${letter(3)}${letter(2)}${letter(1)}${letter(0)}`;
}
