import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startVisits, type Visits } from './support/visit.ts';

jest.setTimeout(60_000);

describe('a form of the bot', () => {
  let visits: Visits;
  beforeAll(async () => {
    visits = await startVisits();
  });
  afterAll(() => visits.stop());

  it('is filled in by keyboard, shows what is wrong beside the field, and is sent', async () => {
    const page = await visits.visit('as=ada&at=C0SHOP0001');
    await page.locator('.main textarea').fill('/deploy');
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: 'Deploy' });
    const environment = form.getByRole('combobox', { name: 'Environment' });
    await environment.waitFor();
    await page.waitForFunction(() => document.activeElement?.closest('dialog') !== null);
    await page.keyboard.type('sta');
    await page.getByRole('option', { name: 'staging' }).waitFor();
    await page.keyboard.press('Enter');
    await expect(environment.inputValue()).resolves.toBe('staging');
    const revision = form.getByRole('combobox', { name: 'Revision' });
    await revision.fill('장바구니');
    await page.getByRole('option', { name: /17cb05d/ }).waitFor();
    await page.keyboard.press('Enter');
    await form.getByRole('button', { name: 'Deploy' }).click();
    await form.getByRole('alert').getByText('Say in a few words why').waitFor();
    const reason = form.getByRole('textbox', { name: 'Reason' });
    await expect(reason.getAttribute('aria-invalid')).resolves.toBe('true');
    await reason.fill('Legal wants it');
    await form.getByRole('checkbox', { name: /Lock prod/ }).check();
    await form.getByRole('combobox', { name: 'Also tell' }).fill('민지');
    await page.getByRole('option', { name: /민지 Kim/ }).click();
    await form.getByRole('button', { name: 'Deploy' }).click();
    await form.waitFor({ state: 'detached' });
    const sent = visits.door.asked.findLast((call) => call.path === '/slack/submit')?.body['values'];
    expect(sent).toMatchObject({
      environment: { environment: 'api/staging' },
      revision: { revision: { value: '17cb05d', text: { text: '17cb05d 장바구니 수정' } } },
      reason: { reason: 'Legal wants it' },
      notify: { notify: ['U0MIN00001'] },
      how: { how: ['lock'] },
    });
    expect(visits.door.jack.clicks.at(-1)).toMatchObject({ action_id: 'environment', value: 'api/staging', view_id: 'V1' });
  });

  it('is closed by Escape, list first', async () => {
    const page = await visits.visit('as=linus&at=C0SHOP0001');
    await page.locator('.main textarea').fill('/deploy');
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: 'Deploy' });
    await form.getByRole('combobox', { name: 'Environment' }).click();
    await page.getByRole('option', { name: 'dev' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('option', { name: 'dev' }).waitFor({ state: 'detached' });
    await expect(form.isVisible()).resolves.toBe(true);
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    expect(await visits.askedFor('/slack/close')).toEqual({ user: 'U0LINUS001', view_id: 'V1' });
  });

  it('stands on the home tab as well', async () => {
    const page = await visits.visit('as=grace&at=home');
    await page.getByText('Waiting for you').waitFor();
    await page.getByRole('button', { name: 'Deploy…' }).first().click();
    await page.getByRole('dialog', { name: 'Deploy' }).waitFor();
    expect(visits.door.jack.clicks.at(-1)).toMatchObject({ view_id: 'H-U0GRACE001', action_id: 'approve-other' });
  });
});
