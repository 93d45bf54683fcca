import type { App, Environment } from '../domain/app.ts';
import type { World } from '../ports.ts';

/**
 * At first sight of an environment, what runs there and earlier successful deploy actions are its baseline: a fresh
 * install can roll back, and says so when it is second choice. Once per environment.
 */
export async function takeBaseline(app: App, environment: Environment, world: World): Promise<void> {
  const key = `baseline:${app.name}/${environment.name}`;
  if ((await world.store.note(key)) !== undefined) return;
  const past = await world.aws.pastDeploys(app, environment.beanstalkEnvironment);
  for (const deploy of past) {
    await world.store.recordRunning({ app: app.name, environment: environment.name, label: deploy.label, revision: deploy.revision, since: deploy.at, standing: 'deployed' });
  }
  const seen = await world.aws.observeEnvironment(app, environment.beanstalkEnvironment);
  if (seen.label !== undefined && past[0]?.label !== seen.label) {
    const revision = await world.aws.revisionOfLabel(app, seen.label);
    const since = seen.updatedAt ?? world.clock.now();
    await world.store.recordRunning({ app: app.name, environment: environment.name, label: seen.label, revision, since, standing: 'deployed' });
  }
  await world.store.setNote(key, String(world.clock.now()));
}
