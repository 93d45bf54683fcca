import { randomBytes } from 'node:crypto';
import type { Account } from '../../account.ts';
import { missing, noApplication, noEnvironment, noVersion } from '../errors.ts';
import { publish } from './publish.ts';
import type { Application, BeanstalkEvent, Environment, Severity, Version } from './model.ts';

/** Everything that Beanstalk knows in one account, and the questions that all operations ask of it. */
export class Estate {
  readonly account: Account;
  readonly applications = new Map<string, Application>();
  readonly environments: Environment[] = [];
  /** Oldest first. */
  readonly events: BeanstalkEvent[] = [];
  /** Times of events are strictly increasing, so that newest first is one order. */
  #lastEventAt = 0;

  constructor(account: Account) {
    this.account = account;
  }

  application(name: string): Application {
    const application = this.applications.get(name);
    if (!application) throw noApplication(name);
    return application;
  }

  version(application: string, label: string): Version {
    const version = this.application(application).versions.find((each) => each.label === label);
    if (!version) throw noVersion(label);
    return version;
  }

  /** The one that is not terminated; throws Beanstalk's words. */
  environment(input: { readonly EnvironmentName?: unknown; readonly EnvironmentId?: unknown; readonly ApplicationName?: unknown }): Environment {
    const { EnvironmentName: name, EnvironmentId: id, ApplicationName: application } = input;
    if (typeof name !== 'string' && typeof id !== 'string') throw missing('You must specify one of EnvironmentId or EnvironmentName.');
    const found = this.environments.find((each) => each.status !== 'Terminated' && fits(id, each.id) && fits(name, each.name) && fits(application, each.application));
    if (found) return found;
    throw typeof id === 'string' ? noEnvironment('EnvironmentId', id) : noEnvironment('EnvironmentName', String(name));
  }

  /** Writes an event of an environment; EventBridge hears of it where AWS would tell it. */
  say(environment: Environment, severity: Severity, message: string, requestId?: string): void {
    const label = environment.operation?.label ?? environment.versionLabel;
    this.record({
      at: this.#eventTime(),
      severity,
      message,
      application: environment.application,
      environment: environment.name,
      ...(label !== undefined && environment.operation?.kind === 'deploy' && { versionLabel: label }),
      ...(requestId !== undefined && { requestId }),
    });
    publish(this.account, environment, severity, message);
    this.changed();
  }

  /** Writes an event as it is (of the past, or of an application). */
  record(event: BeanstalkEvent): void {
    this.events.push(event);
  }

  sayOfApplication(application: string, message: string, requestId: string, versionLabel?: string): void {
    this.record({ at: this.#eventTime(), severity: 'INFO', message, application, requestId, ...(versionLabel !== undefined && { versionLabel }) });
  }

  changed(): void {
    this.account.changed({ area: 'aws' });
  }

  arn(kind: 'application' | 'environment' | 'applicationversion', rest: string): string {
    return `arn:aws:elasticbeanstalk:${this.account.region}:${this.account.id}:${kind}/${rest}`;
  }

  #eventTime(): number {
    this.#lastEventAt = Math.max(this.account.clock.now(), this.#lastEventAt + 1);
    return this.#lastEventAt;
  }
}

/** What was not given fits. */
function fits(given: unknown, own: string): boolean {
  return typeof given !== 'string' || given === own;
}

/** 'i-' and seventeen hex digits. */
export function newInstanceId(): string {
  return `i-0${randomBytes(8).toString('hex')}`;
}

/** 'e-' and ten letters or digits. */
export function newEnvironmentId(): string {
  return `e-${BigInt(`0x${randomBytes(8).toString('hex')}`).toString(36).padStart(10, 'a').slice(0, 10)}`;
}
