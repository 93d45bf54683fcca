import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Config, ConfiguredApp, ConfiguredEnvironment } from '../../src/config/config.ts';
import { readConfig } from '../../src/config/read.ts';
import { RESERVED_WORDS } from '../../src/config/reserved-words.ts';
import { written } from '../../src/config/written.ts';

const root = join(import.meta.dirname, '..', '..');
const example = readFileSync(join(root, 'jack.example.yml'), 'utf8');
const page = readFileSync(join(root, 'docs', 'configuration.md'), 'utf8');

/** Every setting of the schema, as `apps.environments.approval.count`. */
function settings(schema: unknown, path = ''): readonly string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return settings(schema.unwrap(), path);
  if (schema instanceof z.ZodArray) return settings(schema.element, path);
  if (schema instanceof z.ZodRecord) return settings(schema.valueType, path);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => settings(option, path));
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([name, inner]) => {
    const here = path === '' ? name : `${path}.${name}`;
    return [here, ...settings(inner, here)];
  });
}

/** Every setting that the example uses, in the same words. */
function used(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => used(one, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (path === 'apps.environments') return used(inner, `${path}.*`);
    const here = path === '' ? name : `${path}.${name}`;
    return [here.replace('.*', ''), ...used(inner, here)];
  });
}

function exampleConfig(): Config {
  const answer = readConfig(example);
  if ('problems' in answer) throw new Error(JSON.stringify(answer.problems));
  return answer.config;
}

describe('a setting', () => {
  it.each(settings(written))('%s is in the example and in the docs', (setting) => {
    expect(used(parse(example))).toContain(setting);
    expect(page).toContain(`\`${setting.replace(/^apps\.(environments\.|people\.)?/, '')}`);
  });

  it('has a comment in the example, on the line above it or above its group', () => {
    const lines = example.split('\n');
    const bare = lines.filter((line, index) => /^\s+(- )?[a-z]+:/.test(line) && !/^\s*#/.test(lines[index - 1] ?? '') && !/^ {6}(dev|prod):/.test(line));
    expect(bare).toEqual([]);
  });

  it('of the example reaches the configuration that is used', () => {
    const app: Required<ConfiguredApp> = { name: '', channel: '', region: '', roleArn: '', application: '', pipelines: [], people: { owners: [], contributors: [] }, freezes: [], digest: 'off', environments: [] };
    const environment: Required<ConfiguredEnvironment> = { name: '', beanstalkEnvironment: '', approval: { from: [], count: 1 }, rollbackApproval: { from: [], count: 1 }, after: [], alarms: [], verifyMs: 0, loudness: 'all' };
    const [shop] = exampleConfig().apps;
    expect(Object.keys(shop ?? {}).sort()).toEqual(Object.keys(app).sort());
    const prod = shop?.environments.find((one) => one.name === 'prod');
    expect(Object.keys(prod ?? {}).sort()).toEqual(Object.keys(environment).sort());
    expect(prod?.approval).toEqual({ from: ['S0APPROVE1', 'U0OLIVE001'], count: 1, expiresMs: 14_400_000 });
  });

  it('shown on the page of the docs can be read', () => {
    const [, text = ''] = /```yaml\n([^`]+)```/.exec(page) ?? [];
    expect(readConfig(text)).toHaveProperty('config.apps.0.name', 'shop');
  });
});

it.each(['deploy', 'rollback', 'lock', 'unlock', 'freeze', 'status', 'why', 'cancel', 'help', 'history', 'logs', 'metrics', 'incident', 'for', 'at', 'to'])('%s cannot name an app or an environment', (word) => {
  expect(RESERVED_WORDS.has(word)).toBe(true);
});
