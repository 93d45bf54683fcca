/** What people type as commands, and the small words of their grammar. None can name an app or an environment: nobody could tell which is meant. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set([
  'abort', 'all', 'approve', 'approvals', 'at', 'audit', 'cancel', 'changes', 'deploy', 'digest', 'doctor', 'for', 'form', 'freeze', 'help', 'history', 'home',
  'incident', 'jack', 'lock', 'locks', 'logs', 'metrics', 'notify', 'promote', 'queue', 'redeploy', 'reject', 'release', 'releases', 'retry', 'rollback',
  'stats', 'status', 'steal', 'stop', 'thaw', 'to', 'unfreeze', 'unlock', 'until', 'version', 'versions', 'why',
]);
