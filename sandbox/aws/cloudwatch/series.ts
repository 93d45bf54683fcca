import { createHash } from 'node:crypto';
import type { AlarmBook } from './alarms.ts';

export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

interface Usual {
  /** Of one minute on an ordinary afternoon. */
  readonly level: number;
  /** How far it strays, as a part of the level. */
  readonly noise: number;
  /** Whether it follows people's day. */
  readonly daily?: boolean;
  readonly whole?: boolean;
}

/** What Elastic Beanstalk and its load balancer report of a healthy environment, per minute. */
const usual: Readonly<Record<string, Usual>> = {
  EnvironmentHealth: { level: 0, noise: 0, whole: true },
  InstancesOk: { level: 4, noise: 0, whole: true },
  ApplicationRequestsTotal: { level: 1200, noise: 0.15, daily: true, whole: true },
  ApplicationRequests2xx: { level: 1140, noise: 0.15, daily: true, whole: true },
  ApplicationRequests3xx: { level: 40, noise: 0.3, daily: true, whole: true },
  ApplicationRequests4xx: { level: 18, noise: 0.5, daily: true, whole: true },
  ApplicationRequests5xx: { level: 0.6, noise: 1.2, whole: true },
  ApplicationLatencyP50: { level: 0.06, noise: 0.2 },
  ApplicationLatencyP75: { level: 0.11, noise: 0.2 },
  ApplicationLatencyP90: { level: 0.24, noise: 0.2 },
  ApplicationLatencyP95: { level: 0.41, noise: 0.25 },
  ApplicationLatencyP99: { level: 0.9, noise: 0.3 },
  CPUUtilization: { level: 31, noise: 0.2, daily: true },
  CPUUser: { level: 26, noise: 0.2, daily: true },
  LoadAverage1min: { level: 0.5, noise: 0.3, daily: true },
  RequestCount: { level: 1200, noise: 0.15, daily: true, whole: true },
  TargetResponseTime: { level: 0.09, noise: 0.25 },
  HTTPCode_Target_5XX_Count: { level: 0.6, noise: 1.2, whole: true },
  HTTPCode_Target_4XX_Count: { level: 18, noise: 0.5, daily: true, whole: true },
};

/** The names that a healthy environment has data for. */
export const usualNames: readonly string[] = Object.keys(usual);

const minute = 60_000;

/**
 * The value of a metric in the minute that begins at `at`, made up but always the same for the same minute; undefined where
 * nothing reports it. While an alarm on it is in ALARM, the value is beyond the alarm's threshold.
 */
export function madeUp(metric: MetricName, at: number, alarms: AlarmBook): number | undefined {
  const known = usual[metric.name];
  if (!known || !/^AWS\/(ElasticBeanstalk|ApplicationELB|EC2)$/.test(metric.namespace) || at > Date.now()) return undefined;
  const share = random(`${JSON.stringify(metric)}${Math.floor(at / minute)}`);
  const size = 0.4 + 1.2 * random(JSON.stringify(metric.dimensions));
  const day = known.daily ? 0.65 + 0.35 * Math.sin((((at / 3_600_000) % 24) - 9) / 24 * 2 * Math.PI) : 1;
  const value = Math.max(0, known.level * (known.daily ? size : 1) * day * (1 + known.noise * (2 * share - 1))) + alarming(metric, at, share, alarms);
  return known.whole ? Math.round(value) : Number(value.toFixed(4));
}

function alarming(metric: MetricName, at: number, share: number, alarms: AlarmBook): number {
  const alarm = alarms.all().find(({ definition }) => definition.namespace === metric.namespace && definition.metric === metric.name && same(definition.dimensions, metric.dimensions));
  const spell = alarm?.spells.find(({ from, to }) => at >= Math.floor((from - 2 * minute) / minute) * minute && at <= (to ?? Number.POSITIVE_INFINITY));
  return alarm && spell ? alarm.definition.threshold * (1.6 + 2.2 * share) + 1 : 0;
}

function same(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

/** 0 … 1, from a text. */
function random(text: string): number {
  return createHash('md5').update(text).digest().readUInt32BE(0) / 0xffff_ffff;
}
