import { describe } from '@jest/globals';
import { auditContract } from '../store/audit-contract.ts';
import { barriersContract } from '../store/barriers-contract.ts';
import { dueWorkContract } from '../store/due-work-contract.ts';
import { raceContract } from '../store/race-contract.ts';
import { recordContract } from '../store/record-contract.ts';
import { releaseContract } from '../store/release-contract.ts';
import { memoryStore } from '../support/world/memory-store.ts';

/** What the histories and crashes run on keeps the promises of the real stores. */
async function newSubject() {
  const store = { ...memoryStore(), close: async () => undefined, ping: async () => undefined };
  return { store, second: store, close: async () => undefined };
}

describe('the store in memory', () => {
  describe('releases', () => releaseContract(newSubject));
  describe('records', () => recordContract(newSubject));
  describe('audit', () => auditContract(newSubject));
  describe('barriers', () => barriersContract(newSubject));
  describe('due work', () => dueWorkContract(newSubject));
  describe('races', () => raceContract(newSubject));
});
