import { startApp } from '../app.ts';
import { createLog } from '../log.ts';
import { readSettings } from '../settings.ts';
import type { CliCommand } from './command.ts';

/** Starts Jack and stays until a signal comes; then drains and ends. */
export const start: CliCommand = {
  name: 'start',
  usage: '[start]',
  does: 'Start Jack; SIGTERM drains and stops it',
  async run(_args, env) {
    const settings = readSettings(env);
    const log = createLog(settings.logLevel);
    const broken = watchRejections((error, ofSlack) => log[ofSlack ? 'warn' : 'fatal']({ err: error }, ofSlack ? 'a Slack socket broke; it is replaced' : 'a defect: Jack stops and has to be started again'));
    const jack = await startApp(settings, log);
    const why = await Promise.race([signalled(), broken]);
    log.info({ why }, 'Jack is stopping');
    await jack.stop();
    log.info({}, 'Jack has stopped');
    return why === 'defect' ? 1 : 0;
  },
};

/** The second signal does not wait. */
function signalled(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(130));
        resolve(signal);
      });
    }
  });
}

/**
 * The socket client of socket-mode 3.1 rejects promises that nobody can await (also with `undefined`) when a socket goes
 * at a bad moment: the socket is replaced elsewhere, so Jack lives on. Any other rejection that nobody awaits is a defect.
 */
function watchRejections(tell: (error: unknown, ofSlack: boolean) => void): Promise<'defect'> {
  return new Promise((resolve) => {
    process.on('unhandledRejection', (error) => {
      const ofSlack = isOfSlackSocket(error);
      tell(error, ofSlack);
      if (!ofSlack) resolve('defect');
    });
  });
}

function isOfSlackSocket(error: unknown): boolean {
  if (error === undefined) return true;
  return error instanceof Error && /@slack\/socket-mode|slack_(socket_mode|webapi)/.test(`${error.stack ?? ''} ${'code' in error ? String(error.code) : ''}`);
}
