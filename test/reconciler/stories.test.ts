import { describe, expect, it } from '@jest/globals';
import { GRACE } from '../support/world/builders.ts';
import { aWorld, clicks, types, until, type FakeWorld } from '../support/world/fake-world.ts';
import { effects, newestRelease, onlyRelease, transcript } from '../support/world/transcript.ts';

export async function waitsForApproval(world: FakeWorld): Promise<string> {
  await until(world, async () => (await newestRelease(world)).approvals.some((request) => request.state === 'open'));
  return (await newestRelease(world)).approvals.find((request) => request.state === 'open')?.id ?? '';
}

const over = (world: FakeWorld) => async (): Promise<boolean> => (await newestRelease(world)).notes.some((note) => note.what.kind === 'outcome');

describe('a release through the pipeline', () => {
  it('is started, approved by somebody else, verified and told', async () => {
    const world = aWorld();
    await types(world, '/deploy prod');
    await clicks(world, 'approval.approve', await waitsForApproval(world), GRACE);
    await until(world, over(world));
    expect((await onlyRelease(world)).status).toBe('live');
    expect(effects(world, 'start-execution')).toBe(1);
    expect(transcript(world)).toMatchInlineSnapshot(`
[
  "#1 shop → prod: live
:white_check_mark: *shop → prod*  live
\`aaaaaaa\` Fix the basket
▫️ Source DURATION  ·  ▫️ Build DURATION  ·  ✅ Dev DURATION  ·  ✅ Prod DURATION
#1  ·  asked by <@U0ADA00001>  ·  1 commit by Linus  ·  TIME
[Open in AWS]",
  "  :white_check_mark: Approved by <@U0GRACE001> · TIME
:white_check_mark: Approved by <@U0GRACE001> · TIME",
  "  :white_check_mark: Live on *prod*. On 2 of 2 instances, healthy. It took DURATION.
:white_check_mark: Live on *prod*. On 2 of 2 instances, healthy. It took DURATION.",
]
`);
  });
});
