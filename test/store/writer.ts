import { openStore } from '../../src/store/index.ts';
import { aRelease } from './samples.ts';

/**
 * A process that writes until it is killed. It prints a line for what the store has acknowledged: `<id> <version>` of a
 * release, or `said <id>`. Started with a data folder.
 */
const store = await openStore({ kind: 'embedded', folder: process.argv[2] ?? '' });
await store.freeLeases();
process.stdout.write('open\n');
for (let round = 0; ; round += 1) {
  const id = `${process.pid}-${round}`;
  const { release } = await store.addRelease({ ...aRelease(), id }, `request-${id}`);
  process.stdout.write(`${id} 1\n`);
  const answer = await store.claim('writer', Date.now(), 60_000);
  if (!('claim' in answer)) throw new Error('its own work is due');
  const saved = await store.saveRelease({ ...release, status: 'live' }, answer.claim);
  process.stdout.write(`${id} ${saved.version}\n`);
  await store.finish(answer.claim, undefined);
}
