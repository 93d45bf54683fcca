import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startDemo, type Demo } from '../sandbox/demo/start.ts';
import { openBrowser } from './page/support/browser.ts';

const IMAGES = fileURLToPath(new URL('../docs/images/', import.meta.url));
const WIDE = { width: 1280, height: 800 };
const LONG_MS = 120_000;

/** `npm run screenshots`: the demo, driven in a browser as a person would, and what it looked like in `docs/images`. */
async function main(): Promise<void> {
  await mkdir(IMAGES, { recursive: true });
  const demo = await startDemo({ port: 0, speed: 40, bot: true });
  const browser = await openBrowser();
  try {
    await takeAll(browser, demo);
  } finally {
    await browser.close();
    await demo.stop();
  }
}

async function takeAll(browser: Browser, demo: Demo): Promise<void> {
  const ada = await open(browser, demo, 'as=ada&at=C0SHOP0001', { viewport: WIDE });
  await type(ada, '/deploy prod Prices with tax, as legal asked');
  await ada.locator('.main .message', { hasText: /waiting for approval/ }).waitFor({ timeout: LONG_MS });
  await ada.locator('.main .replies').last().click();
  await ada.locator('.side-thread .button-primary').first().waitFor({ timeout: LONG_MS });
  await take(ada, 'release-waiting');
  await ada.getByRole('button', { name: 'Close the thread' }).click();
  await takeForm(ada);
  await ada.context().close();

  const grace = await open(browser, demo, 'as=grace&at=home', { viewport: WIDE });
  await grace.locator('.home .block').first().waitFor({ timeout: LONG_MS });
  await take(grace, 'home-tab');
  await grace.context().close();

  const narrow = await open(browser, demo, 'as=grace&at=C0SHOP0001', { viewport: { width: 390, height: 780 }, deviceScaleFactor: 2 });
  await narrow.locator('.main .replies').last().click();
  await narrow.locator('.side-thread .button-primary').first().waitFor({ timeout: LONG_MS });
  await take(narrow, 'narrow');
  await narrow.context().close();

  await takeRolling(browser, demo);

  await takeFailure(browser, demo);
}

async function takeForm(page: Page): Promise<void> {
  await type(page, '/deploy');
  const form = page.getByRole('dialog', { name: 'Deploy' });
  await form.getByText('Runs there now').waitFor({ timeout: LONG_MS });
  await form.getByRole('combobox').first().click();
  await page.getByRole('option', { name: /shop → prod/ }).click();
  await form.getByText(/Delivery|delivery dates/).first().waitFor({ timeout: LONG_MS });
  await take(page, 'deploy-form');
}

/** Grace approves, and half of production has the new version. */
async function takeRolling(browser: Browser, demo: Demo): Promise<void> {
  const page = await open(browser, demo, 'as=grace&at=C0SHOP0001', { viewport: { width: 1720, height: 900 } });
  await page.locator('.main .replies').last().click();
  await page.locator('.side-thread .button-primary').first().click();
  const confirm = page.locator('dialog.confirm .button-primary');
  await confirm.click({ timeout: 1000 }).catch(() => undefined);
  await page.locator('.mixed').waitFor({ timeout: LONG_MS });
  await take(page, 'rolling-deploy');
  await page.locator('.side-thread .message', { hasText: /\blive\b/i }).first().waitFor({ timeout: LONG_MS });
  await page.context().close();
}

/** A push whose tests fail: Linus sees in the thread why. */
async function takeFailure(browser: Browser, demo: Demo): Promise<void> {
  const page = await open(browser, demo, 'as=linus&at=C0SHOP0001', { viewport: WIDE, colorScheme: 'dark' });
  await page.getByRole('button', { name: 'Break something' }).click();
  await page.getByRole('button', { name: /^Tests fail\./ }).click();
  await page.getByRole('button', { name: 'Push a commit' }).click();
  await page.getByRole('button', { name: 'Push', exact: true }).click();
  const failed = page.locator('.main .message', { hasText: /shop → prod\s+failed/ });
  await failed.locator('.replies').last().click({ timeout: LONG_MS });
  await page.locator('.side-thread .text-pre').first().waitFor({ timeout: LONG_MS });
  await take(page, 'failure-thread');
  await page.context().close();
}

async function open(browser: Browser, demo: Demo, place: string, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin', ...options });
  const page = await context.newPage();
  await page.goto(`${demo.addresses.pageUrl}#${place}`);
  await page.locator('.frame').waitFor();
  return page;
}

async function type(page: Page, text: string): Promise<void> {
  await page.locator('.main textarea').fill(text);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
}

async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  // Fonts and the sheet of emoji come after the first layout.
  await page.waitForTimeout(700);
  await page.screenshot({ path: `${IMAGES}${name}.png` });
  console.log(`docs/images/${name}.png`);
}

main().then(
  () => process.exit(0),
  (problem: unknown) => {
    console.error(problem);
    process.exit(1);
  },
);
