import { invalidNextToken } from '../errors.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken?: string;
}

/** A page after the item that the token names, so that what is added at the front moves nothing. `scope` binds a token to its listing. */
export function page<Item>(
  all: readonly Item[],
  request: { readonly scope: string; readonly maxResults: number; readonly nextToken?: string },
  idOf: (item: Item) => string,
): Page<Item> {
  const from = request.nextToken === undefined ? 0 : after(all, request.scope, request.nextToken, idOf);
  const items = all.slice(from, from + request.maxResults);
  const last = items.at(-1);
  if (!last || from + items.length >= all.length) return { items };
  return { items, nextToken: Buffer.from(JSON.stringify([request.scope, idOf(last)])).toString('base64') };
}

function after<Item>(all: readonly Item[], scope: string, token: string, idOf: (item: Item) => string): number {
  const index = all.findIndex((item) => idOf(item) === idIn(token, scope));
  if (index === -1) throw invalidNextToken();
  return index + 1;
}

function idIn(token: string, scope: string): string {
  const text = Buffer.from(token, 'base64').toString();
  if (!text.startsWith('["')) throw invalidNextToken();
  try {
    const [of, id] = JSON.parse(text) as [string, string];
    if (of === scope) return id;
  } catch (error) {
    throw Object.assign(invalidNextToken(), { cause: error });
  }
  throw invalidNextToken();
}
