import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { startFakePage } from './start-page.ts';
import type { FakeDoor } from './fake-door.ts';

export interface Visits {
  readonly door: FakeDoor;
  readonly url: string;
  /** A new visitor (own storage) at a place such as 'as=grace&at=C0SHOP0001'. */
  visit(place?: string, options?: BrowserContextOptions): Promise<Page>;
  /** The body of the last POST there with these members; waits for it. */
  askedFor(path: string, members?: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>;
  stop(): Promise<void>;
}

const PATIENCE_MS = 5000;
const PAUSE_MS = 25;

/** A page over a fake door, and a browser to look at it with. Errors of the page's scripts fail `stop`. */
export async function startVisits(): Promise<Visits> {
  const [page, browser]: [Awaited<ReturnType<typeof startFakePage>>, Browser] = await Promise.all([startFakePage({ pace: 20 }), openBrowser()]);
  const errors: string[] = [];
  return {
    door: page.door,
    url: page.url,
    visit: async (place = '', options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, timezoneId: 'Europe/Berlin', locale: 'en-GB', ...options });
      const tab = await context.newPage();
      tab.on('pageerror', (error) => errors.push(error.message));
      tab.on('console', (message) => {
        if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) errors.push(message.text());
      });
      await tab.goto(`${page.url}#${place}`);
      await tab.locator('.frame').waitFor();
      return tab;
    },
    askedFor: async (path, members = {}) => {
      const until = Date.now() + PATIENCE_MS;
      while (Date.now() < until) {
        const found = page.door.asked.findLast((call) => call.path === path && Object.entries(members).every(([name, value]) => call.body[name] === value));
        if (found) return found.body;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
      throw new Error(`The page did not ask for ${path}`);
    },
    stop: async () => {
      await browser.close();
      await page.stop();
      if (errors.length > 0) throw new Error(`The page had errors:\n${errors.join('\n')}`);
    },
  };
}
