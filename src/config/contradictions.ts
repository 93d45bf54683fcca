import { readMoment } from './freeze-times.ts';
import { shown } from './problems.ts';
import type { Placed } from './read.ts';

/**
 * What no single setting can tell: names given twice, more approvals than people. Works on the file as it was typed, so
 * that these are reported beside mistakes in single settings and not only after those were mended.
 */
export function contradictions(file: unknown): readonly Placed[] {
  const apps = listOf(settingsOf(file).apps);
  return [...sameNames(apps), ...apps.flatMap((app, index) => [...nobody(app, index), ...tooManyApprovals(app, index), ...freezeProblems(app, index)])];
}

function sameNames(apps: readonly unknown[]): readonly Placed[] {
  const names = apps.map((app) => settingsOf(app).name);
  return names.flatMap((name, index) =>
    typeof name === 'string' && names.indexOf(name) < index ? [{ at: ['apps', index, 'name'], found: `${shown(name)} a second time`, allowed: 'a name that no other app has' }] : [],
  );
}

function nobody(app: unknown, index: number): readonly Placed[] {
  const { people } = settingsOf(app);
  if (typeof people !== 'object' || people === null) return [];
  const { owners, contributors } = settingsOf(people);
  if (listOf(owners).length + listOf(contributors).length > 0 || ![owners, contributors].every((list) => list === undefined || Array.isArray(list))) return [];
  return [{ at: ['apps', index, 'people'], found: 'nobody', allowed: 'at least one owner or contributor, else nobody could deploy' }];
}

function tooManyApprovals(app: unknown, index: number): readonly Placed[] {
  return Object.entries(settingsOf(settingsOf(app).environments)).flatMap(([name, environment]) => {
    const at = ['apps', index, 'environments', name];
    const { approval, rollback } = settingsOf(environment);
    return [...moreThanNamed(approval, [...at, 'approval']), ...moreThanNamed(settingsOf(rollback).approval, [...at, 'rollback', 'approval'])];
  });
}

function moreThanNamed(approval: unknown, at: Placed['at']): readonly Placed[] {
  const { from, count } = settingsOf(approval);
  const approvers = new Set(listOf(from));
  const hasGroup = [...approvers].some((one) => typeof one === 'string' && one.startsWith('S'));
  if (typeof count !== 'number' || hasGroup || approvers.size === 0 || count <= approvers.size) return [];
  return [{ at: [...at, 'count'], found: shown(count), allowed: `at most ${approvers.size}: so many approvers are named in from` }];
}

function freezeProblems(app: unknown, index: number): readonly Placed[] {
  const freezes = listOf(settingsOf(app).freezes);
  const names = freezes.map((freeze) => settingsOf(freeze).name);
  return freezes.flatMap((freeze, number) => {
    const at = ['apps', index, 'freezes', number];
    const again = typeof names[number] === 'string' && names.indexOf(names[number]) < number;
    return [...(again ? [{ at: [...at, 'name'], found: `${shown(names[number])} a second time`, allowed: 'a name that no other freeze of the app has' }] : []), ...timeProblems(settingsOf(freeze), at)];
  });
}

/** Weekly or dated, and its end after its begin. */
function timeProblems({ every, from, until }: Readonly<Record<string, unknown>>, at: Placed['at']): readonly Placed[] {
  if (every !== undefined && (from !== undefined || until !== undefined)) return [{ at: [...at, 'every'], found: 'every beside from or until', allowed: 'either every, or from and until' }];
  if (every !== undefined) return [];
  if (from === undefined && until === undefined) return [{ at, found: 'no time', allowed: 'every (weekly), or from and until (dated)' }];
  if (from === undefined || until === undefined) return [{ at, found: `${from === undefined ? 'until' : 'from'} alone`, allowed: 'from and until together' }];
  const [begin, end] = [from, until].map((moment) => (typeof moment === 'string' ? readMoment(moment) : undefined));
  if (begin === undefined || end === undefined || end > begin) return [];
  return [{ at: [...at, 'until'], found: shown(until), allowed: `a time after from (${shown(from)})` }];
}

function settingsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
