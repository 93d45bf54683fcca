import type { ApprovalPolicy, Loudness, People } from '../domain/app.ts';
import { readDuration } from './duration.ts';
import type { Written, WrittenApp, WrittenEnvironment } from './written.ts';

/** `jack.yml` as it is used: checked, times in milliseconds, what was left out filled in. AWS has not been asked yet. */
export interface Config {
  /** At least one; names differ. */
  readonly apps: readonly ConfiguredApp[];
}

/** What the file says of an app; `joinApp` adds what AWS says. */
export interface ConfiguredApp {
  readonly name: string;
  /** Slack channel id. */
  readonly channel: string;
  readonly region: string;
  /** A role to assume for this app's account. */
  readonly roleArn?: string;
  /** Beanstalk application; the app's name unless it was written. */
  readonly application: string;
  /** Only these pipelines are followed; absent: each that deploys to the application. */
  readonly pipelines?: readonly string[];
  readonly people: People;
  /** In promotion order, those that the file names; AWS may know more. */
  readonly environments: readonly ConfiguredEnvironment[];
}

export interface ConfiguredEnvironment {
  readonly name: string;
  /** Absent: found by its name. */
  readonly beanstalkEnvironment?: string;
  /** Absent: nobody approves from Slack. */
  readonly approval?: ApprovalPolicy;
  /** Milliseconds; absent: the default of `joinApp`. */
  readonly verifyMs?: number;
  /** Absent: the default of `joinApp`. */
  readonly loudness?: Loudness;
}

/** From the checked file to what is used. */
export function configOf(written: Written): Config {
  return { apps: written.apps.map(configuredApp) };
}

function configuredApp(app: WrittenApp): ConfiguredApp {
  return {
    name: app.name,
    channel: app.channel,
    region: app.region,
    ...(app.role !== undefined && { roleArn: app.role }),
    application: app.application ?? app.name,
    ...(app.pipelines && { pipelines: app.pipelines }),
    people: { owners: app.people.owners ?? [], contributors: app.people.contributors ?? [] },
    environments: Object.entries(app.environments ?? {}).map(([name, environment]) => configuredEnvironment(name, environment ?? {})),
  };
}

function configuredEnvironment(name: string, environment: WrittenEnvironment): ConfiguredEnvironment {
  const verifyMs = readDuration(environment.verify ?? '');
  return {
    name,
    ...(environment.beanstalk !== undefined && { beanstalkEnvironment: environment.beanstalk }),
    ...(environment.approval && { approval: policyOf(environment.approval) }),
    ...(verifyMs !== undefined && { verifyMs }),
    ...(environment.loudness && { loudness: environment.loudness }),
  };
}

function policyOf(approval: NonNullable<WrittenEnvironment['approval']>): ApprovalPolicy {
  const expiresMs = readDuration(approval.expires ?? '');
  return { from: approval.from, count: approval.count ?? 1, ...(expiresMs !== undefined && { expiresMs }) };
}
