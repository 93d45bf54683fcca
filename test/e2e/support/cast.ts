import { CONFIG } from './stage.ts';

/** As in the demo, with short truth checks: what is waited for in a story is a change, never a clock. */
export const QUICK = CONFIG.replaceAll('verify: 1s', 'verify: 200ms');

/** The headline of a release that is live. */
export const LIVE = /\*  live$/m;
