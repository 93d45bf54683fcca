import { afterEach, beforeEach } from '@jest/globals';
import type { OpenStore } from '../../src/store/index.ts';
import type { NewSubject, Subject } from './contract.ts';

/** A fresh store for each test of the surrounding `describe`; ask for it inside the test. */
export function eachTest(newSubject: NewSubject): { readonly store: () => OpenStore; readonly second: () => OpenStore } {
  let subject: Subject | undefined;
  beforeEach(async () => {
    subject = await newSubject();
  });
  afterEach(async () => {
    await subject?.close();
    subject = undefined;
  });
  const standing = (): Subject => {
    if (!subject) throw new Error('a store stands only during a test');
    return subject;
  };
  return { store: () => standing().store, second: () => standing().second };
}

/** The release as saved, or a loud end of the test. */
export function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing there');
  return value;
}
