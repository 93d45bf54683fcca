import type { ApprovalRequest } from '../../src/domain/approvals/approval.ts';
import type { AuditFact } from '../../src/domain/audit.ts';
import { noBarriers, type Barrier, type Barriers } from '../../src/domain/barriers/barriers.ts';
import type { Release } from '../../src/domain/release.ts';
import type { Said } from '../../src/ports.ts';
import type { PostedMessage } from '../../src/views/message.ts';

let made = 0;

/** A release to add; each has an id of its own. */
export function aRelease(changes: Partial<Release> = {}): Omit<Release, 'number' | 'version'> {
  made += 1;
  return {
    id: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
    attempt: 1,
    app: 'shop',
    environment: 'prod',
    channel: 'C0SHOP0001',
    loudness: 'approvals',
    purpose: 'deploy',
    route: { kind: 'pipeline', pipeline: 'shop-pipeline' },
    // Another commit each time, also in another process: equal requests are one release.
    revision: { id: crypto.randomUUID().replaceAll('-', '').padStart(40, '0') },
    requesters: [],
    requestedAt: 1000,
    status: 'requested',
    statusAt: 1000,
    stages: [],
    deploys: [],
    approvals: [],
    holds: [],
    notes: [],
    ...changes,
  };
}

export function anApproval(id: string): ApprovalRequest {
  return { id, environment: 'prod', revisionIds: [], askedAt: 1000, decisions: [], state: 'open' };
}

export function aMessage(changes: Partial<PostedMessage> = {}): PostedMessage {
  return { owner: 'release-1', key: 'headline', channel: 'C0SHOP0001', digest: 'd1', state: 'posting', markedAt: 1000, ...changes };
}

export function somethingSaid(changes: Partial<Said> = {}): Said {
  return {
    id: 'trigger-1',
    at: 1000,
    user: 'U0ADA00001',
    channel: 'C0SHOP0001',
    what: { kind: 'command', command: '/deploy', words: 'prod' },
    reply: { user: 'U0ADA00001', channel: 'C0SHOP0001' },
    ...changes,
  };
}

export function aFact(changes: Partial<AuditFact> = {}): AuditFact {
  return { at: 1000, who: 'U0ADA00001', what: 'release.request', on: { app: 'shop', environment: 'prod' }, outcome: 'done', rule: 'role:contributor', ...changes };
}

export function aLock(changes: Partial<Barrier> = {}): Barrier {
  return { id: '00000000-0000-4000-8000-00000000000a', kind: 'lock', by: 'U0ADA00001', since: 1000, until: 2000, reason: 'looking at the basket', watchers: [], notes: [], ...changes };
}

export function locked(changes: Partial<Barrier> = {}): Barriers {
  return { ...noBarriers('shop', 'prod'), all: [aLock(changes)] };
}
