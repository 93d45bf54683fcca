import type { RunningVersion } from '../domain/running-version.ts';
import type { Store } from '../ports.ts';
import type { Engine } from './engine.ts';

/** Later in the list is stronger: what once proved bad stays bad. */
const STANDINGS: readonly RunningVersion['standing'][] = ['deployed', 'verified', 'bad'];

/** What came to run where, and what became of it. */
export function runningVersions(engine: Engine): Pick<Store, 'runningVersions' | 'recordRunning'> {
  return {
    async runningVersions(app, environment, limit) {
      const rows = await engine.db
        .selectFrom('running_versions')
        .select('document')
        .where('app', '=', app)
        .where('environment', '=', environment)
        .orderBy('since', 'desc')
        .orderBy('label')
        .limit(limit)
        .execute();
      return rows.map((row) => JSON.parse(row.document) as RunningVersion);
    },
    recordRunning: (version) => recordRunning(engine, version),
  };
}

async function recordRunning(engine: Engine, version: RunningVersion): Promise<void> {
  const { app, environment, label, since } = version;
  await engine.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('running_versions')
      .values({ app, environment, label, since, document: JSON.stringify(version) })
      .onConflict((conflict) => conflict.columns(['app', 'environment', 'since', 'label']).doNothing())
      .execute();
    const row = await tx
      .selectFrom('running_versions')
      .select('document')
      .where('app', '=', app)
      .where('environment', '=', environment)
      .where('label', '=', label)
      .where('since', '=', since)
      .$if(engine.locksRows, (query) => query.forUpdate())
      .executeTakeFirstOrThrow();
    await tx
      .updateTable('running_versions')
      .set({ document: JSON.stringify(raised(JSON.parse(row.document) as RunningVersion, version)) })
      .where('app', '=', app)
      .where('environment', '=', environment)
      .where('label', '=', label)
      .where('since', '=', since)
      .execute();
  });
}

/** The stronger standing, and whatever either knows. */
function raised(known: RunningVersion, news: RunningVersion): RunningVersion {
  const standing = STANDINGS.indexOf(news.standing) > STANDINGS.indexOf(known.standing) ? news.standing : known.standing;
  return { ...known, ...news, revision: { ...known.revision, ...news.revision }, standing };
}
