import { ofRelease } from '../../../src/domain/auditing/chain.ts';
import { withRollbackNumber } from '../../../src/domain/barriers/numbered.ts';
import { Fault, Fenced, Stale } from '../../../src/domain/faults.ts';
import { isOver, type Release } from '../../../src/domain/release.ts';
import { asksTheSame } from '../../../src/domain/same-request.ts';
import type { RunningVersion } from '../../../src/domain/running-version.ts';
import type { Claim, Said, Store } from '../../../src/ports.ts';
import type { PostedMessage } from '../../../src/views/message.ts';
import { memoryAudit, memoryBarriers, type MemoryAudit, type MemoryBarriers } from './memory/audit.ts';

interface Work {
  dueAt: number | undefined;
  nudges: number;
  epoch: number;
  faults: number;
  owner: string | undefined;
  leaseUntil: number;
}

/** The store's promises, kept in memory: fast enough for thousands of runs. It passes the contract of the real ones. */
export function memoryStore(): Store {
  const work = new Map<string, Work>();
  const audit = memoryAudit();
  const barriers = memoryBarriers(audit, { nudge: (key, at) => nudge(work, key, at), checkFence: (claim) => checkFence(work, claim) });
  return { ...releasesOf(work, audit, barriers), ...factsOf(work), ...saidOf(work, audit), ...dueWorkOf(work), ...audit.store, ...barriers.store };
}

/** What is stored is a copy, and JSON, as it is in a database. */
function copy<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}

type Releases = Pick<Store, 'release' | 'releaseByNumber' | 'releaseByExecution' | 'releaseByApproval' | 'openReleases' | 'recentReleases' | 'addRelease' | 'saveRelease'>;

function releasesOf(work: Map<string, Work>, audit: MemoryAudit, barriers: MemoryBarriers): Releases {
  const rows = new Map<string, Release>();
  const requests = new Map<string, string>();
  /** Never removed, as in a database: an old card's button still finds its release. */
  const approvals = new Map<string, string>();
  const keep = (release: Release): void => {
    rows.set(release.id, release);
    for (const request of release.approvals) approvals.set(request.id, release.id);
  };
  const all = (): Release[] => [...rows.values()];
  const ofExecution = (pipeline: string, executionId: string): Release[] =>
    all().filter(({ route }) => route.kind === 'pipeline' && route.pipeline === pipeline && route.executionId === executionId);
  const standing = (wanted: Omit<Release, 'number' | 'version'>, requestId?: string): Release | undefined => {
    const asked = requestId === undefined ? undefined : rows.get(requests.get(requestId) ?? '');
    const { route } = wanted;
    if (asked) return asked;
    if (route.kind !== 'pipeline' || route.executionId === undefined) return all().find((release) => !isOver(release) && asksTheSame(release, wanted));
    return ofExecution(route.pipeline, route.executionId).find((release) => release.environment === wanted.environment);
  };
  return {
    release: async (id) => copy(rows.get(id)),
    releaseByNumber: async (number) => copy(all().find((release) => release.number === number)),
    releaseByExecution: async (pipeline, executionId, environment) =>
      copy(ofExecution(pipeline, executionId).filter((release) => environment === undefined || release.environment === environment)),
    releaseByApproval: async (approvalId) => copy(rows.get(approvals.get(approvalId) ?? '')),
    openReleases: async (app) => copy(all().filter((release) => !isOver(release) && (app === undefined || release.app === app))),
    recentReleases: async ({ app, environment, limit }) =>
      copy(all().toReversed().filter((one) => (app === undefined || one.app === app) && (environment === undefined || one.environment === environment)).slice(0, limit)),
    async addRelease(wanted, requestId, also) {
      const found = standing(wanted, requestId);
      if (found) return { release: copy(found), added: false };
      const release: Release = { ...copy(wanted), number: rows.size + 1, version: 1 };
      if (also?.barriers) barriers.write(withRollbackNumber(also.barriers, release.number), undefined, also);
      audit.append(ofRelease(also?.audit ?? [], release.number));
      keep(release);
      if (requestId !== undefined) requests.set(requestId, release.id);
      nudge(work, `release:${release.id}`, Math.min(release.requestedAt, Date.now()));
      return { release: copy(release), added: true };
    },
    async saveRelease(release, claim, also) {
      if (claim) checkFence(work, claim);
      const { route } = release;
      const same = route.kind === 'pipeline' && route.executionId !== undefined ? ofExecution(route.pipeline, route.executionId) : [];
      const other = same.find((one) => one.id !== release.id && one.environment === release.environment);
      if (other) throw new Fault(`execution ${executionOf(release)} already belongs to release #${other.number}, not to #${release.number}`, { retryable: true });
      if (rows.get(release.id)?.version !== release.version) throw new Stale(`release #${release.number}`);
      const saved = { ...copy(release), version: release.version + 1 };
      keep(saved);
      audit.append(also?.audit);
      return copy(saved);
    },
  };
}

function executionOf({ route }: Release): string {
  return route.kind === 'pipeline' ? (route.executionId ?? '') : '';
}

const STANDINGS: readonly RunningVersion['standing'][] = ['deployed', 'verified', 'bad'];

