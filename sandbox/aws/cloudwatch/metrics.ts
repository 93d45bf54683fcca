import { AwsError } from '../engine/service.ts';
import type { MetricSink } from '../account.ts';
import type { AlarmBook } from './alarms.ts';
import { madeUp, type MetricName } from './series.ts';

export interface Datapoint {
  /** Epoch ms of the period's begin. */
  readonly at: number;
  readonly value: number;
}

const minute = 60_000;

/** What was put, and what is made up for the environments' own metrics where nothing was put. */
export class Metrics implements MetricSink {
  readonly #put = new Map<string, { readonly metric: MetricName; readonly points: Datapoint[] }>();
  readonly #alarms: AlarmBook;

  constructor(alarms: AlarmBook) {
    this.#alarms = alarms;
  }

  put(namespace: string, name: string, dimensions: Readonly<Record<string, string>>, value: number, at = Date.now()): void {
    const metric = { namespace, name, dimensions };
    const series = this.#put.get(keyOf(metric)) ?? { metric, points: [] };
    series.points.push({ at, value });
    this.#put.set(keyOf(metric), series);
  }

  /** Metrics that somebody put. */
  names(): readonly MetricName[] {
    return [...this.#put.values()].map(({ metric }) => metric);
  }

  /** One value per period of `period` seconds in [from, to), oldest first; periods without data are left out. */
  series(metric: MetricName, statistic: string, period: number, from: number, to: number): readonly Datapoint[] {
    const width = period * 1000;
    const points: Datapoint[] = [];
    const own = this.#put.get(keyOf(metric))?.points ?? [];
    for (let at = Math.floor(from / width) * width; at < to; at += width) {
      const values = own.filter((point) => point.at >= at && point.at < at + width).map((point) => point.value);
      if (values.length === 0) values.push(...this.#madeUp(metric, at, width));
      if (values.length > 0) points.push({ at, value: statisticOf(statistic, values) });
    }
    return points;
  }

  #madeUp(metric: MetricName, at: number, width: number): readonly number[] {
    const minutes = Math.max(1, Math.round(width / minute));
    const step = Math.max(1, Math.ceil(minutes / 60));
    const values: number[] = [];
    for (let index = 0; index < minutes; index += step) {
      const value = madeUp(metric, at + index * minute, this.#alarms);
      if (value !== undefined) for (let copy = 0; copy < Math.min(step, minutes - index); copy += 1) values.push(value);
    }
    return values;
  }
}

function statisticOf(statistic: string, values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const sum = values.reduce((total, value) => total + value, 0);
  const percentile = /^p(\d+(?:\.\d+)?)$/.exec(statistic)?.[1];
  if (percentile !== undefined) return sorted[Math.min(sorted.length - 1, Math.floor((Number(percentile) / 100) * sorted.length))] ?? 0;
  switch (statistic) {
    case 'Sum':
      return sum;
    case 'Average':
      return sum / values.length;
    case 'Minimum':
      return sorted[0] ?? 0;
    case 'Maximum':
      return sorted.at(-1) ?? 0;
    case 'SampleCount':
      return values.length;
    default:
      throw new AwsError('ValidationError', `The value ${statistic} for parameter Stat is not supported.`);
  }
}

function keyOf({ namespace, name, dimensions }: MetricName): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).toSorted(([one], [other]) => (one < other ? -1 : 1))]);
}
