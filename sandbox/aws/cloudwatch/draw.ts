import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Datapoint } from './metrics.ts';

export interface ChartLine {
  readonly label: string;
  readonly points: readonly Datapoint[];
  readonly color?: string;
}

export interface Chart {
  readonly title: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly lines: readonly ChartLine[];
  readonly vertical: readonly { readonly at: number; readonly label: string }[];
  readonly horizontal: readonly { readonly value: number; readonly label: string }[];
}

/** CloudWatch's own order of colours. */
const colors = ['#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#9467bd', '#8c564b'];

/** A PNG of the chart, with times in UTC and words in DejaVu Sans. The drawing parts are loaded with the first chart. */
export async function drawChart(chart: Chart): Promise<Uint8Array> {
  const [{ init }, { Resvg }] = await Promise.all([import('echarts'), import('@resvg/resvg-js')]);
  const canvas = init(null, null, { renderer: 'svg', ssr: true, width: chart.width, height: chart.height });
  canvas.setOption(optionsOf(chart));
  const svg = canvas.renderToSVGString();
  canvas.dispose();
  const font = { fontFiles: fontFiles(), loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' };
  return new Resvg(svg, { font, background: '#ffffff' }).render().asPng();
}

function fontFiles(): string[] {
  const folder = dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json'));
  return ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => join(folder, 'ttf', file));
}

function optionsOf(chart: Chart): Parameters<ReturnType<typeof import('echarts')['init']>['setOption']>[0] {
  const marks = [
    ...chart.vertical.map(({ at, label }) => ({ xAxis: at, label: { formatter: label, position: 'insideEndTop' as const }, lineStyle: { color: '#d13212', width: 2 } })),
    ...chart.horizontal.map(({ value, label }) => ({ yAxis: value, label: { formatter: label, position: 'insideEndTop' as const }, lineStyle: { color: '#ff9900' } })),
  ];
  const frame = { type: 'line' as const, data: [], silent: true, markLine: { symbol: 'none', data: marks, label: { color: '#16191f', fontSize: 11 } } };
  return {
    animation: false,
    useUTC: true,
    color: colors,
    textStyle: { fontFamily: 'DejaVu Sans' },
    title: { text: chart.title, left: 12, top: 8, textStyle: { fontSize: 14 } },
    legend: { data: chart.lines.map(({ label }) => label), bottom: 6, icon: 'rect', itemHeight: 3 },
    grid: { left: 52, right: 24, top: 44, bottom: 56 },
    xAxis: { type: 'time', min: chart.from, max: chart.to, splitNumber: 6, axisLabel: { hideOverlap: true } },
    yAxis: { type: 'value', min: 0, splitLine: { lineStyle: { color: '#eaeded' } } },
    series: [...chart.lines.map(seriesOf), frame],
  };
}

function seriesOf({ label, points, color }: ChartLine): { type: 'line'; name: string; showSymbol: boolean; data: number[][]; lineStyle: { width: number }; color?: string } {
  return {
    type: 'line',
    name: label,
    showSymbol: points.length < 3,
    data: points.map(({ at, value }) => [at, value]),
    lineStyle: { width: 2 },
    ...(color === undefined ? {} : { color }),
  };
}
