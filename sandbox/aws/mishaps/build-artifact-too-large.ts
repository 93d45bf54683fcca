import type { BuildMishap } from '../account.ts';

export const artifactTooLarge: BuildMishap = {
  id: 'artifact-too-large',
  title: 'The artifact is too large',
  source: 'S3’s documented error EntityTooLarge; that CodeBuild wraps it in CLIENT_ERROR in phase UPLOAD_ARTIFACTS is assumed',
  kind: 'build',
  phase: 'UPLOAD_ARTIFACTS',
  statusCode: 'CLIENT_ERROR',
  message: 'EntityTooLarge: Your proposed upload exceeds the maximum allowed size\n\tstatus code: 400, request id: 5B21C31B2F4A7D1E',
  logLines: ['Expanding base directory path: .', 'Assembling file list', 'Expanding .', 'Expanding file paths for base directory .', 'Expanding **/*', 'Found 48231 file(s)'],
};
