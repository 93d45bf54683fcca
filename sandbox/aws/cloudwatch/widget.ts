import { AwsError } from '../engine/service.ts';
import { isList, isObject, number, object, objects, text } from '../engine/values.ts';
import type { Json, JsonObject } from '../../json.ts';
import { drawChart, type Chart, type ChartLine } from './draw.ts';
import type { Metrics } from './metrics.ts';

/** GetMetricWidgetImage: reads the widget's JSON as CloudWatch's dashboards write it, and draws a PNG of it. */
export async function widgetImage(widget: string, metrics: Metrics): Promise<Uint8Array> {
  return drawChart(chartOf(parse(widget), metrics));
}

function chartOf(widget: JsonObject, metrics: Metrics): Chart {
  const view = text(widget, 'view') ?? 'timeSeries';
  if (view !== 'timeSeries') throw invalid(`The sandbox draws the view "timeSeries" only, not "${view}"`);
  const now = Date.now();
  const [from, to] = [moment(text(widget, 'start') ?? '-PT3H', now), moment(text(widget, 'end') ?? 'PT0H', now)];
  const annotations = object(widget, 'annotations') ?? {};
  return {
    title: text(widget, 'title') ?? '',
    width: number(widget, 'width') ?? 600,
    height: number(widget, 'height') ?? 400,
    from,
    to,
    lines: rowsOf(widget).map((row) => lineOf(row, widget, metrics, from, to)),
    vertical: objects(annotations, 'vertical').map((mark) => ({ at: moment(text(mark, 'value') ?? '', now), label: text(mark, 'label') ?? '' })),
    horizontal: objects(annotations, 'horizontal').map((mark) => ({ value: number(mark, 'value') ?? 0, label: text(mark, 'label') ?? '' })),
  };
}

/** Rows of `metrics` with the shorthands '.' (as in the row above) and '...' (the rest of its beginning) written out. */
function rowsOf(widget: JsonObject): readonly { readonly words: readonly string[]; readonly options: JsonObject }[] {
  const { metrics } = widget;
  if (!isList(metrics) || metrics.length === 0) throw invalid('Validation error: should have required property "metrics"');
  let above: readonly string[] = [];
  return metrics.map((row) => {
    if (!isList(row)) throw invalid('Validation error: each metric must be an array');
    const options = row.find(isObject) ?? {};
    const words = row.filter((word) => typeof word === 'string');
    const full = words[0] === '...' ? [...above.slice(0, above.length - words.length + 1), ...words.slice(1)] : words.map((word, index) => (word === '.' ? (above[index] ?? word) : word));
    above = full;
    if (full.length < 2) throw invalid('The sandbox draws metrics only, not expressions');
    return { words: full, options };
  });
}

function lineOf(row: { readonly words: readonly string[]; readonly options: JsonObject }, widget: JsonObject, metrics: Metrics, from: number, to: number): ChartLine {
  const [namespace = '', name = '', ...pairs] = row.words;
  const dimensions = Object.fromEntries(pairs.flatMap((word, index) => (index % 2 === 0 ? [[word, pairs[index + 1] ?? '']] : [])));
  const period = number(row.options, 'period') ?? number(widget, 'period') ?? 300;
  const statistic = text(row.options, 'stat') ?? text(widget, 'stat') ?? 'Average';
  const color = text(row.options, 'color');
  return {
    label: text(row.options, 'label') ?? name,
    points: metrics.series({ namespace, name, dimensions }, statistic, period, from, to),
    ...(color === undefined ? {} : { color }),
  };
}

/** An ISO time, or an ISO duration from now: '-PT3H', 'PT0H', '-P1D'. */
function moment(given: string, now: number): number {
  const found = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(given);
  if (!found) {
    const at = Date.parse(given);
    if (Number.isNaN(at)) throw invalid(`"${given}" is neither a time nor a duration`);
    return at;
  }
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0'] = found;
  const ms = (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return now + (sign === '-' ? -ms : ms);
}

function parse(widget: string): JsonObject {
  try {
    const parsed: Json = JSON.parse(widget);
    if (isObject(parsed)) return parsed;
  } catch (problem) {
    if (!(problem instanceof SyntaxError)) throw problem;
  }
  throw invalid('The MetricWidget is not valid JSON');
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
