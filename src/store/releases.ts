import { ofRelease } from '../domain/auditing/chain.ts';
import { withRollbackNumber } from '../domain/barriers/numbered.ts';
import { Fault, Stale } from '../domain/faults.ts';
import { isOver } from '../domain/release.ts';
import type { Release } from '../domain/release.ts';
import { asksTheSame, type RequestFacts } from '../domain/same-request.ts';
import type { AlsoOfNew, Claim, Store } from '../ports.ts';
import { appendAudit } from './audit.ts';
import { writeBarriers } from './barriers.ts';
import { checkFence, nudge } from './due-work.ts';
import type { Engine } from './engine.ts';
import type { Tx } from './schema.ts';

type Releases = Pick<Store, 'release' | 'releaseByNumber' | 'releaseByExecution' | 'releaseByApproval' | 'openReleases' | 'recentReleases' | 'addRelease' | 'saveRelease'>;

/** Releases, each one JSON document beside the columns that it is found by. */
export function releases(engine: Engine): Releases {
  const documents = engine.db.selectFrom('releases').select('releases.document');
  return {
    async release(id) {
      return parsed(await documents.where('id', '=', id).executeTakeFirst());
    },
    async releaseByNumber(number) {
      return parsed(await documents.where('number', '=', number).executeTakeFirst());
    },
    async releaseByExecution(pipeline, executionId, environment) {
      let query = documents.where('pipeline', '=', pipeline).where('execution_id', '=', executionId).orderBy('number');
      if (environment !== undefined) query = query.where('environment', '=', environment);
      return (await query.execute()).map(parse);
    },
    async releaseByApproval(approvalId) {
      return parsed(
        await documents
          .innerJoin('release_approvals', 'release_approvals.release_id', 'releases.id')
          .where('release_approvals.approval_id', '=', approvalId)
          .executeTakeFirst(),
      );
    },
    async openReleases(app) {
      let query = documents.where('open', '=', 1).orderBy('number');
      if (app !== undefined) query = query.where('app', '=', app);
      return (await query.execute()).map(parse);
    },
    async recentReleases(find) {
      let query = documents.orderBy('number', 'desc').limit(find.limit);
      if (find.app !== undefined) query = query.where('app', '=', find.app);
      if (find.environment !== undefined) query = query.where('environment', '=', find.environment);
      return (await query.execute()).map(parse);
    },
    addRelease: (release, requestId, also) =>
      engine.db.transaction().execute(async (tx) => {
        const answer = await addRelease(engine, tx, release, requestId);
        if (answer.added && also) await writeAlso(engine, tx, answer.release.number, also);
        return answer;
      }),
    saveRelease: (release, claim, also) =>
      engine.db.transaction().execute(async (tx) => {
        const saved = await saveRelease(engine, tx, release, claim);
        await appendAudit(engine, tx, also?.audit);
        return saved;
      }),
  };
}

async function addRelease(engine: Engine, tx: Tx, wanted: Omit<Release, 'number' | 'version'>, requestId?: string): Promise<{ release: Release; added: boolean }> {
  // First of all the lock: whoever adds sees everything that was added before.
  const sequence = tx.selectFrom('sequences').select('value').where('name', '=', 'release');
  const { value } = await sequence.$if(engine.locksRows, (query) => query.forUpdate()).executeTakeFirstOrThrow();
  const standing = await findStanding(tx, wanted, requestId);
  if (standing) return { release: standing, added: false };

  const release: Release = { ...wanted, number: value + 1, version: 1 };
  await tx.updateTable('sequences').set({ value: release.number }).where('name', '=', 'release').execute();
  await tx.insertInto('releases').values({ id: release.id, number: release.number, request_id: requestId ?? null, ...columnsOf(release) }).execute();
  await addApprovals(tx, release);
  await nudge(tx, `release:${release.id}`, Math.min(release.requestedAt, Date.now()));
  return { release, added: true };
}

/** What belongs to a new release, now that its number is known. */
async function writeAlso(engine: Engine, tx: Tx, number: number, also: AlsoOfNew): Promise<void> {
  if (also.barriers) await writeBarriers(engine, tx, withRollbackNumber(also.barriers, number), { also });
  await appendAudit(engine, tx, ofRelease(also.audit ?? [], number));
}

async function findStanding(tx: Tx, wanted: Omit<Release, 'number' | 'version'>, requestId?: string): Promise<Release | undefined> {
  const documents = tx.selectFrom('releases').select('document');
  if (requestId !== undefined) {
    const asked = parsed(await documents.where('request_id', '=', requestId).executeTakeFirst());
    if (asked) return asked;
  }
  const { pipeline, execution_id } = executionOf(wanted);
  if (pipeline === null || execution_id === null) return findSame(tx, wanted);
  return parsed(
    await documents.where('pipeline', '=', pipeline).where('execution_id', '=', execution_id).where('environment', '=', wanted.environment).executeTakeFirst(),
  );
}

/** Two people may ask for the same at the same moment; the lock puts them in line, and the second finds the first one's release. */
async function findSame(tx: Tx, wanted: RequestFacts): Promise<Release | undefined> {
  const open = tx.selectFrom('releases').select('document').where('open', '=', 1).where('app', '=', wanted.app).where('environment', '=', wanted.environment);
  return (await open.orderBy('number').execute()).map(parse).find((release) => asksTheSame(release, wanted));
}

async function saveRelease(engine: Engine, tx: Tx, release: Release, claim?: Claim): Promise<Release> {
  if (claim) await checkFence(engine, tx, claim);
  await refuseSecondOfExecution(tx, release);
  const saved: Release = { ...release, version: release.version + 1 };
  const { numUpdatedRows } = await tx
    .updateTable('releases')
    .set(columnsOf(saved))
    .where('id', '=', release.id)
    .where('version', '=', release.version)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Stale(`release #${release.number}`);
  await addApprovals(tx, saved);
  return saved;
}

/** The unique index would say so too, but not in words that anybody understands. */
async function refuseSecondOfExecution(tx: Tx, release: Release): Promise<void> {
  const { pipeline, execution_id } = executionOf(release);
  if (pipeline === null || execution_id === null) return;
  const other = await tx
    .selectFrom('releases')
    .select('number')
    .where('pipeline', '=', pipeline)
    .where('execution_id', '=', execution_id)
    .where('environment', '=', release.environment)
    .where('id', '!=', release.id)
    .executeTakeFirst();
  if (other) throw new Fault(`execution ${execution_id} already belongs to release #${other.number}, not to #${release.number}`, { retryable: true });
}

async function addApprovals(tx: Tx, release: Release): Promise<void> {
  if (release.approvals.length === 0) return;
  await tx
    .insertInto('release_approvals')
    .values(release.approvals.map((approval) => ({ approval_id: approval.id, release_id: release.id })))
    .onConflict((conflict) => conflict.column('approval_id').doNothing())
    .execute();
}

function columnsOf(release: Release) {
  return {
    version: release.version,
    app: release.app,
    environment: release.environment,
    open: isOver(release) ? 0 : 1,
    status: release.status,
    ...executionOf(release),
    document: JSON.stringify(release),
  };
}

function executionOf({ route }: Pick<Release, 'route'>): { readonly pipeline: string | null; readonly execution_id: string | null } {
  if (route.kind !== 'pipeline') return { pipeline: null, execution_id: null };
  return { pipeline: route.pipeline, execution_id: route.executionId ?? null };
}

function parse(row: { readonly document: string }): Release {
  return JSON.parse(row.document) as Release;
}

function parsed(row: { readonly document: string } | undefined): Release | undefined {
  return row && parse(row);
}
