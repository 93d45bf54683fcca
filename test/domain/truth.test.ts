import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { ObservedInstance } from '../../src/domain/observation.ts';
import { judgeDeploy, type TruthFacts } from '../../src/domain/truth.ts';
import { anInstance, anObservedEnvironment, MINUTE, T0 } from '../support/world/builders.ts';

const on = (...labels: string[]): readonly ObservedInstance[] => labels.map((label, index) => anInstance(`i-${index}`, label));
const there = (label: string, instances: readonly ObservedInstance[] | undefined, more: object = {}) => {
  const { instances: _none, ...basic } = anObservedEnvironment({ label, ...more });
  return instances ? { ...basic, instances } : basic;
};
const LATER = T0 + 60 * MINUTE;
const FACTS: TruthFacts = { label: 'v2', previousLabel: 'v1', outcome: 'succeeded', aborted: false, revertedByBeanstalk: false, endedAt: T0, environment: there('v2', on('v2', 'v2')), verifyMs: MINUTE, now: LATER };
const sick = { health: { verdict: 'bad', word: 'Severe', causes: ['100% of requests fail.'] } };
const mute = { health: { verdict: 'unknown', word: 'NoData', causes: [] } };

describe('the truth of a deploy that Beanstalk calls succeeded', () => {
  it.each<readonly [string, Partial<TruthFacts>, string | undefined]>([
    ['the label is on every instance and health held', {}, 'live'],
    ['basic health tells of no instances', { environment: there('v2', undefined) }, 'live'],
    ['the environment is not Ready yet', { environment: there('v2', on('v2'), { status: 'Updating' }) }, undefined],
    ['the time of verify is not over', { now: T0 + MINUTE - 1 }, undefined],
    ['the time of verify is just over', { now: T0 + MINUTE }, 'live'],
    ['health is bad', { environment: there('v2', on('v2'), sick) }, 'live-not-verified'],
    ['health tells nothing for long', { environment: there('v2', on('v2'), mute) }, 'live-not-verified'],
    ['health tells nothing yet', { environment: there('v2', on('v2'), mute), now: T0 + 2 * MINUTE }, undefined],
    ['an instance lags behind', { environment: there('v2', on('v2', 'v1')), now: T0 + MINUTE }, undefined],
    ['an instance never came', { environment: there('v2', on('v2', 'v1')) }, 'mixed-versions'],
    ['the previous label is back', { environment: there('v1', on('v1', 'v1')) }, 'live-not-verified'],
    ['Beanstalk put the previous label back', { environment: there('v1', on('v1', 'v1')), revertedByBeanstalk: true }, 'rolled-back-by-beanstalk'],
    ['another version came meanwhile', { environment: there('v3', on('v3', 'v3')) }, 'live-not-verified'],
  ])('when %s', (_when, facts, outcome) => {
    expect(judgeDeploy({ ...FACTS, ...facts })?.outcome).toBe(outcome);
  });

  it.each<readonly [string, Partial<TruthFacts>, object, string]>([
    ['a rollback', { replacedBy: { number: 2, purpose: 'rollback' } }, { by: 2, rolledBack: true }, 'It was deployed, but #2 rolled it back before the check had ended.'],
    ['another release', { replacedBy: { number: 3, purpose: 'deploy' } }, { by: 3, rolledBack: false }, 'It was deployed, but #3 replaced it before the check had ended.'],
    ['nobody here', {}, { rolledBack: false }, 'It was deployed, but another deployment outside Slack replaced it before the check had ended.'],
  ])('names what took its place: %s', (_who, facts, replaced, because) => {
    expect(judgeDeploy({ ...FACTS, environment: there('v1', on('v1', 'v1')), ...facts })).toEqual({ outcome: 'live-not-verified', because, replaced });
  });
});

/** Which label the environment shows after a failed deploy is not known for sure: both have to come to the same. */
describe.each(['v1', 'v2'])('the truth of a failed deploy, with %s on the environment', (label) => {
  const failed = (facts: Partial<TruthFacts>, instances: readonly ObservedInstance[] | undefined) => judgeDeploy({ ...FACTS, outcome: 'failed', environment: there(label, instances), ...facts });

  it.each<readonly [string, readonly ObservedInstance[] | undefined, Partial<TruthFacts>, string | undefined]>([
    ['no instance was reached', on('v1', 'v1'), {}, 'failed'],
    ['some instances have it', on('v2', 'v1'), {}, 'mixed-versions'],
    ['every instance has it', on('v2', 'v2'), {}, 'failed'],
    ['Beanstalk put the old one back', on('v1', 'v1'), { revertedByBeanstalk: true }, 'rolled-back-by-beanstalk'],
    ['Beanstalk put it back on some', on('v2', 'v1'), { revertedByBeanstalk: true }, 'mixed-versions'],
    ['it was aborted midway', on('v2', 'v1'), { aborted: true }, 'mixed-versions'],
    ['it was aborted at once', on('v1', 'v1'), { aborted: true }, 'failed'],
    ['an instance is still at it', [anInstance('i-1', 'v2', { deployment: 'In Progress' })], {}, undefined],
    ['basic health tells nothing', undefined, {}, 'failed'],
    ['there are no instances', [], {}, 'failed'],
  ])('when %s', (_when, instances, facts, outcome) => {
    expect(failed(facts, instances)?.outcome).toBe(outcome);
  });

  it('says that it was aborted, and that the previous version still runs', () => {
    expect(failed({ aborted: true }, on('v1', 'v1'))?.because).toBe('The deployment was aborted. The previous version still runs on every instance.');
  });
});

describe('the truth', () => {
  it('calls nothing live that is not on every instance and healthy, whatever is seen', () => {
    const seen = fc.record({
      label: fc.constantFrom('v1', 'v2', 'v3'),
      labels: fc.option(fc.array(fc.constantFrom('v1', 'v2'), { maxLength: 3 }), { nil: undefined }),
      verdict: fc.constantFrom('ok', 'bad', 'unknown'),
      status: fc.constantFrom('Ready', 'Updating'),
      outcome: fc.constantFrom('succeeded' as const, 'failed' as const),
      minutes: fc.nat({ max: 30 }),
    });
    fc.assert(
      fc.property(seen, ({ label, labels, verdict, status, outcome, minutes }) => {
        const environment = there(label, labels && on(...labels), { status, health: { verdict, word: verdict, causes: [] } });
        const judged = judgeDeploy({ ...FACTS, outcome, environment, now: T0 + minutes * MINUTE });
        if (judged?.outcome !== 'live') return;
        expect({ label, verdict, status, outcome }).toEqual({ label: 'v2', verdict: 'ok', status: 'Ready', outcome: 'succeeded' });
        expect(labels?.every((one) => one === 'v2') ?? true).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
