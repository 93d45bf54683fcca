import type { BuildMishap } from '../account.ts';

export const imagePull: BuildMishap = {
  id: 'image-pull',
  title: 'The build image cannot be pulled',
  source: 'github.com/aws-amplify/amplify-hosting/issues/1255 (BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE with the whole message)',
  kind: 'build',
  phase: 'PROVISIONING',
  statusCode: 'BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE',
  message:
    "Unable to pull customer's container image. CannotPullContainerError: Error response from daemon: toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit",
  logLines: [],
};
