import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startVisits, type Visits } from './support/visit.ts';

jest.setTimeout(60_000);

describe('the AWS account beside the chat', () => {
  let visits: Visits;
  beforeAll(async () => {
    visits = await startVisits();
  });
  afterAll(() => visits.stop());

  it('shows which version is on how many instances, as it changes', async () => {
    const page = await visits.visit();
    const prod = page.getByRole('region', { name: 'Environment shop-prod' });
    const instances = prod.getByRole('list', { name: 'Instances' }).getByRole('listitem');
    await instances.first().waitFor();
    await expect(instances.count()).resolves.toBe(4);
    visits.door.aws.moveTo('deploying', 2);
    await prod.getByText('2 on …-6b07cb4, 2 on …-17cb05d').waitFor();
    await prod.getByText('Updating', { exact: true }).waitFor();
    visits.door.aws.moveTo('approval', 0);
  });

  it('is acted upon as Olive in the console', async () => {
    const page = await visits.visit();
    await page.getByRole('region', { name: 'Pipeline shop' }).getByRole('button', { name: 'Approve' }).click();
    expect(await visits.askedFor('/aws/console', { operation: 'PutApprovalResult' })).toMatchObject({ as: 'olive', service: 'codepipeline', input: { pipelineName: 'shop', stageName: 'Prod', actionName: 'ApproveProd', token: 'token-1', result: { status: 'Approved' } } });
  });

  it('breaks once where one asks for it, and says what is armed', async () => {
    const page = await visits.visit();
    await page.getByRole('button', { name: 'Break something' }).click();
    await page.getByRole('button', { name: 'The tests fail. At the next build shop-build' }).click();
    await page.getByRole('button', { name: /The tests fail: shop-build/ }).waitFor();
    expect(visits.door.aws.armed).toEqual([{ id: 'tests-failed', place: 'shop-build', times: 1 }]);
    await page.getByRole('button', { name: /The tests fail: shop-build/ }).click();
    await page.getByRole('button', { name: /The tests fail: shop-build/ }).waitFor({ state: 'detached' });
    expect(visits.door.aws.armed).toEqual([]);
  });

  it('takes a push by whoever one chooses', async () => {
    const page = await visits.visit();
    await page.getByRole('button', { name: 'Push a commit' }).click();
    await page.getByLabel('Author').selectOption('min');
    await page.getByRole('textbox', { name: 'Message' }).fill('결제 수정');
    await page.getByRole('button', { name: 'Push', exact: true }).click();
    await page.getByLabel('Author').waitFor({ state: 'detached' });
    expect(visits.door.aws.pushed.at(-1)).toEqual({ repository: 'shop', branch: 'main', author: { name: '민지 Kim', email: 'min@acme.test' }, message: '결제 수정' });
  });

  it('runs faster when told to', async () => {
    const page = await visits.visit();
    await page.getByLabel('Speed').selectOption('40');
    await page.getByRole('option', { name: '×40', selected: true }).waitFor({ state: 'attached' });
    expect(visits.door.aws.speed).toBe(40);
  });
});
