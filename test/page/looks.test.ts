import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { findFaintTexts, findNamelessControls } from './support/contrast.ts';
import { startVisits, type Visits } from './support/visit.ts';

jest.setTimeout(90_000);

const PHONE = { width: 390, height: 780 };

const overflow = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** Waits until this is the one pane that is to be seen. */
async function only(page: Page, pane: string): Promise<void> {
  for (const one of ['.sidebar', '.main', '.sides']) await page.locator(one).waitFor({ state: one === pane ? 'visible' : 'hidden' });
}

describe('the page can be read', () => {
  let visits: Visits;
  beforeAll(async () => {
    visits = await startVisits();
    visits.door.jack.commanded('U0ADA00001', 'C0SHOP0001', '/deploy prod');
    visits.door.jack.failBuild();
    visits.door.slack.post({ channel: 'C0SHOP0001', user: 'U0LINUS001', text: `a word of ${'o'.repeat(300)} letters, and https://example.test/${'x'.repeat(200)}` });
  });
  afterAll(() => visits.stop());

  it.each(['light', 'dark'] as const)('in the %s theme: every text stands out and every control has a name', async (colorScheme) => {
    const page = await visits.visit('as=grace&at=C0SHOP0001', { colorScheme });
    await page.getByText(/2 of 214 tests failed/).first().waitFor();
    await page.getByRole('button', { name: 'Break something' }).click();
    await page.getByText('At the next build').waitFor();
    await expect(findFaintTexts(page, 4.5)).resolves.toEqual([]);
    await expect(findNamelessControls(page)).resolves.toEqual([]);
    await page.locator('.main .replies').last().click();
    await page.locator('.main textarea').fill('/deploy');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Deploy' }).waitFor();
    await expect(findFaintTexts(page, 4.5)).resolves.toEqual([]);
    await expect(findNamelessControls(page)).resolves.toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('switches between light and dark, and remembers', async () => {
    const page = await visits.visit('', { colorScheme: 'light' });
    const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.getByRole('button', { name: 'Use the dark theme' }).click();
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.reload();
    await page.locator('.frame').waitFor();
    await expect(ground()).resolves.toBe(dark);
  });

  it.each([1280, 1000, 1680])('at %d pixels, without sideways scrolling', async (width) => {
    const page = await visits.visit('as=grace&at=C0SHOP0001', { viewport: { width, height: 800 } });
    await page.getByText(/2 of 214 tests failed/).first().waitFor();
    await expect(overflow(page)).resolves.toBe(0);
    await page.locator('.main .replies').last().click();
    await page.getByRole('region', { name: 'Thread' }).waitFor();
    await expect(overflow(page)).resolves.toBe(0);
    await expect(page.locator('.side-aws').isVisible()).resolves.toBe(width === 1680);
  });

  it('on a phone: one pane at a time, with a way back', async () => {
    const page = await visits.visit('as=grace&at=C0SHOP0001', { viewport: PHONE, hasTouch: true });
    await page.getByText(/2 of 214 tests failed/).first().waitFor();
    await only(page, '.main');
    await expect(overflow(page)).resolves.toBe(0);
    await page.locator('.main .replies').last().click();
    await only(page, '.sides');
    await expect(overflow(page)).resolves.toBe(0);
    await page.getByRole('radio', { name: 'AWS' }).click();
    await page.getByRole('region', { name: 'Environment shop-prod' }).waitFor();
    await expect(overflow(page)).resolves.toBe(0);
    await page.goBack();
    await page.getByRole('button', { name: 'Back to the conversation' }).first().click();
    await only(page, '.main');
    await page.getByRole('button', { name: 'Back to the list' }).click();
    await only(page, '.sidebar');
    await page.getByRole('button', { name: 'api', exact: true }).click();
    await page.getByRole('heading', { name: '#api' }).waitFor();
  });

  it('shows Hangul in its own font', async () => {
    const page = await visits.visit('as=min&at=C0SHOP0001');
    await page.waitForFunction(async () => (await document.fonts.load("16px 'Noto Sans KR Variable'", '민지')).length > 0);
    await page.getByText('민지 Kim').first().waitFor();
  });
});
