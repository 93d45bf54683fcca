import type { Handler } from '../../engine/service.ts';
import type { JsonObject } from '../../../json.ts';
import type { Build, Workshop } from '../build.ts';
import { invalidInput, projectNotFound, reportNotFound } from '../errors.ts';
import { reportView, testCaseView } from '../reports.ts';
import { buildView, projectView } from '../view.ts';
import { retryBuild, startBuildByHand, stopBuild } from './change.ts';
import { typed } from '../../typed.ts';

const perPage = 100;

/** Projects may be asked for by ARN. */
const nameOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/** Every operation that the model knows. */
export function operations(workshop: Workshop): Readonly<Record<string, Handler>> {
  return {
    BatchGetBuilds: typed<{ readonly ids: readonly string[] }>(({ ids }) => {
      const found = ids.flatMap((id) => workshop.builds.find((build) => build.id === id || build.arn === id) ?? []);
      return { builds: found.map((build) => buildView(workshop, build)), buildsNotFound: ids.filter((id) => !found.some((build) => build.id === id || build.arn === id)) };
    }),
    BatchGetProjects: typed<{ readonly names: readonly string[] }>(({ names }) => {
      const found = names.flatMap((name) => workshop.projects.get(nameOf(name)) ?? []);
      return { projects: found.map((project) => projectView(workshop, project)), projectsNotFound: names.filter((name) => !workshop.projects.has(nameOf(name))) };
    }),
    BatchGetReports: typed<{ readonly reportArns: readonly string[] }>(({ reportArns }) => {
      const found = reportArns.flatMap((arn) => workshop.reports.find((report) => report.arn === arn) ?? []);
      return { reports: found.map(reportView), reportsNotFound: reportArns.filter((arn) => !found.some((report) => report.arn === arn)) };
    }),
    DescribeTestCases: typed<TestCasesInput>((input) => testCases(workshop, input)),
    ListBuildsForProject: typed<{ readonly projectName: string; readonly sortOrder?: string; readonly nextToken?: string }>((input) => {
      const { account } = workshop;
      if (!workshop.projects.has(input.projectName)) throw projectNotFound(account.region, account.id, input.projectName);
      const builds = workshop.builds.filter(({ project }) => project.name === input.projectName);
      const sorted: readonly Build[] = input.sortOrder === 'ASCENDING' ? builds : builds.toReversed();
      const { items, ...rest } = pageOf(sorted, perPage, input.nextToken);
      return { ids: items.map(({ id }) => id), ...rest };
    }),
    ListProjects: typed<{ readonly sortOrder?: string; readonly nextToken?: string }>((input) => {
      const names = [...workshop.projects.keys()].sort();
      const { items, ...rest } = pageOf(input.sortOrder === 'DESCENDING' ? names.toReversed() : names, perPage, input.nextToken);
      return { projects: items, ...rest };
    }),
    RetryBuild: retryBuild(workshop),
    StartBuild: startBuildByHand(workshop),
    StopBuild: stopBuild(workshop),
  };
}

interface TestCasesInput {
  readonly reportArn: string;
  readonly filter?: { readonly status?: string; readonly keyword?: string };
  readonly maxResults?: number;
  readonly nextToken?: string;
}

function testCases(workshop: Workshop, input: TestCasesInput): JsonObject {
  const report = workshop.reports.find(({ arn }) => arn === input.reportArn);
  if (!report) throw reportNotFound(input.reportArn);
  const { status, keyword } = input.filter ?? {};
  const cases = report.cases.filter((test) => (!status || test.status === status) && (!keyword || test.name.includes(keyword)));
  const { items, ...rest } = pageOf(cases, input.maxResults ?? perPage, input.nextToken);
  return { testCases: items.map((test) => testCaseView(report, test)), ...rest };
}

function pageOf<Item>(all: readonly Item[], size: number, nextToken: string | undefined): { items: readonly Item[]; nextToken?: string } {
  const from = nextToken === undefined ? 0 : Number(nextToken);
  if (!Number.isInteger(from) || from < 0) throw invalidInput('Invalid nextToken');
  const items = all.slice(from, from + size);
  return from + size < all.length ? { items, nextToken: String(from + size) } : { items };
}
