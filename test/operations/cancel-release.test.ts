import { describe, expect, it } from '@jest/globals';
import type { Release } from '../../src/domain/release.ts';
import { cancelRelease } from '../../src/operations/cancel-release.ts';
import { ADA, aDeploy, anExecution, T0 } from '../support/world/builders.ts';
import { aWorld, types } from '../support/world/fake-world.ts';
import { openApproval } from '../support/world/people.ts';
import { newestRelease } from '../support/world/transcript.ts';

const checked = aDeploy({ status: 'verifying', operationOutcome: 'succeeded', operationEndedAt: T0 });

async function cancelled(changes: Partial<Release>) {
  const world = aWorld();
  await types(world, '/deploy prod');
  await openApproval(world);
  const release = await newestRelease(world);
  await world.store.saveRelease({ ...release, status: 'verifying', deploys: [checked], ...changes });
  const answer = await cancelRelease(release.id, ADA, world);
  return { answer, release: await newestRelease(world) };
}

describe('a wish to cancel', () => {
  it('is refused once nothing of it runs in AWS any more, and leaves nothing behind', async () => {
    const { answer, release } = await cancelled({ executionStatus: 'Succeeded' });
    expect(answer).toEqual({ ok: false, refusal: { kind: 'only-checked', number: 1, environment: 'prod', purpose: 'deploy', deployed: true } });
    expect(release.cancel).toBeUndefined();
    expect(release.notes.filter(({ what }) => what.kind === 'cancel-asked')).toEqual([]);
  });

  it('is refused too while a deployment that failed is looked at, which does not count as deployed', async () => {
    const { answer } = await cancelled({ route: { kind: 'version', label: 'v2' }, deploys: [{ ...checked, operationOutcome: 'failed' }] });
    expect(answer).toMatchObject({ ok: false, refusal: { kind: 'only-checked', deployed: false } });
  });

  it('is taken while later actions of the pipeline have still to run, or a deployment is under way', async () => {
    const { stages } = anExecution({ 'Dev/Deploy': { status: 'Succeeded' } });
    expect(await cancelled({ executionStatus: 'InProgress', stages })).toMatchObject({ answer: { ok: true }, release: { cancel: { by: ADA } } });
    expect(await cancelled({ deploys: [aDeploy()] })).toMatchObject({ answer: { ok: true } });
  });
});
