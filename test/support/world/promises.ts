import { fourEyesOf } from '../../../src/domain/approvals/four-eyes.ts';
import { occupies } from '../../../src/domain/occupancy.ts';
import { isOver, ownDeploy, type Release } from '../../../src/domain/release.ts';
import type { FakeWorld } from './fake-world.ts';
import { wordsOf } from './transcript.ts';

/** What has to be so at every moment of every history. Each promise answers with what breaks it. */
export interface Watch {
  looks(): Promise<void>;
  readonly broken: readonly string[];
}

/** Remembers what was seen, so that what must not change can be compared. */
export function watch(world: FakeWorld): Watch {
  const broken: string[] = [];
  const ended = new Map<string, string>();
  return {
    broken,
    async looks() {
      const releases = await world.store.recentReleases({ limit: 100 });
      for (const release of releases) broken.push(...finalStays(release, ended), ...truthWhenItEnds(release, world, ended), ...ownApprovals(release), ...effectsOf(release, world));
      broken.push(...oneInside(releases, world), ...messagesOnce(world), ...threadsAreRecorded(releases, await barrierIds(world), world), ...neverInTheWay(world));
      for (const release of releases) if (isOver(release)) ended.set(release.id, fingerprint(release));
    },
  };
}

/** Locks and freezes have threads of their own. */
async function barrierIds({ store, app }: FakeWorld): Promise<ReadonlySet<string>> {
  const all = await Promise.all(app.environments.map((environment) => store.barriers(app.name, environment.name)));
  return new Set(all.flatMap((barriers) => barriers.all.map(({ id }) => id)));
}

function fingerprint(release: Release): string {
  return JSON.stringify([release.status, release.outcome, release.statusAt, release.approvals, release.notes]);
}

function finalStays(release: Release, ended: ReadonlyMap<string, string>): readonly string[] {
  const before = ended.get(release.id);
  return before === undefined || before === fingerprint(release) ? [] : [`#${release.number} was over and changed`];
}

/** Looked at in the very moment: later somebody may deploy something else. */
function truthWhenItEnds(release: Release, world: FakeWorld, ended: ReadonlyMap<string, string>): readonly string[] {
  if (!isOver(release) || ended.has(release.id)) return [];
  const deploy = ownDeploy(release);
  const environment = deploy && world.account.environments.get(deploy.beanstalkEnvironment);
  const operation = environment?.operations.find((one) => one.requestId === deploy?.requestId);
  const wrong: string[] = [];
  if (operation?.outcome === 'running') wrong.push(`#${release.number} is ${release.status} while Beanstalk still works on it`);
  if (release.status === 'live' && !environment?.observe().instances?.every((instance) => instance.label === deploy?.label)) wrong.push(`#${release.number} is live and not on every instance`);
  const execution = release.route.kind === 'pipeline' ? world.account.executions.find((one) => release.route.kind === 'pipeline' && one.id === release.route.executionId) : undefined;
  if (execution?.status === 'InProgress' && !deploy?.verdict) wrong.push(`#${release.number} is ${release.status} while its execution goes on`);
  if (release.holds.some((hold) => hold.state === 'held')) wrong.push(`#${release.number} is over and still holds a transition`);
  return wrong;
}

/** An approval that opened a gate was given by enough people who may, who had not asked themselves by then, and not by authors alone; or an owner broke the glass. */
function ownApprovals(release: Release): readonly string[] {
  return release.approvals.flatMap((request) => {
    if (request.verdict !== 'approved' || request.state === 'overtaken') return [];
    const { brokenGlass } = request;
    if (brokenGlass) return release.passes?.some((pass) => pass.gate === 'approval' && pass.approvalId === request.id && pass.at === brokenGlass.at) ? [] : [`#${release.number} passed without a pass`];
    const last = Math.max(...request.decisions.map((decision) => decision.at));
    const askedBefore = release.requesters.filter((requester) => requester.at < last).map((requester) => requester.user);
    const counted = new Set(request.decisions.filter((decision) => decision.approves && !decision.gone && !askedBefore.includes(decision.by)).map((decision) => decision.by));
    const { authors } = fourEyesOf(release);
    const isEnough = counted.size >= (request.policy?.count ?? Number.POSITIVE_INFINITY) && [...counted].some((by) => !authors.includes(by));
    return isEnough ? [] : [`#${release.number} was approved by ${[...counted].join(', ') || 'nobody'} alone`];
  });
}

