import { describe, expect, it } from '@jest/globals';
import type { Place } from '../../src/domain/place.ts';
import { homeView, statusReply } from '../../src/views/home.ts';
import { anApp, anEnvironment, SHOP } from '../support/world/builders.ts';
import { wrongWith } from '../support/world/slack-limits.ts';

const place = (app: number, changes: Partial<Place> = {}): Place => ({
  app: anApp({ name: `app${app}` }),
  environment: anEnvironment('prod'),
  seen: { beanstalkEnvironment: 'shop-prod', id: 'e-1', status: 'Ready', abortable: false, health: { verdict: 'ok', word: 'Ok', causes: [] } },
  open: [],
  barriers: [],
  transitions: [],
  ...changes,
});
const places = (count: number) => Array.from({ length: count }, (_, app) => place(app));
const problems = (count: number) => Array.from({ length: count }, (_, app) => ({ app: `gone${app}`, problem: 'There is no such application.' }));

describe('what runs where', () => {
  it.each([0, 1, 24, 25, 26, 40, 200])('fits into one message with %i apps, and says how many it leaves out', (count) => {
    const reply = statusReply(places(count));
    expect(wrongWith(reply)).toEqual([]);
    expect(reply.blocks?.length ?? 0).toBeLessThanOrEqual(50);
    const shown = Array.from({ length: count }, (_, app) => `*app${app}*`).filter((name) => JSON.stringify(reply.blocks).includes(name));
    const left = count - shown.length;
    expect(JSON.stringify(reply.blocks).includes('more.')).toBe(left > 0);
    if (left > 0) expect(JSON.stringify(reply.blocks)).toContain(`and ${left} environment`);
  });

  it('fits into the home tab, whatever waits and whatever is broken', () => {
    const waitsForYou = Array.from({ length: 30 }, (_, number) => ({ number, app: 'shop', environment: 'prod', channel: SHOP }));
    const { blocks } = homeView(places(100), { waitsForYou, toLetIn: [], problems: problems(30) });
    expect(blocks.length).toBeLessThanOrEqual(100);
    expect(JSON.stringify(blocks)).toContain('and 20 more');
    expect(JSON.stringify(blocks)).toContain('and 20 apps more');
    expect(JSON.stringify(blocks)).toContain('home.deploy');
  });

  it('says of a place that cannot be read why, and who closed the way to one', () => {
    const { seen: _unseen, ...unread } = place(1, { unreadable: 'No Environment found' });
    const shut = place(2, { transitions: [{ stage: 'Prod', reason: 'migration <!here>', by: 'arn:aws:iam::123456789012:user/olive' }] });
    const shown = JSON.stringify(statusReply([unread, shut]).blocks);
    expect(shown).toContain('cannot be read: No Environment found');
    expect(shown).toContain('disabled by olive: “migration &lt;!here&gt;”');
  });

  it('tells its own hold from somebody else’s, without the reason that AWS shows', () => {
    const reason = 'Jack freeze of prod (freeze 4b4face9-5409-461b-bd76-8b64a2c8ea23)';
    const ended = JSON.stringify(statusReply([place(1, { transitions: [{ stage: 'Prod', reason, by: 'arn:aws:iam::123456789012:user/jack' }] })]).blocks);
    expect(ended).toContain('still closed by me after a lock or freeze');
    expect(ended).not.toContain('4b4face9');
  });
});
