import { describe, jest } from '@jest/globals';
import type { OpenStore } from '../../src/store/index.ts';
import { auditContract } from './audit-contract.ts';
import { barriersContract } from './barriers-contract.ts';
import { counterContract } from './counter-contract.ts';
import { dueWorkContract } from './due-work-contract.ts';
import { raceContract } from './race-contract.ts';
import { recordContract } from './record-contract.ts';
import { releaseContract } from './release-contract.ts';

/**
 * An empty store and a second way into it: another connection where the engine lets two in (PostgreSQL), else the same
 * one, which then has to keep concurrent callers apart itself.
 */
export interface Subject {
  readonly store: OpenStore;
  readonly second: OpenStore;
  close(): Promise<void>;
}

export type NewSubject = () => Promise<Subject>;

/** A subject with a database behind it. */
export interface Database extends Subject {
  /** What somebody does to the database itself. */
  tamper(statement: string): Promise<void>;
}

export type NewDatabase = () => Promise<Database>;

/** What `ports.ts` promises of a store, held against either engine. */
export function storeContract(newSubject: NewDatabase): void {
  // Servers are started here, perhaps on a busy machine.
  jest.setTimeout(60_000);
  describe('releases', () => releaseContract(newSubject));
  describe('records', () => recordContract(newSubject));
  describe('audit', () => auditContract(newSubject));
  describe('audit and its counter', () => counterContract(newSubject));
  describe('barriers', () => barriersContract(newSubject));
  describe('due work', () => dueWorkContract(newSubject));
  describe('races', () => raceContract(newSubject));
}
