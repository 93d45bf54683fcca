import type { Store } from '../ports.ts';
import type { PostedMessage } from '../views/message.ts';
import type { Engine } from './engine.ts';

/** Which messages stand where, and which were about to be posted. */
export function messages({ db }: Engine): Pick<Store, 'messages' | 'messageAt' | 'saveMessage'> {
  return {
    async messages(owner) {
      const rows = await db.selectFrom('messages').select('document').where('owner', '=', owner).orderBy('key').execute();
      return rows.map((row) => JSON.parse(row.document) as PostedMessage);
    },
    async messageAt(channel, ts) {
      const row = await db.selectFrom('messages').select('document').where('channel', '=', channel).where('ts', '=', ts).executeTakeFirst();
      return row && (JSON.parse(row.document) as PostedMessage);
    },
    async saveMessage(message) {
      const { owner, key, channel } = message;
      const values = { channel, ts: message.ts ?? null, document: JSON.stringify(message) };
      await db
        .insertInto('messages')
        .values({ owner, key, ...values })
        .onConflict((conflict) => conflict.columns(['owner', 'key']).doUpdateSet(values))
        .execute();
    },
  };
}
