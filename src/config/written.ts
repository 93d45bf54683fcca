import { z } from 'zod';
import { readDuration } from './duration.ts';
import { DAYS, EVERY_ALLOWED, isZone, minuteOf, MOMENT_ALLOWED, readEvery, readMoment, ZONE_ALLOWED } from './freeze-times.ts';
import { RESERVED_WORDS } from './reserved-words.ts';

/** The file as people type it. Each message says what is allowed there: `problems.ts` puts it after what was found. */

const word = (what: string) =>
  z
    .string(`${what}: small letters, digits and dashes`)
    .regex(/^[a-z][a-z0-9-]{0,39}$/, `${what}: small letters, digits and dashes, a letter first, at most 40 long`)
    .refine((name) => !RESERVED_WORDS.has(name), 'a word that is not a command of its own');

const time = (example: string, mostMs: number, most: string) => {
  const allowed = `a time such as ${example}, at most ${most} (units: ms, s, m, h, d)`;
  return z.string(allowed).refine((text) => (readDuration(text) ?? Number.POSITIVE_INFINITY) <= mostMs, allowed);
};

const DAY = 86_400_000;
const PERSON = 'a Slack user id (U… or W…) or user group id (S…)';
const person = z.string(PERSON).regex(/^[UWS][A-Z0-9]{5,}$/, PERSON);
const people = z.array(person, `a list, each ${PERSON}`);
const USER = 'a Slack user id (U… or W…)';
const user = z.string(USER).regex(/^[UW][A-Z0-9]{5,}$/, USER);
const email = z.string('an e-mail address').regex(/^[^\s@]+@[^\s@]+$/, 'an e-mail address');

const approval = z.strictObject(
  {
    from: people,
    count: z.int('a whole number from 1').min(1, 'a whole number from 1').optional(),
    expires: time('4h', 60 * DAY, '60d').refine((text) => readDuration(text) !== 0, 'a time longer than nothing').optional(),
  },
  'the settings from, count and expires',
);

const ENVIRONMENTS = "a list of environments' names";
const moment = z.string(MOMENT_ALLOWED).refine((text) => readMoment(text) !== undefined, MOMENT_ALLOWED);

/** Either `every`, or `from` and `until`: contradictions.ts says so. */
const freeze = z.strictObject(
  {
    name: z.string('a name that people read').min(1, 'a name that people read').max(100, 'a name of at most 100 characters'),
    every: z.string(EVERY_ALLOWED).refine((text) => readEvery(text) !== undefined, EVERY_ALLOWED).optional(),
    from: moment.optional(),
    until: moment.optional(),
    zone: z.string(ZONE_ALLOWED).refine(isZone, ZONE_ALLOWED),
    environments: z.array(z.string(ENVIRONMENTS), ENVIRONMENTS).min(1, 'at least one environment, or no such setting').optional(),
  },
  'a freeze: name, every (or from and until), zone, environments',
);

const TIME_OF_DAY = 'a time of day such as "09:00"';

const digest = z.union(
  [
    z.literal('off'),
    z.strictObject({
      day: z.enum(DAYS, DAYS.join(', ')).optional(),
      at: z.string(TIME_OF_DAY).refine((text) => minuteOf(text) !== undefined, TIME_OF_DAY).optional(),
      zone: z.string(ZONE_ALLOWED).refine(isZone, ZONE_ALLOWED).optional(),
    }),
  ],
  'off, or the settings day, at and zone',
);

const environment = z.strictObject(
  {
    beanstalk: z.string('the name of a Beanstalk environment').min(4, 'the name of a Beanstalk environment: at least 4 long').optional(),
    approval: approval.optional(),
    rollback: z.strictObject({ approval: approval.optional() }, 'the setting approval').optional(),
    after: z.array(z.string(ENVIRONMENTS), ENVIRONMENTS).optional(),
    alarms: z.array(z.string('the name of a CloudWatch alarm').min(1, 'the name of a CloudWatch alarm').max(255, 'the name of a CloudWatch alarm: at most 255 long'), "a list of CloudWatch alarms' names").max(100, 'at most 100 alarms').optional(),
    verify: time('60s', DAY, '1d').optional(),
    loudness: z.enum(['all', 'approvals', 'failures'], 'all, approvals or failures').optional(),
  },
  'the settings of an environment, or nothing',
);

const app = z.strictObject(
  {
    name: word('the name of the app'),
    channel: z.string('a Slack channel id (C… or G…)').regex(/^[CG][A-Z0-9]{5,}$/, 'a Slack channel id (C… or G…; in Slack: channel details, at the bottom)'),
    region: z.string('an AWS region such as eu-central-1').regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region such as eu-central-1'),
    role: z.string("a role's ARN").regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, "a role's ARN: arn:aws:iam::<account>:role/<name>").optional(),
    application: z.string('the name of a Beanstalk application').min(1, 'the name of a Beanstalk application').max(100, 'the name of a Beanstalk application: at most 100 long').optional(),
    pipelines: z.array(z.string('the name of a pipeline').regex(/^[\w.@-]{1,100}$/, 'the name of a pipeline'), "a list of pipelines' names").min(1, 'at least one pipeline, or no such setting').optional(),
    people: z.strictObject({ owners: people.optional(), contributors: people.optional(), authors: z.record(email, user, 'Slack users by e-mail address').optional() }, 'the settings owners, contributors and authors'),
    freezes: z.array(freeze, 'a list of freezes').optional(),
    digest: digest.optional(),
    environments: z.record(word('the name of an environment'), environment.nullable(), 'environments by name, in promotion order').optional(),
  },
  'an app: name, channel, region, people, …',
);

/** `jack.yml`. Strict: what nobody knows is a problem, so that a typing mistake never switches a rule off. */
export const written = z.strictObject({ apps: z.array(app, 'a list of apps').min(1, 'at least one app') }, 'the setting apps');

export type Written = z.infer<typeof written>;
export type WrittenApp = z.infer<typeof app>;
export type WrittenEnvironment = z.infer<typeof environment>;
export type WrittenFreeze = z.infer<typeof freeze>;
