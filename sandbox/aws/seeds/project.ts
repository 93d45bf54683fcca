import type { SeedProject } from '../seed.ts';

/** A Node.js project whose build takes about 90 s. */
export function nodeProject(name: string, tests: readonly string[]): SeedProject {
  return {
    name,
    description: `Builds and tests ${name.replace(/-build$/, '')}`,
    image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
    computeType: 'BUILD_GENERAL1_SMALL',
    buildspec: 'buildspec.yml',
    serviceRole: `arn:aws:iam::123456789012:role/${name}`,
    timeoutInMinutes: 60,
    logGroup: `/aws/codebuild/${name}`,
    tests: { reportGroup: `${name}-jest`, passed: tests },
    phases: [
      { phase: 'SUBMITTED', seconds: 0, lines: [] },
      { phase: 'QUEUED', seconds: 1, lines: [] },
      { phase: 'PROVISIONING', seconds: 12, lines: ['Waiting for agent ping', 'Waiting for DOWNLOAD_SOURCE'] },
      { phase: 'DOWNLOAD_SOURCE', seconds: 3, lines: ['Phase is DOWNLOAD_SOURCE', 'CODEBUILD_SRC_DIR=/codebuild/output/src1234/src', 'YAML location is /codebuild/output/src1234/src/buildspec.yml', 'Processing environment variables'] },
      { phase: 'INSTALL', seconds: 18, lines: ['Entering phase INSTALL', 'Running command npm ci', 'added 412 packages in 15s', 'found 0 vulnerabilities'] },
      { phase: 'PRE_BUILD', seconds: 8, lines: ['Entering phase PRE_BUILD', 'Running command npm run lint'] },
      { phase: 'BUILD', seconds: 38, lines: ['Entering phase BUILD', 'Running command npm test', ...tests.map((test) => `  ✓ ${test}`), `Tests:       ${tests.length} passed, ${tests.length} total`, 'Running command npm run build'] },
      { phase: 'POST_BUILD', seconds: 4, lines: ['Entering phase POST_BUILD', 'Running command npm prune --omit=dev'] },
      { phase: 'UPLOAD_ARTIFACTS', seconds: 4, lines: ['Expanding base directory path: .', 'Assembling file list', 'Found 6 file(s)'] },
      { phase: 'FINALIZING', seconds: 2, lines: [] },
      { phase: 'COMPLETED', seconds: 0, lines: [] },
    ],
  };
}
