import { describe, expect, it } from '@jest/globals';
import { anyPlace } from '../../src/cli/by-hand/place.ts';
import { permissionsOf } from '../../src/cli/by-hand/recipe.ts';
import { recipesFor } from '../../src/cli/by-hand/recipes/index.ts';
import { models } from '../../sandbox/aws/engine/model.ts';
import { parseCall } from '../support/command-line/call.ts';
import { bash } from '../support/command-line/shell.ts';
import { marked, quoted, read } from './pages.ts';
import { withoutJackPage } from './without-jack.ts';

const page = read('docs/operating/without-jack.md');
const blocks = [...marked(page, 'recipes').matchAll(/```sh\n([\s\S]*?)\n```/g)].map(([, block = '']) => block);
/** What changes something in AWS. */
const CHANGE = /^(?:\w+=\$\()?aws \S+ (?:put|disable|enable|start|stop|update|abort)-/m;

describe('docs/operating/without-jack.md', () => {
  it('has the recipes that `jack by-hand` prints, as `npx node test/docs/write-pages.ts` writes them', () => {
    expect(blocks.length).toBeGreaterThan(30);
    expect(page).toBe(withoutJackPage());
  });

  it('has all that people do in Jack: see, approve, hold, free, start, stop, deploy, abort, roll back, verify, ask why', () => {
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    for (const word of [/^See/, /^Approve or reject/, /^Hold/, /^Free/, /^Start/, /^Stop/, /^Deploy/, /^Abort/, /^Roll back/, /really there/, /^Why/]) {
      expect(headings.filter((heading) => word.test(heading ?? ''))).toHaveLength(1);
    }
  });

  it('has lines whose services, operations and options AWS’s own models know', async () => {
    const values = anyPlace().unknown.map(({ name, example }) => `${name}=${example}`);
    const script = [
      'exec 3>&1 >/dev/null',
      // Each call as its arguments; what lines keep in variables, and what the reader fills in, is “chosen”.
      String.raw`aws() { { printf '%s\0' "$@"; printf '\1\0'; } >&3; echo chosen; }`,
      ...values,
      ...blocks.map((block) => block.replaceAll(/^(COMMIT|EXECUTION|LABEL)=$/gm, '$1=chosen')),
    ];
    const ended = await bash(script.join('\n'));
    expect(ended).toMatchObject({ code: 0, err: '' });
    const calls = ended.out.split('\u0001\0').map((call) => call.split('\0').slice(0, -1)).filter((args) => args.length > 0);
    expect(calls.length).toBe(blocks.join('\n').split(/\baws /).length - 1);
    const operations = calls.map((args) => parseCall(args)).map(({ service, operation }) => `${service}:${operation}`);
    const needed = recipesFor(anyPlace()).flatMap((recipe) => permissionsOf(recipe));
    expect([...new Set(operations)].filter((one) => !one.startsWith('sts:')).sort()).toEqual([...new Set(needed)].sort());
  });

  it('names under each heading the permissions of its lines, which are operations of AWS', () => {
    const told = [...marked(page, 'recipes').matchAll(/^Needs (.+)\.$/gm)].flatMap(([, list = '']) => quoted(list));
    expect(told.length).toBeGreaterThan(30);
    for (const one of told) {
      const [service = '', operation = ''] = one.split(':');
      expect(Object.keys(models()[service]?.operations ?? {})).toContain(operation);
    }
  });

  it('changes nothing in a block behind a look, so that a block can be copied whole', () => {
    const calls = blocks.map((block) => block.replaceAll(' \\\n', ' ').split('\n').filter((line) => line.includes('aws ')));
    expect(calls.flat().filter((line) => CHANGE.test(line)).length).toBeGreaterThan(9);
    expect(calls.filter((lines) => lines.slice(1).some((line) => CHANGE.test(line)))).toEqual([]);
  });

  it('has no comment in a block: zsh takes none when it is typed into', () => {
    expect(blocks.filter((block) => /(^|\s)#/.test(block))).toEqual([]);
  });

  it('gives reasons that AWS takes', () => {
    const reasons = [...page.matchAll(/disable-stage-transition[\s\S]*?--reason '([^']+)'/g)].map(([, reason]) => reason);
    expect(reasons.length).toBeGreaterThan(1);
    for (const reason of reasons) expect(reason).toMatch(new RegExp(`^(?:${models()['codepipeline']?.shapes['DisabledReason']?.pattern ?? 'none'})$`));
  });
});
