/** What the demo's bot is told about the demo's account: everything else it finds in AWS. */
export const demoConfiguration = `# Written by "npm run demo" for the sandbox's workspace and account.
apps:
  - name: shop
    channel: C0SHOP0001
    region: us-east-1
    people: { owners: [U0OLIVE001], contributors: [U0ADA00001, U0GRACE001, U0LINUS001, U0MIN00001] }
    environments:
      dev: { verify: 5s }
      prod: { approval: { from: [S0APPROVE1, U0OLIVE001], count: 1, expires: 4h }, verify: 8s }
  - name: api
    channel: C0API00001
    region: us-east-1
    people: { owners: [U0OLIVE001], contributors: [U0ADA00001, U0GRACE001, U0LINUS001, U0MIN00001] }
    environments:
      staging: { verify: 5s }
      prod: { approval: { from: [S0APPROVE1, U0OLIVE001], count: 1, expires: 4h }, verify: 8s }
`;
