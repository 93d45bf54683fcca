import { afterEach, beforeEach } from '@jest/globals';
import type { OpenStore } from '../../src/store/index.ts';
import type { Subject } from './contract.ts';

/** A fresh store for each test of the surrounding `describe`; ask for it inside the test. */
export function eachTest<Any extends Subject>(newSubject: () => Promise<Any>): { readonly store: () => OpenStore; readonly second: () => OpenStore; readonly standing: () => Any } {
  let subject: Any | undefined;
  beforeEach(async () => {
    subject = await newSubject();
  });
  afterEach(async () => {
    await subject?.close();
    subject = undefined;
  });
  const standing = (): Any => {
    if (!subject) throw new Error('a store stands only during a test');
    return subject;
  };
  return { store: () => standing().store, second: () => standing().second, standing };
}

/** The release as saved, or a loud end of the test. */
export function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing there');
  return value;
}