/** One execution, one update; and nothing goes in unless its approval was given. */
function effectsOf(release: Release, world: FakeWorld): readonly string[] {
  const own = world.aws.calls.filter(({ call }) => call.releaseNumber === release.number);
  const started = own.filter(({ result }) => result.kind === 'started').length;
  const updates = own.filter(({ result }) => result.kind === 'updating').length;
  const wrong: string[] = [];
  if (started > 1) wrong.push(`#${release.number} started ${started} executions`);
  if (updates > 1) wrong.push(`#${release.number} updated the environment ${updates} times`);
  const policy = world.app.environments.find((environment) => environment.name === release.environment)?.approval;
  const given = release.approvals.some((request) => request.verdict === 'approved' && request.state === 'confirmed');
  if (updates > 0 && policy && release.purpose === 'deploy' && !given) wrong.push(`#${release.number} went in without its approval`);
  for (const { effect } of own) {
    if (effect.kind !== 'answer-approval' || !effect.approved) continue;
    if (release.approvals.find((request) => request.id === effect.approvalId)?.verdict !== 'approved') wrong.push(`#${release.number} told AWS yes without a yes`);
  }
  return wrong;
}

/**
 * One release at a time works on an environment behind an approval; a rollback may come beside what it undoes, and one
 * execution may carry two releases, to environments one after the other. Where nothing stands in front, CodePipeline lets the next execution in while Jack is still verifying the last.
 */
function oneInside(releases: readonly Release[], world: FakeWorld): readonly string[] {
  return world.app.environments.filter(({ approval }) => approval !== undefined).flatMap(({ name }) => {
    const inside = releases.filter((release) => occupies(release, name) && release.cancel === undefined);
    return (['deploy', 'rollback'] as const).flatMap((purpose) => {
      const same = inside.filter((release) => release.purpose === purpose);
      const comingIn = new Set(same.map(({ id, route }) => (route.kind === 'pipeline' ? route.executionId : undefined) ?? id));
      return comingIn.size > 1 ? [`${same.map((release) => `#${release.number}`).join(' and ')} are both inside ${name}`] : [];
    });
  });
}

/** CodePipeline's deploy must never find an environment that Jack keeps busy. */
function neverInTheWay(world: FakeWorld): readonly string[] {
  const actions = world.account.executions.flatMap((execution) => execution.stages.flatMap((stage) => stage.actions));
  return actions.some((action) => action.error?.message.includes('Must be Ready')) ? ['a pipeline ran into a busy environment'] : [];
}

function messagesOnce(world: FakeWorld): readonly string[] {
  const identities = world.slack.messages.map(({ identity }) => `${identity.owner} ${identity.key}`);
  return identities.filter((identity, index) => identities.indexOf(identity) !== index).map((identity) => `${identity} stands there twice`);
}

/** What the thread claims is what is recorded: of the end, and of approvals. */
function threadsAreRecorded(releases: readonly Release[], barriers: ReadonlySet<string>, world: FakeWorld): readonly string[] {
  return world.slack.messages.flatMap(({ identity, message }) => {
    if (barriers.has(identity.owner)) return [];
    const release = releases.find((one) => one.id === identity.owner);
    // What is quoted is somebody else's claim: of an answer that another release gave, AWS keeps the names of both sides.
    const words = [message.text, ...message.blocks.map(wordsOf)].join('\n').replaceAll(/“[^”]*”/g, '');
    if (!release) return [`a message of nobody: ${words}`];
    const wrong: string[] = [];
    if (/: live$|Live on/m.test(words) && release.status !== 'live' && release.status !== 'live-not-verified') wrong.push(`#${release.number} is ${release.status} and told live`);
    if (words.includes('Approved by') && !release.approvals.some(({ state, verdict }) => (state === 'confirmed' || state === 'overtaken') && verdict === 'approved')) wrong.push(`#${release.number} is told approved and is not`);
    if (/: cancelled$|Cancelled by/m.test(words) && release.status !== 'cancelled') wrong.push(`#${release.number} is ${release.status} and told cancelled`);
    return wrong;
  });
}
