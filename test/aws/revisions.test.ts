import { describe, expect, it } from '@jest/globals';
import { commitUrl, summaryOf, toRevision, withVariables } from '../../src/aws/revisions.ts';

const SHA = 'b7c0c5a1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f607';
const redirect = `https://us-east-1.console.aws.amazon.com/codesuite/settings/connections/redirect?connectionArn=arn:aws:codestar-connections:us-east-1:123456789012:connection/x&referenceType=COMMIT&FullRepositoryId=acme/api&Commit=${SHA}`;

describe('the summary of a revision', () => {
  it.each([
    ['Fix the price\n\nlong story', { text: 'Fix the price' }],
    ['{"ProviderType":"GitHub","CommitMessage":"Add \\"v2\\"\\n\\nbody"}', { text: 'Add "v2"', provider: 'GitHub' }],
    ['{"ProviderType":"GitLab","CommitMessage":"cut off in the mid', { text: 'cut off in the mid', provider: 'GitLab' }],
    ['{"ProviderType":"GitHub","CommitMessage":"ends in an escape\\', { text: 'ends in an escape', provider: 'GitHub' }],
    ['{"unrelated":1}', { text: '{"unrelated":1}' }],
    ['{not json at all', { text: '{not json at all' }],
    ['', {}],
    [undefined, {}],
  ])('%j is read as %j', (told, expected) => {
    expect(summaryOf(told)).toEqual(expected);
  });
});

describe('the address of a commit', () => {
  it.each([
    ['GitHub', `https://github.com/acme/api/commit/${SHA}`],
    ['Bitbucket', `https://bitbucket.org/acme/api/commits/${SHA}`],
    ['GitLab', `https://gitlab.com/acme/api/-/commit/${SHA}`],
    [undefined, redirect],
  ])('leads to %s', (provider, expected) => {
    expect(commitUrl(redirect, provider)).toBe(expected);
  });

  it('is dropped where it leads elsewhere', () => {
    expect(commitUrl('https://evil.example/commit', 'GitHub')).toBeUndefined();
    expect(commitUrl(redirect.replace('acme/api', '%3Cscript%3E'), 'GitHub')).not.toContain('github.com');
  });
});

describe('a revision', () => {
  it('keeps what AWS told and leaves out what it did not', () => {
    expect(toRevision({ actionName: 'Source', revisionId: SHA, revisionSummary: 'Hello' })).toEqual({ id: SHA, summary: 'Hello', sourceAction: 'Source' });
    expect(toRevision({ revisionId: '' })).toEqual({});
  });

  it('takes author and message from the source action where the revision lacks them', () => {
    const variables = { CommitId: SHA, CommitMessage: 'Hello\nbody', AuthorDisplayName: 'Ada', AuthorEmail: 'ada@acme.test' };
    expect(withVariables({ id: SHA }, variables)).toEqual({ id: SHA, summary: 'Hello', author: { name: 'Ada', email: 'ada@acme.test' } });
    expect(withVariables({ id: 'another' }, variables)).toEqual({ id: 'another' });
  });
});
