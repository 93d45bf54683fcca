import type { BuildMishap } from '../account.ts';
import { artifactTooLarge } from './build-artifact-too-large.ts';
import { commandFailed } from './build-command-failed.ts';
import { dependencyInstallFailed } from './build-dependency-install-failed.ts';
import { diskFull } from './build-disk-full.ts';
import { imagePull } from './build-image-pull.ts';
import { missingBuildspec } from './build-missing-buildspec.ts';
import { outOfMemory } from './build-out-of-memory.ts';
import { sourceAccessDenied } from './build-source-access-denied.ts';
import { testsFailed } from './build-tests-failed.ts';
import { timeout } from './build-timeout.ts';

/** What can go wrong in a CodeBuild project, in the order of the page's switches. */
export const buildMishaps: readonly BuildMishap[] = [
  commandFailed,
  testsFailed,
  dependencyInstallFailed,
  outOfMemory,
  diskFull,
  missingBuildspec,
  sourceAccessDenied,
  imagePull,
  timeout,
  artifactTooLarge,
];
