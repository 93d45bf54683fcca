import type { JsonObject } from '../../json.ts';

const text = { type: 'string' };
const point = { type: 'object', properties: { label: text, value: { type: 'number' } }, required: ['label', 'value'], additionalProperties: false };
const series = { type: 'object', properties: { name: text, data: { type: 'array', items: point } }, required: ['name', 'data'], additionalProperties: false };
const axes = { type: 'object', properties: { categories: { type: 'array', items: text }, x_label: text, y_label: text }, required: ['categories'], additionalProperties: false };

function plotted(kind: string): JsonObject {
  return { type: 'object', properties: { type: { const: kind }, series: { type: 'array', items: series }, axis_config: axes }, required: ['type', 'series', 'axis_config'], additionalProperties: false };
}

const pie: JsonObject = { type: 'object', properties: { type: { const: 'pie' }, segments: { type: 'array', items: point } }, required: ['type', 'segments'], additionalProperties: false };

/** The block `data_visualization`, which @slack/types 3.2.0 does not have. Source: docs.slack.dev, data-visualization-block. */
export const dataVisualization: JsonObject = {
  type: 'object',
  properties: { type: { type: 'string', const: 'data_visualization' }, block_id: text, title: text, chart: { anyOf: [pie, plotted('bar'), plotted('area'), plotted('line')] } },
  required: ['type', 'title', 'chart'],
  additionalProperties: false,
};
