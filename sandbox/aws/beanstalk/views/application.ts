import type { JsonObject } from '../../../json.ts';
import type { Estate } from '../state/estate.ts';
import type { Application, Version } from '../state/model.ts';

/** `ApplicationDescription`. */
export function applicationView(estate: Estate, application: Application): JsonObject {
  const { maxCount } = application;
  return {
    ApplicationArn: estate.arn('application', application.name),
    ApplicationName: application.name,
    Description: application.description,
    DateCreated: new Date(application.createdAt),
    DateUpdated: new Date(application.updatedAt),
    Versions: application.versions.map((each) => each.label).toReversed(),
    ConfigurationTemplates: [],
    ResourceLifecycleConfig: {
      VersionLifecycleConfig: {
        MaxCountRule: { Enabled: maxCount !== undefined, MaxCount: maxCount ?? 200, DeleteSourceFromS3: application.deleteSourceFromS3 },
        MaxAgeRule: { Enabled: false, MaxAgeInDays: 180, DeleteSourceFromS3: false },
      },
    },
  };
}

/** `ApplicationVersionDescription`. */
export function versionView(estate: Estate, version: Version): JsonObject {
  return {
    ApplicationVersionArn: estate.arn('applicationversion', `${version.application}/${version.label}`),
    ApplicationName: version.application,
    VersionLabel: version.label,
    DateCreated: new Date(version.createdAt),
    DateUpdated: new Date(version.updatedAt),
    Status: version.status,
    ...(version.description !== undefined && { Description: version.description }),
    ...(version.bundle && { SourceBundle: { S3Bucket: version.bundle.bucket, S3Key: version.bundle.key } }),
    ...(version.source && { SourceBuildInformation: version.source }),
  };
}
