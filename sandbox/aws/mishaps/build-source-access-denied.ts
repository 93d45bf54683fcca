import type { BuildMishap } from '../account.ts';

export const sourceAccessDenied: BuildMishap = {
  id: 'source-access-denied',
  title: 'CodeBuild may not read the source',
  source: 'public build logs: "AccessDenied: Access Denied status code: 403, request id: …, host id: … for primary source and source version arn:aws:s3:::…" after "Waiting for DOWNLOAD_SOURCE"; the status code CLIENT_ERROR from the same phase',
  kind: 'build',
  phase: 'DOWNLOAD_SOURCE',
  statusCode: 'CLIENT_ERROR',
  message:
    'AccessDenied: Access Denied\n\tstatus code: 403, request id: 96KYTW0Q30FT9V3B, host id: C/+ft3zw+XZr9KpmMbAf7R4ZjpPezmvSUD76uupbklPTBhQYVZJy6hYZStw54tdb1X40T+FtgDQ= for primary source and source version arn:aws:s3:::codepipeline-us-east-1-123456789012/shop/SourceOutp/hboHRXi',
  logLines: [
    'AccessDenied: Access Denied',
    '\tstatus code: 403, request id: 96KYTW0Q30FT9V3B, host id: C/+ft3zw+XZr9KpmMbAf7R4ZjpPezmvSUD76uupbklPTBhQYVZJy6hYZStw54tdb1X40T+FtgDQ= for primary source and source version arn:aws:s3:::codepipeline-us-east-1-123456789012/shop/SourceOutp/hboHRXi',
  ],
};
