import type { Method } from './method.ts';
import { authMethods } from './auth.ts';
import { blocksMethods } from './blocks.ts';
import { bookmarkMethods } from './bookmarks.ts';
import { chatMethods } from './chat.ts';
import { chatMoreMethods } from './chat-more.ts';
import { channelMethods } from './channels.ts';
import { fileMethods } from './files.ts';
import { historyMethods } from './history.ts';
import { markMethods } from './marks.ts';
import { userMethods } from './users.ts';
import { usergroupMethods } from './usergroups.ts';
import { viewMethods } from './views.ts';

/** Every method of the Web API that exists here; any other is answered with `unknown_method`. */
export const methods: ReadonlyMap<string, Method> = new Map(
  [
    ...authMethods, ...blocksMethods, ...bookmarkMethods, ...chatMethods, ...chatMoreMethods, ...channelMethods, ...fileMethods, ...historyMethods, ...markMethods,
    ...userMethods, ...usergroupMethods, ...viewMethods,
  ].map((method) => [method.name, method]),
);
