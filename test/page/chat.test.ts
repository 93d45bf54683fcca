import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startVisits, type Visits } from './support/visit.ts';

jest.setTimeout(60_000);

describe('the chat page', () => {
  let visits: Visits;
  beforeAll(async () => {
    visits = await startVisits();
  });
  afterAll(() => visits.stop());

  it('is where the first step is obvious, and a command is typed with hints by keyboard alone', async () => {
    const page = await visits.visit();
    await page.getByRole('complementary', { name: 'What to try next' }).getByText('/deploy prod').waitFor();
    await page.keyboard.type('/');
    const list = page.getByRole('listbox', { name: 'Commands' });
    await expect(list.getByRole('option').count()).resolves.toBe(3);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    await page.keyboard.type('dep');
    await page.keyboard.press('Tab');
    await page.getByText('[app] [to] environment[@revision] [reason]').waitFor();
    await page.keyboard.type('prod');
    await page.keyboard.press('Enter');
    await page.getByText('waiting for approval').waitFor();
    expect(visits.door.asked.findLast((call) => call.path === '/slack/type')?.body).toEqual({ user: 'U0ADA00001', channel: 'C0SHOP0001', text: '/deploy prod' });
    await expect(page.locator('.main textarea').inputValue()).resolves.toBe('');
  });

  it('says who has something waiting, and what is only for one pair of eyes', async () => {
    const page = await visits.visit('as=ada&at=C0GENERAL1');
    await page.getByRole('radio', { name: 'Grace Hopper, Release manager, 1 waiting' }).waitFor();
    await page.getByRole('navigation').getByRole('button', { name: /^shop/ }).click();
    await page.locator('.main').getByRole('button', { name: 'Approve', exact: true }).click();
    await page.locator('dialog.confirm').getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Only visible to you').waitFor();
    await page.getByText('You asked for this release').waitFor();
    await page.getByRole('radio', { name: /Grace Hopper/ }).click();
    await page.getByRole('radio', { name: /Grace Hopper/, checked: true }).waitFor();
    await page.getByText('You asked for this release').waitFor({ state: 'detached' });
  });

  it('marks what is unread until it is looked at', async () => {
    const page = await visits.visit('as=olive&at=C0GENERAL1');
    const shop = page.getByRole('navigation').getByRole('button', { name: /^shop/ });
    await page.locator('.line-unread', { hasText: 'shop' }).waitFor();
    await expect(shop.locator('.count').textContent()).resolves.toBe('1');
    await shop.click();
    await page.getByText('New', { exact: true }).waitFor();
    await page.locator('.line-unread', { hasText: 'shop' }).waitFor({ state: 'detached' });
  });

  it('asks before a click that wants it, and shows the thread as it goes on', async () => {
    const page = await visits.visit('as=grace&at=C0SHOP0001');
    await page.locator('.main').getByRole('button', { name: 'Approve', exact: true }).click();
    const before = visits.door.jack.clicks.length;
    await page.keyboard.press('Escape');
    await page.locator('dialog.confirm').waitFor({ state: 'detached' });
    expect(visits.door.jack.clicks).toHaveLength(before);
    await page.locator('.main').getByRole('button', { name: 'Approve', exact: true }).press('Enter');
    await page.locator('dialog.confirm').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.replies').click();
    const thread = page.getByRole('region', { name: 'Thread' });
    await thread.getByText('Approved by @Grace Hopper.').waitFor();
    await thread.getByText('Live on 4 of 4 instances').waitFor();
    expect(visits.door.jack.clicks.at(-1)).toMatchObject({ user: 'U0GRACE001', block_id: 'approval', action_id: 'approve', channel: 'C0SHOP0001' });
    await page.locator('.main').getByText('(edited)').waitFor();
    await page.getByRole('button', { name: 'Close the thread' }).click();
    await thread.waitFor({ state: 'detached' });
  });

  it('refuses a command in a thread with the words of Slack, and keeps what was typed', async () => {
    const page = await visits.visit('as=ada&at=C0SHOP0001');
    await page.locator('.replies').first().click();
    const field = page.getByRole('combobox', { name: 'Reply in thread' });
    await field.fill('/deploy prod');
    await field.press('Escape');
    await field.press('Enter');
    await page.getByRole('alert').getByText('/deploy is not supported in threads. Sorry!').waitFor();
    await expect(field.inputValue()).resolves.toBe('/deploy prod');
  });

  it('completes mentions, and says them as text', async () => {
    const page = await visits.visit('as=ada&at=C0GENERAL1');
    await page.locator('.main textarea').fill('');
    await page.keyboard.type('@gra');
    await page.keyboard.press('Enter');
    await page.keyboard.type('hello <b>:rocket:');
    await page.keyboard.press('Enter');
    const message = page.locator('.message').last();
    await message.getByText('hello').waitFor();
    expect(visits.door.asked.findLast((call) => call.path === '/slack/type')?.body['text']).toBe('@grace hello <b>:rocket:');
    await message.getByRole('img', { name: 'rocket' }).waitFor();
    await expect(message.locator('b', { hasText: ':rocket:' }).count()).resolves.toBe(0);
  });
});
