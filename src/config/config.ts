import type { ApprovalPolicy, Loudness, People } from '../domain/app.ts';
import type { PlannedFreeze } from '../domain/barriers/planned-freeze.ts';
import { USUAL_DIGEST, type DigestTime } from '../domain/digest/weekly.ts';
import { readDuration } from './duration.ts';
import { DAYS, minuteOf, timesOf } from './freeze-times.ts';
import type { Written, WrittenApp, WrittenEnvironment, WrittenFreeze } from './written.ts';

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
  /** Absent: none. Environments are named as people typed them; `joinApp` knows which there are. */
  readonly freezes?: readonly PlannedFreeze[];
  /** When the week's digest comes; absent: the usual time. */
  readonly digest?: DigestTime | 'off';
  /** In promotion order, those that the file names; AWS may know more. */
  readonly environments: readonly ConfiguredEnvironment[];
}

export interface ConfiguredEnvironment {
  readonly name: string;
  /** Absent: found by its name. */
  readonly beanstalkEnvironment?: string;
  /** Absent: nobody approves from Slack. */
  readonly approval?: ApprovalPolicy;
  /** Absent: nobody is asked for a rollback. */
  readonly rollbackApproval?: ApprovalPolicy;
  /** Environments on which a revision has to be live first. */
  readonly after?: readonly string[];
  /** CloudWatch alarms that keep releases out. */
  readonly alarms?: readonly string[];
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
    people: peopleOf(app.people),
    ...(app.freezes && { freezes: app.freezes.flatMap(plannedFreeze) }),
    ...(app.digest && { digest: app.digest === 'off' ? app.digest : digestTime(app.digest) }),
    environments: Object.entries(app.environments ?? {}).map(([name, environment]) => configuredEnvironment(name, environment ?? {})),
  };
}

/** E-mail addresses are compared in lower case. */
function peopleOf({ owners, contributors, authors }: WrittenApp['people']): People {
  const known = authors && Object.fromEntries(Object.entries(authors).map(([email, user]) => [email.toLowerCase(), user]));
  return { owners: owners ?? [], contributors: contributors ?? [], ...(known && { authors: known }) };
}

/** One without times was refused before. */
function plannedFreeze({ name, zone, environments, ...times }: WrittenFreeze): readonly PlannedFreeze[] {
  const when = timesOf(times);
  return when ? [{ name, zone, when, ...(environments && { environments }) }] : [];
}

function digestTime({ day, at, zone }: Exclude<NonNullable<WrittenApp['digest']>, 'off'>): DigestTime {
  return {
    day: day === undefined ? USUAL_DIGEST.day : DAYS.indexOf(day) + 1,
    minute: minuteOf(at ?? '') ?? USUAL_DIGEST.minute,
    zone: zone ?? USUAL_DIGEST.zone,
  };
}

function configuredEnvironment(name: string, environment: WrittenEnvironment): ConfiguredEnvironment {
  const verifyMs = readDuration(environment.verify ?? '');
  return {
    name,
    ...(environment.beanstalk !== undefined && { beanstalkEnvironment: environment.beanstalk }),
    ...(environment.approval && { approval: policyOf(environment.approval) }),
    ...(environment.rollback?.approval && { rollbackApproval: policyOf(environment.rollback.approval) }),
    ...(environment.after && { after: environment.after }),
    ...(environment.alarms && { alarms: environment.alarms }),
    ...(verifyMs !== undefined && { verifyMs }),
    ...(environment.loudness && { loudness: environment.loudness }),
  };
}

function policyOf(approval: NonNullable<WrittenEnvironment['approval']>): ApprovalPolicy {
  const expiresMs = readDuration(approval.expires ?? '');
  return { from: approval.from, count: approval.count ?? 1, ...(expiresMs !== undefined && { expiresMs }) };
}
