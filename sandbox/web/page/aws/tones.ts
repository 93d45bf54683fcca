/** How a status of AWS looks: it went well, it moves, it needs eyes, it broke, nothing to say. */
export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'none';

const TONES: Readonly<Record<string, Tone>> = {
  succeeded: 'good',
  ok: 'good',
  ready: 'good',
  green: 'good',
  deployed: 'good',
  inprogress: 'busy',
  updating: 'busy',
  launching: 'busy',
  info: 'busy',
  pending: 'busy',
  stopping: 'warn',
  aborting: 'warn',
  warning: 'warn',
  warn: 'warn',
  yellow: 'warn',
  failed: 'bad',
  degraded: 'bad',
  severe: 'bad',
  red: 'bad',
  alarm: 'bad',
  error: 'bad',
  fatal: 'bad',
};

export function toneOf(status: string | undefined): Tone {
  return TONES[(status ?? '').toLowerCase().replaceAll(/[^a-z]/g, '')] ?? 'none';
}

/** CodePipeline's and Beanstalk's joined words, readable: 'InProgress' → 'In progress'. */
export function sayStatus(status: string | undefined): string {
  if (status === undefined || status === '') return 'Not run yet';
  const words = status.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
