import type { Store } from '../ports.ts';
import type { PostedMessage } from '../views/message.ts';
import { checkFence } from './due-work.ts';
import type { Engine } from './engine.ts';
import type { Db, Tx } from './schema.ts';

/** Which messages stand where, and which were about to be posted. */
export function messages(engine: Engine): Pick<Store, 'messages' | 'messageAt' | 'saveMessage'> {
  const { db } = engine;
  return {
    async messages(owner) {
      const rows = await db.selectFrom('messages').select('document').where('owner', '=', owner).orderBy('key').execute();
      return rows.map((row) => JSON.parse(row.document) as PostedMessage);
    },
    async messageAt(channel, ts) {
      const row = await db.selectFrom('messages').select('document').where('channel', '=', channel).where('ts', '=', ts).executeTakeFirst();
      return row && (JSON.parse(row.document) as PostedMessage);
    },
    async saveMessage(message, claim) {
      if (!claim) return save(db, message);
      await db.transaction().execute(async (tx) => {
        await checkFence(engine, tx, claim);
        await save(tx, message);
      });
    },
  };
}

async function save(db: Db | Tx, message: PostedMessage): Promise<void> {
  const { owner, key, channel } = message;
  const values = { channel, ts: message.ts ?? null, document: JSON.stringify(message) };
  await db
    .insertInto('messages')
    .values({ owner, key, ...values })
    .onConflict((conflict) => conflict.columns(['owner', 'key']).doUpdateSet(values))
    .execute();
}
