import type { Handler } from '../../engine/service.ts';
import { AwsError } from '../../engine/service.ts';
import type { Estate } from '../state/estate.ts';
import { createVersion } from '../state/versions.ts';
import { applicationView, versionView } from '../views/application.ts';
import { flag, number, object, page, text, texts } from './input.ts';

/** Applications and their versions. */
export function applicationHandlers(estate: Estate): Record<string, Handler> {
  return {
    DescribeApplications: (input) => {
      const names = texts(input, 'ApplicationNames');
      const all = [...estate.applications.values()].filter((each) => !names?.length || names.includes(each.name));
      return { Applications: all.map((each) => applicationView(estate, each)) };
    },
    CreateApplication: (input, caller) => {
      const name = text(input, 'ApplicationName') ?? '';
      if (estate.applications.has(name)) throw new AwsError('InvalidParameterValue', `Application ${name} already exists.`);
      const maxCount = maxCountOf(object(input, 'ResourceLifecycleConfig'));
      makeApplication(estate, name, text(input, 'Description') ?? '', maxCount);
      estate.sayOfApplication(name, 'createApplication completed successfully.', caller.requestId);
      return { Application: applicationView(estate, estate.application(name)) };
    },
    CreateApplicationVersion: (input, caller) => {
      const name = text(input, 'ApplicationName') ?? '';
      const label = text(input, 'VersionLabel') ?? '';
      if (flag(input, 'AutoCreateApplication') && !estate.applications.has(name)) makeApplication(estate, name, '', undefined);
      const bundle = object(input, 'SourceBundle');
      const source = object(input, 'SourceBuildInformation');
      const description = text(input, 'Description');
      const version = createVersion(estate, {
        application: name,
        label,
        process: flag(input, 'Process'),
        ...(description !== undefined && { description }),
        ...(bundle && { bundle: { bucket: text(bundle, 'S3Bucket') ?? '', key: text(bundle, 'S3Key') ?? '' } }),
        ...(source && { source: { SourceType: text(source, 'SourceType') ?? '', SourceRepository: text(source, 'SourceRepository') ?? '', SourceLocation: text(source, 'SourceLocation') ?? '' } }),
      });
      for (const message of ['createApplicationVersion is starting.', `Created new Application Version: ${label}`, 'createApplicationVersion completed successfully.']) {
        estate.sayOfApplication(name, message, caller.requestId, label);
      }
      return { ApplicationVersion: versionView(estate, version) };
    },
    DescribeApplicationVersions: (input) => {
      const name = text(input, 'ApplicationName');
      const labels = texts(input, 'VersionLabels');
      const applications = name === undefined ? [...estate.applications.values()] : [...estate.applications.values()].filter((each) => each.name === name);
      const all = applications.flatMap((each) => each.versions.toReversed()).filter((each) => !labels?.length || labels.includes(each.label));
      const { items, NextToken } = page(all, input);
      return { ApplicationVersions: items.map((each) => versionView(estate, each)), ...(NextToken !== undefined && { NextToken }) };
    },
  };
}

function maxCountOf(config: ReturnType<typeof object>): number | undefined {
  const rule = object(object(config ?? {}, 'VersionLifecycleConfig') ?? {}, 'MaxCountRule');
  return rule && flag(rule, 'Enabled') ? number(rule, 'MaxCount') : undefined;
}

function makeApplication(estate: Estate, name: string, description: string, maxCount: number | undefined): void {
  const now = estate.account.clock.now();
  estate.applications.set(name, { name, description, createdAt: now, updatedAt: now, deleteSourceFromS3: false, versions: [], ...(maxCount !== undefined && { maxCount }) });
}
