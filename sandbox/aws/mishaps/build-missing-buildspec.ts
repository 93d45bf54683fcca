import type { BuildMishap } from '../account.ts';

export const missingBuildspec: BuildMishap = {
  id: 'missing-buildspec',
  title: 'The buildspec is missing',
  source: 'github.com/meanjs/mean/issues/1865 (YAML_FILE_ERROR Message: YAML file does not exist), in phase DOWNLOAD_SOURCE',
  kind: 'build',
  phase: 'DOWNLOAD_SOURCE',
  statusCode: 'YAML_FILE_ERROR',
  message: 'YAML file does not exist',
  logLines: ['CODEBUILD_SRC_DIR=/codebuild/output/src1234/src'],
};
