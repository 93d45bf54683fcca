import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { App } from '../../src/domain/app.ts';
import { normalise, wordsOf } from '../../src/commands/normalise.ts';
import { readTarget, type Known } from '../../src/commands/target.ts';
import { anApp, anEnvironment, SHOP } from '../support/world/builders.ts';

const shop = anApp();
const blog = anApp({ name: 'blog', channel: 'C0BLOG0001', environments: [anEnvironment('staging'), anEnvironment('prod')] });
/** An app that is named like an environment of another. */
const dev = anApp({ name: 'dev', channel: 'C0DEV00001', environments: [anEnvironment('dev'), anEnvironment('live')] });
const here = (...apps: readonly App[]): Known => ({ apps: [shop, blog, dev], here: apps, undiscovered: [] });

const read = (text: string, known = here(shop)) => {
  const answer = readTarget(wordsOf(text), known);
  if (!answer.ok) return answer.refusal;
  const { app, environment, revision, reason } = answer.value;
  return [app.name, environment.name, revision, reason];
};

describe('the words behind /deploy', () => {
  it.each([
    ['prod', ['shop', 'prod', undefined, undefined]],
    ['to prod', ['shop', 'prod', undefined, undefined]],
    ['TO Prod', ['shop', 'prod', undefined, undefined]],
    ['shop prod', ['shop', 'prod', undefined, undefined]],
    ['shop to prod', ['shop', 'prod', undefined, undefined]],
    ['Shop PROD', ['shop', 'prod', undefined, undefined]],
    ['blog prod', ['blog', 'prod', undefined, undefined]],
    ['shop-prod', ['shop', 'prod', undefined, undefined]],
    ['prod@1.42', ['shop', 'prod', '1.42', undefined]],
    ['prod @1.42', ['shop', 'prod', '1.42', undefined]],
    ['prod @ 1.42', ['shop', 'prod', '1.42', undefined]],
    ['prod@ 1.42', ['shop', 'prod', '1.42', undefined]],
    ['blog prod@1.42 hotfix', ['blog', 'prod', '1.42', 'hotfix']],
    ['prod @dev because dev works', ['shop', 'prod', 'dev', 'because dev works']],
    ['prod <@U0DEV00001|dev>', ['shop', 'prod', 'dev', undefined]],
    ['prod@<!subteam^S0DEV00001|@dev>', ['shop', 'prod', '@dev', undefined]],
    ['prod fix #12 for bob@example.com', ['shop', 'prod', undefined, 'fix #12 for bob@example.com']],
    ['prod “it is time”', ['shop', 'prod', undefined, 'it is time']],
    ["prod 'it is time'", ['shop', 'prod', undefined, 'it is time']],
    ['prod @1.42—rc1', ['shop', 'prod', '1.42-rc1', undefined]],
    ['  prod   now\u00a0please ', ['shop', 'prod', undefined, 'now please']],
    ['prod a &amp; b &lt;3', ['shop', 'prod', undefined, 'a & b <3']],
    ['prod see <https://example.com/1|example.com/1>', ['shop', 'prod', undefined, 'see example.com/1']],
  ])('“%s”', (text, target) => {
    expect(read(text)).toEqual(target);
  });

  it('take a word for an app only if the next one is its environment', () => {
    expect(read('dev')).toEqual(['shop', 'dev', undefined, undefined]);
    expect(read('dev live')).toEqual(['dev', 'live', undefined, undefined]);
    expect(read('dev prod')).toEqual(['shop', 'dev', undefined, 'prod']);
    expect(read('dev dev', here(dev))).toEqual(['dev', 'dev', undefined, undefined]);
  });

  it('are about the channel’s own apps, and elsewhere the app is asked for, never guessed', () => {
    expect(read('prod', here(blog))).toEqual(['blog', 'prod', undefined, undefined]);
    expect(read('staging', here())).toEqual({ kind: 'no-app-here', known: ['blog'] });
    expect(read('blog staging', here())).toEqual(['blog', 'staging', undefined, undefined]);
    expect(read('prod', here())).toEqual({ kind: 'no-app-here', known: ['shop', 'blog'] });
    expect(read('prod', here(shop, blog))).toEqual({ kind: 'no-app-here', known: ['shop', 'blog'] });
  });

  it.each([
    ['prd', { kind: 'unknown-environment', app: 'shop', asked: 'prd', known: ['dev', 'prod'], nearest: 'prod' }],
    ['xyzzy', { kind: 'unknown-environment', app: 'shop', asked: 'xyzzy', known: ['dev', 'prod'] }],
    ['shop prd', { kind: 'unknown-environment', app: 'shop', asked: 'prd', nearest: 'prod' }],
    ['blog', { kind: 'missing-environment', apps: [{ app: 'blog', environments: ['staging', 'prod'] }] }],
    ['shop @1.42', { kind: 'missing-environment', apps: [{ app: 'shop' }] }],
    ['', { kind: 'missing-environment', apps: [{ app: 'shop', environments: ['dev', 'prod'] }] }],
    ['prod@', { kind: 'missing-revision', environment: 'prod' }],
    ['prod @', { kind: 'missing-revision', environment: 'prod' }],
  ])('that nobody knows, “%s”, are answered with what is near', (text, refusal) => {
    expect(read(text)).toMatchObject(refusal);
  });

  it('that name no app of anywhere are answered with the apps', () => {
    expect(read('blgo', here())).toMatchObject({ kind: 'unknown-app', asked: 'blgo', known: ['shop', 'blog', 'dev'], nearest: 'blog' });
  });

  it('in the channel of an app that could not be discovered never mean another app', () => {
    const shopless: Known = { apps: [blog, dev], here: [], undiscovered: [{ app: 'shop', problem: 'no such application', here: true }] };
    const undiscovered = { kind: 'undiscovered-app', app: 'shop', problem: 'no such application' };
    expect(read('prod', shopless)).toEqual(undiscovered);
    expect(read('', shopless)).toEqual(undiscovered);
    expect(read('shop prod', shopless)).toEqual(undiscovered);
    expect(read('prod', { ...shopless, here: [blog] })).toEqual(undiscovered);
    expect(read('blog prod', shopless)).toEqual(['blog', 'prod', undefined, undefined]);
    const away: Known = { ...shopless, here: [blog], undiscovered: [{ app: 'shop', problem: 'no such application', here: false }] };
    expect(read('Shop prod', away)).toEqual(undiscovered);
    expect(read('prod', away)).toEqual(['blog', 'prod', undefined, undefined]);
  });

  it('never throw, and never name what is not configured, whatever is typed', () => {
    const word = fc.oneof(fc.constantFrom('prod', 'dev', 'shop', 'blog', 'to', '@', '@x', 'prod@', '@@', '"'), fc.string());
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const answer = readTarget(wordsOf(words.join(' ')), here(shop));
        if (answer.ok) expect(answer.value.app.environments).toContain(answer.value.environment);
        else expect(['missing-environment', 'missing-revision', 'unknown-environment', 'unknown-app', 'no-app-here']).toContain(answer.refusal.kind);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what Slack’s clients make of words', () => {
  it.each([
    ['“curly” ‘quotes’', '"curly" \'quotes\''],
    ['a–b—c', 'a-b-c'],
    [`<#${SHOP}|shop>`, '#shop'],
    ['<https://example.com>', 'https://example.com'],
    ['&amp;lt;', '&lt;'],
    ['a\u200bb\n\tc', 'a b c'],
  ])('%s', (typed, meant) => {
    expect(normalise(typed)).toBe(meant);
  });

  it('is undone once: clean words stay as they are', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z0-9.#'"-]+$/)), (words) => {
        expect(normalise(words.join(' '))).toBe(words.join(' '));
        expect(wordsOf(words.join(' '))).toEqual(words);
      }),
      { numRuns: 500 },
    );
  });
});
