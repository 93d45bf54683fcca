import { until } from './door.ts';
import type { Stage } from './stage.ts';

interface SeenAction {
  readonly name: string;
  readonly status?: string;
  readonly token?: string;
}

interface SeenStage {
  readonly name: string;
  readonly status?: string;
  readonly execution?: string;
  readonly inbound: readonly (string | { readonly id: string })[];
  readonly actions: readonly SeenAction[];
}

export interface SeenPipeline {
  readonly name: string;
  readonly stages: readonly SeenStage[];
  readonly executions: readonly { readonly id: string; readonly status: string; readonly commit: string; readonly message: string }[];
}

export interface SeenEnvironment {
  readonly name: string;
  readonly version: string;
  readonly status: string;
  readonly events: readonly { readonly at: number; readonly message: string }[];
  readonly instances: readonly { readonly id: string; readonly version: string; readonly health: string }[];
}

/** People: who writes and pushes. */
export const LINUS = { name: 'Linus', email: 'linus@acme.test' };
export const ADA = { name: 'Ada Lovelace', email: 'ada@acme.test' };

/** The AWS account behind the stage, as somebody with the console has it. */
export class AwsAccount {
  readonly #stage: Stage;
  readonly #channel: string;

  constructor(stage: Stage, channel = 'shop') {
    this.#stage = stage;
    this.#channel = channel;
  }

  /** Answers with the commit. */
  async push(message: string, author = LINUS, repository = 'shop'): Promise<string> {
    this.#note(author.name, `(pushes “${message.split('\n')[0] ?? ''}”)`);
    return (await this.#stage.door.post<{ commit: string }>('/aws/push', { repository, author, message })).commit;
  }

  /** Olive does it in the AWS console, behind Jack's back. */
  async console(service: string, operation: string, input: object, told: string): Promise<void> {
    this.#note('olive', `(in the AWS console: ${told})`);
    await this.#stage.door.post('/aws/console', { as: 'olive', service, operation, input });
  }

  /** Reads in the console. */
  async look<T>(service: string, operation: string, input: object): Promise<T> {
    return this.#stage.door.post<T>('/aws/console', { as: 'olive', service, operation, input });
  }

  async mishap(id: string, place: string): Promise<void> {
    await this.#stage.door.post('/mishaps', { id, place, times: 1 });
  }

  /** CloudWatch finds that the metric is beyond its threshold. */
  async rings(alarm: string): Promise<void> {
    this.#note('meanwhile', `(${alarm} rings)`);
    await this.#stage.door.post('/aws/alarm', { name: alarm, state: 'ALARM', reason: 'Threshold Crossed: 1 datapoint [12.0] was greater than the threshold.' });
  }

  async isSilent(alarm: string): Promise<void> {
    this.#note('meanwhile', `(${alarm} is silent again)`);
    await this.#stage.door.post('/aws/alarm', { name: alarm, state: 'OK' });
  }

  /** Beanstalk's maintenance window comes, and takes until `endsMaintenance`. */
  async beginsMaintenance(environment: string): Promise<void> {
    this.#note('meanwhile', `(Beanstalk begins a managed platform update of ${environment})`);
    await this.#stage.door.post('/aws/managed-update', { name: environment });
  }

  async endsMaintenance(environment: string): Promise<void> {
    this.#note('meanwhile', `(Beanstalk has ended the managed platform update of ${environment})`);
    await this.#stage.door.post('/aws/managed-update', { name: environment, over: true });
  }

  async assume(assumptions: Readonly<Record<string, boolean | number>>): Promise<void> {
    await this.#stage.door.post('/assumptions', assumptions);
  }

  async pipeline(name = 'shop'): Promise<SeenPipeline> {
    const { pipelines } = await this.#stage.door.get<{ pipelines: readonly SeenPipeline[] }>('/aws/state');
    const found = pipelines.find((pipeline) => pipeline.name === name);
    if (!found) throw new Error(`no pipeline ${name}`);
    return found;
  }

  async environment(name: string): Promise<SeenEnvironment> {
    const { environments } = await this.#stage.door.get<{ environments: readonly SeenEnvironment[] }>('/aws/state');
    const found = environments.find((environment) => environment.name === name);
    if (!found) throw new Error(`no environment ${name}`);
    return found;
  }

  /** Waits until the pipeline looks like this. */
  async pipelineIs(what: string, claim: (pipeline: SeenPipeline) => boolean, name = 'shop'): Promise<SeenPipeline> {
    return until(what, async () => {
      const pipeline = await this.pipeline(name);
      return claim(pipeline) ? pipeline : undefined;
    }, 40_000, 15);
  }

  /** Waits until the first of two batches is done, and the second is at work. */
  async halfway(name: string): Promise<void> {
    await this.environmentIs('the first batch to be done', name, (environment) => environment.status === 'Updating' && hasHappened(environment, 'completed on 2 of 4 instances'));
  }

  /** Waits until the environment looks like this. */
  async environmentIs(what: string, name: string, claim: (environment: SeenEnvironment) => boolean): Promise<SeenEnvironment> {
    return until(what, async () => {
      const environment = await this.environment(name);
      return claim(environment) ? environment : undefined;
    }, 40_000, 15);
  }

  #note(who: string, text: string): void {
    this.#stage.lines.push({ at: Date.now(), who: who.split(' ')[0]?.toLowerCase() ?? who, text, channel: this.#channel });
  }
}

/** Since the environment began what it is doing now; earlier deployments said the same. */
function hasHappened({ events }: SeenEnvironment, words: string): boolean {
  const began = Math.max(...events.filter((event) => event.message.startsWith('Environment update is starting')).map((event) => event.at));
  return events.some((event) => event.at >= began && event.message.includes(words));
}

/** The status of one action, wherever it stands. */
export function actionStatus(pipeline: SeenPipeline, action: string): string | undefined {
  return pipeline.stages.flatMap((stage) => stage.actions).find((one) => one.name === action)?.status;
}
