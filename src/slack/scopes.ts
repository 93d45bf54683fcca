/** The bot scopes that Jack uses, as in manifest.yml (a test holds the two together). */
export const NEEDED_SCOPES: readonly string[] = [
  'app_mentions:read',
  'channels:history',
  'channels:join',
  'channels:read',
  'chat:write',
  'commands',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'usergroups:read',
  'users:read',
  'users:read.email',
];

/** Those of the needed scopes that were not granted. */
export function missingScopes(granted: readonly string[]): readonly string[] {
  const have = new Set(granted);
  return NEEDED_SCOPES.filter((scope) => !have.has(scope));
}