function factsOf(work: Map<string, Work>): Pick<Store, 'runningVersions' | 'recordRunning' | 'messages' | 'messageAt' | 'saveMessage' | 'note' | 'setNote' | 'replaceNote' | 'forgetNotes'> {
  const running = new Map<string, RunningVersion>();
  const posted = new Map<string, PostedMessage>();
  const notes = new Map<string, { readonly value: string; readonly forgetAt: number | undefined }>();
  return {
    runningVersions: async (app, environment, limit) =>
      [...running.values()]
        .filter((one) => one.app === app && one.environment === environment)
        .sort((a, b) => b.since - a.since || a.label.localeCompare(b.label))
        .slice(0, limit)
        .map(copy),
    async recordRunning(version) {
      const key = JSON.stringify([version.app, version.environment, version.label, version.since]);
      const known = running.get(key);
      const standing = known && STANDINGS.indexOf(known.standing) > STANDINGS.indexOf(version.standing) ? known.standing : version.standing;
      running.set(key, copy({ ...known, ...version, revision: { ...known?.revision, ...version.revision }, standing }));
    },
    messages: async (owner) => [...posted.values()].filter((message) => message.owner === owner).sort((a, b) => (a.key < b.key ? -1 : 1)).map(copy),
    messageAt: async (channel, ts) => copy([...posted.values()].find((message) => message.channel === channel && message.ts === ts)),
    async saveMessage(message, claim) {
      if (claim) checkFence(work, claim);
      posted.set(JSON.stringify([message.owner, message.key]), copy(message));
    },
    note: async (key) => notes.get(key)?.value,
    async setNote(key, value, forgetAt) {
      notes.set(key, { value, forgetAt });
    },
    async replaceNote(key, before, value) {
      const note = notes.get(key);
      if (note?.value !== before) return false;
      notes.set(key, { ...note, value });
      return true;
    },
    async forgetNotes(now) {
      for (const [key, { forgetAt }] of notes) if (forgetAt !== undefined && forgetAt <= now) notes.delete(key);
    },
  };
}

function saidOf(work: Map<string, Work>, audit: MemoryAudit): Pick<Store, 'receive' | 'said' | 'finishSaid'> {
  const heard = new Map<string, Said>();
  const finished = new Set<string>();
  return {
    async receive(said) {
      if (heard.has(said.id)) return false;
      const { triggerId: _secondsOnly, ...kept } = said;
      heard.set(said.id, copy(kept));
      nudge(work, `said:${said.id}`, said.at);
      return true;
    },
    said: async (id) => copy(heard.get(id)),
    async finishSaid(id, _outcome, also) {
      if (!heard.has(id) || finished.has(id)) return;
      finished.add(id);
      audit.append(also?.audit);
    },
  };
}

function nudge(work: Map<string, Work>, key: string, at: number): void {
  const known = work.get(key);
  if (known) Object.assign(known, { dueAt: Math.min(known.dueAt ?? at, at), nudges: known.nudges + 1 });
  else work.set(key, { dueAt: at, nudges: 1, epoch: 0, faults: 0, owner: undefined, leaseUntil: 0 });
}

function checkFence(work: Map<string, Work>, claim: Claim): Work {
  const row = work.get(claim.key);
  if (row?.epoch !== claim.epoch || row.owner !== claim.owner) throw new Fenced(claim.key);
  return row;
}

function dueWorkOf(work: Map<string, Work>): Pick<Store, 'nudge' | 'claim' | 'finish' | 'defer' | 'renew' | 'checkClaim' | 'freeLeases'> {
  return {
    async nudge(key, at) {
      nudge(work, key, at);
    },
    async claim(owner, now, leaseMs) {
      const free = [...work].filter(([, row]) => row.dueAt !== undefined && row.dueAt <= now && (row.owner === undefined || row.leaseUntil <= now));
      const next = free.sort(([a, one], [b, other]) => (one.dueAt ?? 0) - (other.dueAt ?? 0) || (a < b ? -1 : 1))[0];
      if (!next) {
        const times = [...work.values()].flatMap((row) => (row.dueAt === undefined ? [] : [row.owner === undefined ? row.dueAt : Math.max(row.dueAt, row.leaseUntil)]));
        return { nextDueAt: times.length === 0 ? undefined : Math.min(...times) };
      }
      const [key, row] = next;
      Object.assign(row, { owner, dueAt: now, leaseUntil: now + leaseMs, epoch: row.epoch + 1 });
      return { claim: { key, owner, epoch: row.epoch, nudges: row.nudges, faults: row.faults } };
    },
    async finish(claim, dueAt) {
      const row = checkFence(work, claim);
      Object.assign(row, { dueAt: row.nudges === claim.nudges ? dueAt : row.dueAt, faults: 0, owner: undefined, leaseUntil: 0 });
    },
    async defer(claim, dueAt) {
      Object.assign(checkFence(work, claim), { dueAt, faults: claim.faults + 1, owner: undefined, leaseUntil: 0 });
    },
    async renew(claim, now, leaseMs) {
      checkFence(work, claim).leaseUntil = now + leaseMs;
    },
    async checkClaim(claim) {
      checkFence(work, claim);
    },
    async freeLeases() {
      for (const row of work.values()) Object.assign(row, { owner: undefined, leaseUntil: 0 });
    },
  };
}
