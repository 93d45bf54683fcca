import type { Estate } from './estate.ts';
import { noBundle, versionExists } from '../errors.ts';
import type { Application, Version } from './model.ts';

export interface NewVersion {
  readonly application: string;
  readonly label: string;
  readonly description?: string;
  readonly bundle?: { readonly bucket: string; readonly key: string };
  readonly source?: Version['source'];
  readonly process?: boolean;
}

/** Makes an application version; then the application's lifecycle policy takes its toll. Throws Beanstalk's words. */
export function createVersion(estate: Estate, made: NewVersion): Version {
  const application = estate.application(made.application);
  if (application.versions.some((each) => each.label === made.label)) throw versionExists(made.label);
  const { bundle } = made;
  if (bundle && !estate.account.objects.get(bundle.bucket, bundle.key)) throw noBundle(bundle.bucket, bundle.key);
  const now = estate.account.clock.now();
  const version: Version = {
    application: application.name,
    label: made.label,
    createdAt: now,
    updatedAt: now,
    status: made.process === true ? 'Processed' : 'Unprocessed',
    ...(made.description !== undefined && { description: made.description }),
    ...(bundle && { bundle }),
    ...(made.source && { source: made.source }),
  };
  application.versions.push(version);
  application.updatedAt = now;
  forgetOldest(estate, application);
  estate.changed();
  return version;
}

/** The count rule of the lifecycle policy: the oldest go, but never one that an environment says it runs or is being given. */
function forgetOldest(estate: Estate, application: Application): void {
  if (application.maxCount === undefined) return;
  const inUse = new Set<string | undefined>(estate.environments.filter((each) => each.application === application.name && each.status !== 'Terminated').flatMap((each) => [each.versionLabel, each.operation?.label]));
  const newest = application.versions.at(-1);
  const removable = application.versions.filter((each) => each !== newest && !inUse.has(each.label));
  const gone = removable.slice(0, Math.max(0, application.versions.length - application.maxCount));
  application.versions = application.versions.filter((each) => !gone.includes(each));
}
