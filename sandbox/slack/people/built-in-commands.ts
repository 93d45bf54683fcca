/** Slack's own commands: an app cannot have them. From Slack's help page, not complete. */
export const BUILT_IN: ReadonlySet<string> = new Set([
  '/active', '/apps', '/archive', '/away', '/call', '/collapse', '/dm', '/dnd', '/expand', '/feed', '/feedback', '/huddle', '/invite', '/join', '/leave', '/me', '/msg', '/mute',
  '/open', '/prefs', '/remind', '/remove', '/rename', '/search', '/shortcuts', '/shrug', '/star', '/status', '/topic', '/who',
]);
