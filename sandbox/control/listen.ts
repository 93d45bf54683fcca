import type { Server } from 'node:http';

export interface Listening {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Told in one sentence, without a stack. */
export class TakenPort extends Error {
  constructor(port: number, what: string) {
    super(`Port ${port} for ${what} is taken by another program: stop that program or choose another port.`);
    this.name = 'TakenPort';
  }
}

/** For the `catch` of anything that listens: a taken port becomes `TakenPort`. */
export function tellTaken(port: number, what: string): (problem: unknown) => never {
  return (problem) => {
    throw problem instanceof Error && 'code' in problem && problem.code === 'EADDRINUSE' ? new TakenPort(port, what) : problem;
  };
}

/** Listens on 127.0.0.1; port 0 is any free one. Throws `TakenPort`. `what` is for people: 'AWS', 'Slack'. */
export async function listen(server: Server, port: number, what: string): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  }).catch(tellTaken(port, what));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address with a port');
  return {
    port: address.port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((problem) => (problem ? reject(problem) : resolve()));
        server.closeAllConnections();
      }),
  };
}
