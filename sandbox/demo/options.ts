import { parseArgs } from 'node:util';

export interface DemoOptions {
  /** The page's; 0 is any free one. */
  readonly port: number;
  readonly speed: number;
  readonly bot: boolean;
}

/** A mistake in the command line, or something in the way of a start: told in one sentence. */
export class DemoProblem extends Error {}

/** `npm run demo -- [--port 8080] [--speed 12] [--no-bot]` */
export function readDemoOptions(args: readonly string[]): DemoOptions {
  const { values } = parse(args);
  const port = Number(values.port ?? '8080');
  const speed = Number(values.speed ?? '12');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new DemoProblem(`--port must be a port (0 for any free one), not ${values.port}.`);
  if (!(speed > 0)) throw new DemoProblem(`--speed must be a number above 0, not ${values.speed}.`);
  return { port, speed, bot: values['no-bot'] !== true };
}

function parse(args: readonly string[]): { readonly values: { readonly port?: string; readonly speed?: string; readonly 'no-bot'?: boolean } } {
  try {
    return parseArgs({ args: [...args], options: { port: { type: 'string' }, speed: { type: 'string' }, 'no-bot': { type: 'boolean' } }, strict: true });
  } catch (error) {
    throw new DemoProblem(`${error instanceof Error ? error.message : String(error)} (Known: --port, --speed, --no-bot.)`, { cause: error });
  }
}
