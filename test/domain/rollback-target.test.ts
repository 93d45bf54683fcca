import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { ApplicationVersion } from '../../src/domain/observation.ts';
import { chooseRollbackTarget, runsEverywhere } from '../../src/domain/rollback-target.ts';
import type { RunningVersion } from '../../src/domain/running-version.ts';
import { anInstance, anObservedEnvironment, aRunningVersion } from '../support/world/builders.ts';

const has = (...labels: string[]): readonly ApplicationVersion[] => labels.map((label) => ({ label, createdAt: 0, usable: true }));
const runs = (label: string, ...onInstances: string[]) => anObservedEnvironment({ label, instances: onInstances.map((one, index) => anInstance(`i-${index}`, one)) });
const bad = { standing: 'bad' } as const;
const deployed = { standing: 'deployed' } as const;

describe('the target of a rollback', () => {
  it.each<readonly [string, readonly RunningVersion[], readonly string[], string | undefined, boolean]>([
    ['is the last verified version before the one that runs', [aRunningVersion('v1', 1), aRunningVersion('v2', 2), aRunningVersion('v3', 3)], ['v1', 'v2', 'v3'], 'v2', false],
    ['passes over one that was only deployed', [aRunningVersion('v1', 1), aRunningVersion('v2', 2, deployed), aRunningVersion('v3', 3)], ['v1', 'v2', 'v3'], 'v1', false],
    ['is a deployed one where no other is left', [aRunningVersion('v2', 2, deployed), aRunningVersion('v3', 3)], ['v2', 'v3'], 'v2', true],
    ['is never one that failed', [aRunningVersion('v1', 1), aRunningVersion('v2', 2, bad), aRunningVersion('v3', 3)], ['v1', 'v2', 'v3'], 'v1', false],
    ['is never one whose newest deploy failed', [aRunningVersion('v1', 1), aRunningVersion('v2', 2), aRunningVersion('v2', 4, bad), aRunningVersion('v3', 5)], ['v1', 'v2', 'v3'], 'v1', false],
    ['is never one that Beanstalk has deleted', [aRunningVersion('v1', 1), aRunningVersion('v2', 2), aRunningVersion('v3', 3)], ['v1', 'v3'], 'v1', false],
    ['is nothing when nothing is left', [aRunningVersion('v3', 3)], ['v3'], undefined, false],
    ['is nothing in a new environment', [], ['v1'], undefined, false],
  ])('%s', (_what, history, versions, label, secondChoice) => {
    const target = chooseRollbackTarget({ history, versions: has(...versions), environment: runs('v3', 'v3', 'v3') });
    expect(target?.version.label).toBe(label);
    expect(target?.secondChoice ?? false).toBe(secondChoice);
  });

  it('may be the label that the environment shows, when instances run another', () => {
    const history = [aRunningVersion('v1', 1), aRunningVersion('v2', 2, bad)];
    expect(chooseRollbackTarget({ history, versions: has('v1', 'v2'), environment: runs('v1', 'v1', 'v2') })?.version.label).toBe('v1');
  });

  it('is never the commit that runs, under another label', () => {
    const same = { id: 'c'.repeat(40) };
    const history = [aRunningVersion('v1', 1), aRunningVersion('v2', 2, { revision: { ...same, label: 'v2' } }), aRunningVersion('v3', 3, { revision: { ...same, label: 'v3' } })];
    const facts = { history, versions: has('v1', 'v2', 'v3') };
    expect(chooseRollbackTarget({ ...facts, environment: runs('v3', 'v3', 'v3') })?.version.label).toBe('v1');
    expect(chooseRollbackTarget({ ...facts, environment: runs('v3', 'v3', 'v1') })?.version.label).toBe('v3');
    expect(chooseRollbackTarget({ ...facts, history: history.slice(0, 2), environment: runs('v3', 'v3'), running: same })?.version.label).toBe('v1');
  });

  it('says what it undoes', () => {
    const history = [aRunningVersion('v1', 1), aRunningVersion('v2', 2)];
    expect(chooseRollbackTarget({ history, versions: has('v1', 'v2'), environment: runs('v2', 'v2') })?.undoes?.label).toBe('v2');
  });

  it('always exists, is not bad, and does not run there already, whatever ran', () => {
    const label = fc.constantFrom('v1', 'v2', 'v3', 'v4');
    const entry = fc.record({ label, since: fc.nat({ max: 20 }), standing: fc.constantFrom('verified' as const, 'deployed' as const, 'bad' as const) });
    fc.assert(
      fc.property(fc.array(entry), fc.array(label), label, (entries, versions, running) => {
        const history = entries.map(({ label, since, standing }) => aRunningVersion(label, since, { standing }));
        const target = chooseRollbackTarget({ history, versions: has(...versions), environment: runs(running, running) });
        if (!target) return;
        expect(versions).toContain(target.version.label);
        expect(target.version.standing).not.toBe('bad');
        expect(target.version.label).not.toBe(running);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a version runs everywhere', () => {
  it.each([
    ['when every instance has it', runs('v1', 'v1', 'v1'), true],
    ['but not when one has another', runs('v1', 'v1', 'v0'), false],
    ['but not when the environment shows another', runs('v2', 'v1'), false],
    ['but not when its deployment failed on one', anObservedEnvironment({ instances: [anInstance('i-1', 'v1', { deployment: 'Failed' })] }), false],
    ['but not while Beanstalk works', anObservedEnvironment({ status: 'Updating' }), false],
  ])('%s', (_when, environment, claim) => {
    expect(runsEverywhere('v1', environment)).toBe(claim);
  });
});
