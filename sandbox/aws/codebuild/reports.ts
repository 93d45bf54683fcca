import type { JsonObject } from '../../json.ts';
import { randomUUID } from 'node:crypto';
import type { Build, Report, TestCase, Workshop } from './build.ts';
import type { Trouble } from './plan.ts';

/** Leaves the report of the tests that this build ran; none ran where it failed before or beside them. */
export function reportTests(workshop: Workshop, build: Build, trouble: Trouble | undefined): void {
  const { tests } = build.project;
  const failed = trouble?.failedTests ?? [];
  const stoppedBefore = trouble !== undefined && failed.length === 0 && trouble.phase !== 'POST_BUILD' && trouble.phase !== 'UPLOAD_ARTIFACTS';
  if (!tests || stoppedBefore) return;
  const { account } = workshop;
  const groupArn = `arn:aws:codebuild:${account.region}:${account.id}:report-group/${tests.reportGroup}`;
  const report: Report = {
    arn: `${groupArn.replace(':report-group/', ':report/')}:${randomUUID()}`,
    groupArn,
    name: tests.reportGroup,
    buildArn: build.arn,
    createdAt: account.clock.now(),
    cases: [
      ...failed.map((test): TestCase => ({ ...test, status: 'FAILED', nanoseconds: 12_000_000 })),
      ...tests.passed.filter((name) => !failed.some((test) => test.name === name)).map((name): TestCase => ({ name, suite: build.project.name, status: 'SUCCEEDED', message: '', nanoseconds: 3_000_000 })),
    ],
  };
  workshop.reports.push(report);
  build.reportArns.push(report.arn);
}

export function reportView(report: Report): JsonObject {
  const failed = report.cases.filter(({ status }) => status === 'FAILED').length;
  return {
    arn: report.arn,
    type: 'TEST',
    name: report.name,
    reportGroupArn: report.groupArn,
    executionId: report.buildArn,
    status: failed > 0 ? 'FAILED' : 'SUCCEEDED',
    created: new Date(report.createdAt),
    expired: new Date(report.createdAt + 30 * 24 * 3600 * 1000),
    exportConfig: { exportConfigType: 'NO_EXPORT' },
    truncated: false,
    testSummary: {
      total: report.cases.length,
      statusCounts: { ERROR: 0, FAILED: failed, SKIPPED: 0, SUCCEEDED: report.cases.length - failed, UNKNOWN: 0 },
      durationInNanoSeconds: report.cases.reduce((sum, { nanoseconds }) => sum + nanoseconds, 0),
    },
  };
}

export function testCaseView(report: Report, test: TestCase): JsonObject {
  return {
    reportArn: report.arn,
    testRawDataPath: 'junit.xml',
    prefix: '',
    name: test.name,
    testSuiteName: test.suite,
    status: test.status,
    durationInNanoSeconds: test.nanoseconds,
    message: test.message,
    expired: new Date(report.createdAt + 30 * 24 * 3600 * 1000),
  };
}
