import type { JsonObject } from '../../json.ts';
import { AwsError, type Handler } from '../engine/service.ts';
import { number, objects, requiredText, text, texts, time } from '../engine/values.ts';
import type { SeedAlarm } from '../seed.ts';
import type { Alarm, AlarmBook, AlarmState } from './alarms.ts';

const comparisons = ['GreaterThanThreshold', 'GreaterThanOrEqualToThreshold', 'LessThanThreshold', 'LessThanOrEqualToThreshold'] as const;

/** CloudWatch's operations on alarms. There are metric alarms only. */
export function alarmOperations(book: AlarmBook): Readonly<Record<string, Handler>> {
  return {
    DescribeAlarms: (input) => describeAlarms(book, input),
    DescribeAlarmHistory: (input) => describeHistory(book, input),
    SetAlarmState(input) {
      const state = stateOf(requiredText(input, 'StateValue'));
      book.set(requiredText(input, 'AlarmName'), state, requiredText(input, 'StateReason'), text(input, 'StateReasonData'));
    },
    EnableAlarmActions: (input) => enable(book, input, true),
    DisableAlarmActions: (input) => enable(book, input, false),
    PutMetricAlarm: (input) => book.put(definitionOf(input)),
  };
}

function describeAlarms(book: AlarmBook, input: JsonObject): JsonObject {
  const types = texts(input, 'AlarmTypes') ?? ['MetricAlarm'];
  const [names, prefix, state] = [texts(input, 'AlarmNames'), text(input, 'AlarmNamePrefix'), text(input, 'StateValue')];
  const found = book
    .all()
    .filter((alarm) => types.includes('MetricAlarm') && (!names || names.includes(alarm.definition.name)))
    .filter((alarm) => alarm.definition.name.startsWith(prefix ?? '') && (state === undefined || alarm.state === state));
  const from = Number(text(input, 'NextToken') ?? '0');
  if (Number.isNaN(from)) throw new AwsError('InvalidNextToken', 'The next token specified is invalid.');
  const to = from + (number(input, 'MaxRecords') ?? 50);
  return { MetricAlarms: found.slice(from, to).map((alarm) => shown(book, alarm)), CompositeAlarms: [], ...(to < found.length ? { NextToken: String(to) } : {}) };
}

function shown(book: AlarmBook, alarm: Alarm): JsonObject {
  const { definition } = alarm;
  return {
    AlarmName: definition.name,
    AlarmArn: book.arnOf(alarm),
    AlarmDescription: definition.description,
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.changedAt),
    ActionsEnabled: alarm.actionsEnabled,
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    StateValue: alarm.state,
    StateReason: alarm.reason,
    StateUpdatedTimestamp: new Date(alarm.updatedAt),
    StateTransitionedTimestamp: new Date(alarm.changedAt),
    MetricName: definition.metric,
    Namespace: definition.namespace,
    ...(/^p\d/.test(definition.statistic) ? { ExtendedStatistic: definition.statistic } : { Statistic: definition.statistic }),
    Dimensions: Object.entries(definition.dimensions).map(([Name, Value]) => ({ Name, Value })),
    Period: definition.period,
    EvaluationPeriods: definition.evaluationPeriods,
    Threshold: definition.threshold,
    ComparisonOperator: definition.comparison,
    TreatMissingData: 'missing',
  };
}

function describeHistory(book: AlarmBook, input: JsonObject): JsonObject {
  const name = text(input, 'AlarmName');
  const alarms = name === undefined ? book.all() : [book.find(name)];
  const [start, end] = [time(input, 'StartDate')?.getTime() ?? 0, time(input, 'EndDate')?.getTime() ?? Number.POSITIVE_INFINITY];
  const items = alarms.flatMap((alarm) => alarm.history.map((item) => ({ alarm, item }))).filter(({ item }) => item.at >= start && item.at <= end);
  return {
    AlarmHistoryItems: items
      .toSorted((one, other) => other.item.at - one.item.at)
      .slice(0, number(input, 'MaxRecords') ?? 50)
      .map(({ alarm, item }) => ({ AlarmName: alarm.definition.name, AlarmType: 'MetricAlarm', Timestamp: new Date(item.at), HistoryItemType: 'StateUpdate', HistorySummary: item.summary, HistoryData: item.data })),
  };
}

function enable(book: AlarmBook, input: JsonObject, enabled: boolean): void {
  for (const name of texts(input, 'AlarmNames') ?? []) book.find(name).actionsEnabled = enabled;
}

function definitionOf(input: JsonObject): SeedAlarm {
  const [namespace, metric, statistic, threshold] = [text(input, 'Namespace'), text(input, 'MetricName'), text(input, 'Statistic') ?? text(input, 'ExtendedStatistic'), number(input, 'Threshold')];
  const comparison = comparisons.find((known) => known === text(input, 'ComparisonOperator'));
  if (namespace === undefined || metric === undefined || statistic === undefined || threshold === undefined || !comparison) {
    throw new AwsError('ValidationError', 'The sandbox plays alarms of one metric with a statistic, a threshold and a plain comparison only');
  }
  return {
    name: requiredText(input, 'AlarmName'),
    description: text(input, 'AlarmDescription') ?? '',
    namespace,
    metric,
    dimensions: Object.fromEntries(objects(input, 'Dimensions').map((dimension) => [text(dimension, 'Name') ?? '', text(dimension, 'Value') ?? ''])),
    statistic,
    period: number(input, 'Period') ?? 60,
    evaluationPeriods: number(input, 'EvaluationPeriods') ?? 1,
    threshold,
    comparison,
    state: 'INSUFFICIENT_DATA',
  };
}

export function stateOf(given: string): AlarmState {
  if (given !== 'OK' && given !== 'ALARM' && given !== 'INSUFFICIENT_DATA') throw new AwsError('ValidationError', `${given} is no state of an alarm: OK, ALARM, INSUFFICIENT_DATA`);
  return given;
}
