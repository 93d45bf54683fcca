import { expect, it } from '@jest/globals';
import { Fenced } from '../../src/domain/faults.ts';
import type { RunningVersion } from '../../src/domain/running-version.ts';
import type { NewSubject } from './contract.ts';
import { aMessage, somethingSaid } from './samples.ts';
import { eachTest } from './subject.ts';

const ran = (label: string, since: number, standing: RunningVersion['standing']): RunningVersion => ({ app: 'shop', environment: 'prod', label, revision: { label }, since, standing });

export function recordContract(newSubject: NewSubject): void {
  const { store, second } = eachTest(newSubject);

  it('lists what ran in an environment, newest first and no more than asked', async () => {
    await store().recordRunning(ran('v1', 100, 'deployed'));
    await store().recordRunning(ran('v3', 300, 'deployed'));
    await store().recordRunning(ran('v2', 200, 'verified'));
    await store().recordRunning({ ...ran('v9', 900, 'verified'), environment: 'dev' });
    expect((await second().runningVersions('shop', 'prod', 2)).map((version) => version.label)).toEqual(['v3', 'v2']);
  });

  it('raises the standing of what ran and never lowers it', async () => {
    await store().recordRunning({ ...ran('v1', 100, 'deployed'), revision: { id: 'f2a9c1d', label: 'v1' } });
    await store().recordRunning({ ...ran('v1', 100, 'verified'), releaseNumber: 7 });
    await store().recordRunning(ran('v1', 100, 'deployed'));
    expect(await store().runningVersions('shop', 'prod', 9)).toEqual([{ ...ran('v1', 100, 'verified'), revision: { id: 'f2a9c1d', label: 'v1' }, releaseNumber: 7 }]);
    await store().recordRunning(ran('v1', 100, 'bad'));
    await store().recordRunning(ran('v1', 100, 'verified'));
    expect((await store().runningVersions('shop', 'prod', 9)).map((version) => version.standing)).toEqual(['bad']);
  });

  it('keeps one message for each key of an owner and finds it by its place', async () => {
    await store().saveMessage(aMessage());
    expect(await store().messages('release-1')).toEqual([aMessage()]);
    const posted = aMessage({ state: 'posted', ts: '1700000000.000100' });
    await second().saveMessage(posted);
    await store().saveMessage(aMessage({ key: 'outcome' }));
    expect(await store().messages('release-1')).toEqual([posted, aMessage({ key: 'outcome' })]);
    expect(await store().messageAt('C0SHOP0001', '1700000000.000100')).toEqual(posted);
    expect(await store().messageAt('C0OTHER001', '1700000000.000100')).toBeUndefined();
    expect(await store().messages('release-2')).toEqual([]);
  });

  it('keeps a message as it stands from who lost the lease', async () => {
    await store().nudge('a', 0);
    const late = await store().claim('late', 100, 10);
    const next = await second().claim('next', 110, 1000);
    if (!('claim' in late) || !('claim' in next)) throw new Error('both should have had it');
    const posted = aMessage({ state: 'posted', ts: '1700000000.000100' });
    await second().saveMessage(posted, next.claim);
    await expect(store().saveMessage(aMessage(), late.claim)).rejects.toThrow(Fenced);
    expect(await store().messages('release-1')).toEqual([posted]);
  });

  it('recognises a redelivery and makes the work of the first due', async () => {
    expect(await store().receive(somethingSaid())).toBe(true);
    expect(await second().receive(somethingSaid({ user: 'U0SOMEONE1' }))).toBe(false);
    expect(await store().claim('me', 1000, 500)).toMatchObject({ claim: { key: 'said:trigger-1', nudges: 1 } });
    expect(await store().said('trigger-1')).toEqual(somethingSaid());
    expect(await store().said('trigger-2')).toBeUndefined();
  });

  it('does not keep a trigger id, which is worth nothing seconds later', async () => {
    await store().receive(somethingSaid({ triggerId: '123.456.abc' }));
    expect(await store().said('trigger-1')).toEqual(somethingSaid());
  });

  it('still knows what was said after it was dealt with, so that a redelivery stays one', async () => {
    await store().receive(somethingSaid());
    await store().finishSaid('trigger-1', 'release #1');
    expect(await store().said('trigger-1')).toEqual(somethingSaid());
    expect(await store().receive(somethingSaid())).toBe(false);
  });

  it('keeps notes, the last one written', async () => {
    expect(await store().note('history:C1')).toBeUndefined();
    await store().setNote('history:C1', '100.1');
    await second().setNote('history:C1', '200.2');
    expect(await store().note('history:C1')).toBe('200.2');
  });

  it('replaces a note only where it still says the same', async () => {
    expect(await store().replaceNote('form:1', 'a', 'b')).toBe(false);
    await store().setNote('form:1', 'a');
    expect(await store().replaceNote('form:1', 'a', 'b')).toBe(true);
    expect(await second().replaceNote('form:1', 'a', 'c')).toBe(false);
    expect(await store().note('form:1')).toBe('b');
  });

  it('forgets notes when their time has come, also those that were replaced meanwhile, and keeps all others', async () => {
    await store().setNote('form:old', 'a', 100);
    await store().setNote('form:new', 'a', 101);
    await store().setNote('alive:shop', 'a');
    await store().replaceNote('form:old', 'a', 'b');
    await second().forgetNotes(100);
    expect(await Promise.all(['form:old', 'form:new', 'alive:shop'].map((key) => store().note(key)))).toEqual([undefined, 'a', 'a']);
    await store().setNote('form:new', 'b');
    await store().forgetNotes(1_000);
    expect(await store().note('form:new')).toBe('b');
  });

  it('answers a ping', async () => {
    await expect(store().ping()).resolves.toBeUndefined();
  });
}
