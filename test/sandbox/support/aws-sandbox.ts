import { startSandbox, type RunningSandbox } from '../../../sandbox/start.ts';
import type { JsonObject } from '../../../sandbox/json.ts';

/** What every AWS client of the tests is made with. */
export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
  readonly forcePathStyle: boolean;
  readonly useQueueUrlAsEndpoint: boolean;
}

export interface AwsSandbox {
  readonly running: RunningSandbox;
  readonly config: ClientConfig;
  /** A request at the control door; throws what it refuses with. */
  door(method: 'GET' | 'POST' | 'DELETE', path: string, body?: JsonObject): Promise<Answer>;
}

/** Plain JSON of the door, which each test knows the shape of. */
// oxlint-disable-next-line typescript/no-explicit-any -- see above
export type Answer = any;

/** An AWS account with its control door, without Slack and page, in this process. */
export async function awsSandbox(speed = 1): Promise<AwsSandbox> {
  const running = await startSandbox({ ports: { aws: 0, control: 0 }, speed });
  const credentials = { accessKeyId: 'AKIASANDBOXJACK00001', secretAccessKey: 'sandbox-secret' };
  return {
    running,
    config: { endpoint: running.awsUrl, region: 'us-east-1', credentials, maxAttempts: 1, forcePathStyle: true, useQueueUrlAsEndpoint: false },
    async door(method, path, body) {
      const response = await fetch(`${running.controlUrl}${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
      const answer: Answer = await response.json();
      if (!response.ok) throw new Error(`${response.status} ${answer.error}`);
      return answer;
    },
  };
}

/** Asks until there is an answer; gives up loudly after ten seconds. */
export async function eventually<Result>(ask: () => Promise<Result | undefined>): Promise<Result> {
  const until = Date.now() + 10_000;
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error('it did not happen within ten seconds');
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

/** What a call was refused with: its name, words and status. */
export async function refusalOf(call: Promise<unknown>): Promise<{ readonly name: string; readonly message: string; readonly status: number }> {
  try {
    await call;
  } catch (problem) {
    const { name, message, $metadata } = problem as { name: string; message: string; $metadata?: { httpStatusCode?: number } };
    return { name, message, status: $metadata?.httpStatusCode ?? 0 };
  }
  throw new Error('the call was not refused');
}
