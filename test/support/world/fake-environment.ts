import type { EnvironmentEvent, ObservedEnvironment, ObservedInstance, ObservedOperation, Time } from '../../../src/domain/observation.ts';

type Changing<T> = { -readonly [Field in keyof T]: T[Field] };

/** How the next application deployment will go. */
export type DeployFate = 'works' | 'fails' | 'fails-midway' | 'is-reverted' | 'hangs';

/** What is not known of Beanstalk for sure; Jack has to be right either way. */
export interface Assumptions {
  /** Which label the environment itself shows after a deployment that failed. */
  readonly labelAfterFailure: 'old' | 'new';
}

/**
 * One Beanstalk environment that deploys to one instance a tick. It remembers its operations and takes one at a time.
 */
export class FakeEnvironment {
  readonly name: string;
  label: string;
  fate: DeployFate = 'works';
  health: ObservedEnvironment['health'] = { verdict: 'ok', word: 'Ok', causes: [] };
  /** Basic health: Beanstalk does not tell about instances. */
  basic = false;
  readonly operations: Changing<ObservedOperation>[] = [];
  readonly #assumptions: Assumptions;
  readonly #instances: { id: string; label: string; deployment: NonNullable<ObservedInstance['deployment']> }[];
  #aborting = false;

  constructor(name: string, facts: { readonly label: string; readonly instances: number; readonly assumptions: Assumptions }) {
    this.name = name;
    this.label = facts.label;
    this.#assumptions = facts.assumptions;
    this.#instances = Array.from({ length: facts.instances }, (_, index) => ({ id: `i-${name}-${index + 1}`, label: facts.label, deployment: 'Deployed' }));
  }

  get running(): Changing<ObservedOperation> | undefined {
    return this.operations.find((operation) => operation.outcome === 'running');
  }

  start(label: string, requestId: string, now: Time): void {
    this.operations.push({ requestId, kind: 'application', label, startedAt: now, outcome: 'running', revertedByBeanstalk: false, aborted: false, events: [event(now, 'INFO', 'Environment update is starting.')] });
  }

  /** Somebody changes the configuration: not a deployment, and it cannot be aborted as one. */
  startOther(requestId: string, now: Time): void {
    this.operations.push({ requestId, kind: 'other', startedAt: now, outcome: 'running', revertedByBeanstalk: false, aborted: false, events: [event(now, 'INFO', 'Updating environment configuration settings.')] });
  }

  /** False: there is nothing to abort. */
  abort(): boolean {
    if (this.running?.kind !== 'application' || this.#aborting) return false;
    this.#aborting = true;
    return true;
  }

  /** One instance further, or the end. */
  tick(now: Time): void {
    const operation = this.running;
    if (!operation) return;
    if (operation.kind === 'other') return this.#end(operation, 'succeeded', now);
    if (this.#aborting) {
      operation.aborted = true;
      if (this.fate === 'hangs') this.fate = 'works';
      return this.#end(operation, 'failed', now);
    }
    if (this.fate === 'hangs') return;
    const label = operation.label ?? '';
    const touched = this.#instances.filter((instance) => instance.label === label).length;
    if (this.fate === 'fails' || (this.fate === 'fails-midway' && touched > 0)) return this.#end(operation, 'failed', now);
    const next = this.#instances.find((instance) => instance.label !== label || instance.deployment !== 'Deployed');
    if (next) Object.assign(next, { label, deployment: 'Deployed' });
    else if (this.fate === 'is-reverted') this.#revert(operation, now);
    else this.#end(operation, 'succeeded', now);
  }

  #revert(operation: Changing<ObservedOperation>, now: Time): void {
    for (const instance of this.#instances) instance.label = this.label;
    operation.revertedByBeanstalk = true;
    this.#end(operation, 'failed', now);
  }

  #end(operation: Changing<ObservedOperation>, outcome: 'succeeded' | 'failed', now: Time): void {
    const words = outcome === 'succeeded' ? 'Environment update completed successfully.' : 'Failed to deploy application.';
    operation.events = [...operation.events, event(now, outcome === 'failed' ? 'ERROR' : 'INFO', words)];
    operation.outcome = outcome;
    operation.endedAt = now;
    this.#aborting = false;
    const shown = outcome === 'succeeded' || (this.#assumptions.labelAfterFailure === 'new' && !operation.revertedByBeanstalk);
    if (operation.label !== undefined && shown) this.label = operation.label;
  }

  observe(): ObservedEnvironment {
    const operation = this.running;
    return {
      beanstalkEnvironment: this.name,
      id: `e-${this.name}`,
      status: this.#aborting ? 'Aborting' : operation ? 'Updating' : 'Ready',
      label: this.label,
      abortable: operation?.kind === 'application' && !this.#aborting,
      health: this.health,
      ...(!this.basic && { instances: this.#instances.map((instance) => ({ ...instance, health: 'Ok', causes: [] })) }),
    };
  }
}

function event(at: Time, severity: string, message: string): EnvironmentEvent {
  return { at, severity, message };
}
