const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript', tsx: false } }, module: { type: 'es6' } },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

/** Which tests run together: `unit` is the quick loop; the others start servers. */
export default {
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/test/{architecture,domain,reconciler,operations,commands,buttons,forms,views,config,diagnoses,aws,slack,cli,catalogue,docs}/**/*.test.ts', '<rootDir>/test/*.test.ts'] },
    { ...common, displayName: 'store', testMatch: ['<rootDir>/test/store/**/*.test.ts'] },
    { ...common, displayName: 'sandbox', testMatch: ['<rootDir>/test/sandbox/**/*.test.ts'] },
    { ...common, displayName: 'e2e', globalSetup: '<rootDir>/test/e2e/support/before-all.ts', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
    { ...common, displayName: 'page', testMatch: ['<rootDir>/test/page/**/*.test.ts'] },
  ],
};
