import type { JsonObject } from '../../json.ts';
import type { Seed } from '../seed.ts';
import { AwsError, type Handler } from '../engine/service.ts';
import { number, object, objects, requiredText, text, texts, time } from '../engine/values.ts';
import type { Metrics } from './metrics.ts';
import { usualNames, type MetricName } from './series.ts';
import { widgetImage } from './widget.ts';

/** CloudWatch's operations on metrics. Expressions are refused: nothing here evaluates them. */
export function metricOperations(metrics: Metrics, seed: Seed): Readonly<Record<string, Handler>> {
  return {
    GetMetricData: (input) => getMetricData(metrics, input),
    GetMetricStatistics: (input) => getMetricStatistics(metrics, input),
    ListMetrics: (input) => listMetrics(metrics, seed, input),
    PutMetricData: (input) => putMetricData(metrics, input),
    GetMetricWidgetImage: async (input) => ({ MetricWidgetImage: await widgetImage(requiredText(input, 'MetricWidget'), metrics) }),
  };
}

function getMetricData(metrics: Metrics, input: JsonObject): JsonObject {
  const [start, end] = [requiredTime(input, 'StartTime'), requiredTime(input, 'EndTime')];
  if (start >= end) throw new AwsError('ValidationError', 'The parameter StartTime must be less than the parameter EndTime.');
  const newestFirst = text(input, 'ScanBy') !== 'TimestampAscending';
  const results = objects(input, 'MetricDataQueries')
    .filter((query) => query['ReturnData'] !== false)
    .map((query) => {
      const stat = object(query, 'MetricStat');
      if (!stat) throw new AwsError('ValidationError', 'The sandbox does not evaluate metric expressions: ask for a MetricStat');
      const metric = metricOf(object(stat, 'Metric') ?? {});
      const points = metrics.series(metric, requiredText(stat, 'Stat'), number(stat, 'Period') ?? 60, start, end);
      const ordered = newestFirst ? points.toReversed() : points;
      return {
        Id: requiredText(query, 'Id'),
        Label: text(query, 'Label') ?? metric.name,
        Timestamps: ordered.map((point) => new Date(point.at)),
        Values: ordered.map((point) => point.value),
        StatusCode: 'Complete',
      };
    });
  return { MetricDataResults: results, Messages: [] };
}

function getMetricStatistics(metrics: Metrics, input: JsonObject): JsonObject {
  const metric = { namespace: requiredText(input, 'Namespace'), name: requiredText(input, 'MetricName'), dimensions: dimensionsOf(input) };
  const statistics = [...(texts(input, 'Statistics') ?? []), ...(texts(input, 'ExtendedStatistics') ?? [])];
  if (statistics.length === 0) throw new AwsError('InvalidParameterCombination', 'At least one of the parameters Statistics and ExtendedStatistics must be specified.');
  const points = new Map<number, Record<string, number>>();
  for (const statistic of statistics) {
    for (const { at, value } of metrics.series(metric, statistic, number(input, 'Period') ?? 60, requiredTime(input, 'StartTime'), requiredTime(input, 'EndTime'))) {
      points.set(at, { ...points.get(at), [statistic]: value });
    }
  }
  const shown = [...points].map(([at, values]) => {
    const extended = Object.entries(values).filter(([name]) => name.startsWith('p'));
    const plain = Object.entries(values).filter(([name]) => !name.startsWith('p'));
    return { Timestamp: new Date(at), Unit: 'None', ...Object.fromEntries(plain), ...(extended.length > 0 ? { ExtendedStatistics: Object.fromEntries(extended) } : {}) };
  });
  return { Label: metric.name, Datapoints: shown };
}

function listMetrics(metrics: Metrics, seed: Seed, input: JsonObject): JsonObject {
  const environments = seed.applications.flatMap((application) => application.environments.map(({ name }) => name));
  const own = environments.flatMap((EnvironmentName) => usualNames.map((name): MetricName => ({ namespace: 'AWS/ElasticBeanstalk', name, dimensions: { EnvironmentName } })));
  const wanted = objects(input, 'Dimensions');
  const found = [...own, ...metrics.names()].filter(
    (metric) =>
      (text(input, 'Namespace') ?? metric.namespace) === metric.namespace &&
      (text(input, 'MetricName') ?? metric.name) === metric.name &&
      wanted.every((filter) => {
        const value = metric.dimensions[text(filter, 'Name') ?? ''];
        return value !== undefined && (text(filter, 'Value') ?? value) === value;
      }),
  );
  const shown = found.slice(0, 500).map((metric) => ({ Namespace: metric.namespace, MetricName: metric.name, Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })) }));
  return { Metrics: shown };
}

function putMetricData(metrics: Metrics, input: JsonObject): void {
  const namespace = requiredText(input, 'Namespace');
  if (namespace.startsWith('AWS/')) throw new AwsError('InvalidParameterValue', 'The value AWS/ for parameter Namespace is invalid.');
  for (const datum of objects(input, 'MetricData')) {
    const value = number(datum, 'Value');
    if (value === undefined) throw new AwsError('InvalidParameterValue', 'The sandbox takes single values only');
    metrics.put(namespace, requiredText(datum, 'MetricName'), dimensionsOf(datum), value, time(datum, 'Timestamp')?.getTime());
  }
}

function metricOf(metric: JsonObject): MetricName {
  const [namespace, name] = [text(metric, 'Namespace'), text(metric, 'MetricName')];
  if (namespace === undefined || name === undefined) throw new AwsError('ValidationError', 'A Metric needs a Namespace and a MetricName');
  return { namespace, name, dimensions: dimensionsOf(metric) };
}

function dimensionsOf(input: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(objects(input, 'Dimensions').map((dimension) => [text(dimension, 'Name') ?? '', text(dimension, 'Value') ?? '']));
}

function requiredTime(input: JsonObject, name: string): number {
  const given = time(input, name);
  if (!given) throw new AwsError('ValidationError', `The parameter ${name} is required`);
  return given.getTime();
}
