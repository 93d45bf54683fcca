import type { Digest } from '../domain/digest/digest.ts';
import { lastWeek, readDigest } from '../operations/digest/read-digest.ts';
import { digestReply } from '../views/digest/digest.ts';
import type { Command } from './command.ts';

/** `/jack digest`: what the channel is told once a week, of the last seven days. Changes nothing. */
export const digest: Command = {
  verb: 'digest',
  usages: ['/jack digest'],
  says: 'The last seven days: releases by outcome, broken glass, stolen and old locks, and the head of the audit. The channel is told the same once a week.',
  async run(_words, { world, known }) {
    const apps = known.here.length > 0 ? known.here : known.apps;
    const span = await lastWeek(world);
    const digests: Digest[] = [];
    for (const app of apps) digests.push(await readDigest(app, span, world));
    return digestReply(digests);
  },
};
