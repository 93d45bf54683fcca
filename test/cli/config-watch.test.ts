import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Config } from '../../src/config/config.ts';
import { watchConfig } from '../../src/config-watch.ts';
import { StartProblem } from '../../src/start-problem.ts';

const YML = 'apps:\n  - { name: shop, channel: C0SHOP0001, region: us-east-1, people: { owners: [U0OLIVE001] } }\n';
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function until(claim: () => boolean): Promise<void> {
  for (const ends = Date.now() + 3_000; !claim() && Date.now() < ends; ) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('jack.yml while Jack runs', () => {
  let folder = '';
  let file = '';
  const used: Config[] = [];
  const problems: string[] = [];
  let stop: (() => void) | undefined;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jack-watch-'));
    file = join(folder, 'jack.yml');
    used.length = 0;
    problems.length = 0;
    writeFileSync(file, YML);
    const watch = await watchConfig({ file, log: quiet, everyMs: 5, onConfig: async (config) => void used.push(config), onProblems: (words) => void problems.push(words) });
    stop = () => watch.stop();
  });
  afterEach(() => {
    stop?.();
    rmSync(folder, { recursive: true });
  });

  it('is read again when it was changed, once for each change', async () => {
    writeFileSync(file, YML.replace('shop', 'store'));
    await until(() => used.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(used.map((config) => config.apps.map((app) => app.name))).toEqual([['store']]);
    expect(problems).toEqual([]);
  });

  it('keeps the old one and says so, once, when the new one cannot be used; a good one is used again', async () => {
    writeFileSync(file, YML.replace('region', 'regoin'));
    await until(() => problems.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(used).toEqual([]);
    expect(problems).toEqual([expect.stringContaining('regoin')]);
    writeFileSync(file, YML);
    await until(() => used.length > 0);
    expect(used).toHaveLength(1);
  });

  it('takes one file in at a time, however long that takes, and says nothing once it was stopped', async () => {
    stop?.();
    let inside = 0;
    let most = 0;
    const onConfig = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 40));
      inside -= 1;
      throw new StartProblem(['not yet']);
    };
    const watch = await watchConfig({ file, log: quiet, everyMs: 5, onConfig, onProblems: (words) => void problems.push(words) });
    writeFileSync(file, YML.replace('shop', 'store'));
    await until(() => inside > 0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    watch.stop();
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(most).toBe(1);
    expect(problems).toEqual([]);
  });

  it('tries a good file again that could not be used yet', async () => {
    stop?.();
    let locked = true;
    const onConfig = async (config: Config) => {
      if (locked) throw new StartProblem(['prod is locked: unlock it first']);
      used.push(config);
    };
    const watch = await watchConfig({ file, log: quiet, everyMs: 5, onConfig, onProblems: (words) => void problems.push(words) });
    stop = () => watch.stop();
    writeFileSync(file, YML.replace('shop', 'store'));
    await until(() => problems.length > 0);
    expect(problems).toEqual(['prod is locked: unlock it first']);
    locked = false;
    await until(() => used.length > 0);
    expect(used).toHaveLength(1);
  });

  it('takes what it said of the file’s absence back when the file is there again as it was', async () => {
    rmSync(file);
    await until(() => problems.length > 0);
    writeFileSync(file, YML);
    await until(() => used.length > 0);
    expect(used).toHaveLength(1);
  });

  it('survives the file’s absence for a moment', async () => {
    rmSync(file);
    await until(() => problems.length > 0);
    expect(problems).toEqual([expect.stringContaining('There is no')]);
    writeFileSync(file, YML.replace('shop', 'store'));
    await until(() => used.length > 0);
    expect(used).toHaveLength(1);
  });
});
