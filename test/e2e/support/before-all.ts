import { BUILT, bundleBot } from './bundle.ts';

/** Jest calls it once, before the first story. */
export default function beforeAllStories(): void {
  bundleBot();
  process.env[BUILT] = 'yes';
}
