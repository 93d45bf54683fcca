import type { App } from '../domain/app.ts';
import type { LinkTarget } from '../ports.ts';

/** Console addresses are not documented by AWS; these forms were seen in the wild. */
export function consoleHost(region: string): string {
  if (region.startsWith('cn-')) return `https://${region}.console.amazonaws.cn`;
  if (region.startsWith('us-gov-')) return `https://${region}.console.amazonaws-us-gov.com`;
  return `https://${region}.console.aws.amazon.com`;
}

/** The console's page of one thing. */
export function linkTo(app: Pick<App, 'region'>, to: LinkTarget): string {
  const host = consoleHost(app.region);
  const region = encodeURIComponent(app.region);
  switch (to.kind) {
    case 'pipeline':
      return `${host}/codesuite/codepipeline/pipelines/${encodeURIComponent(to.pipeline)}/view?region=${region}`;
    case 'execution':
      return `${host}/codesuite/codepipeline/pipelines/${encodeURIComponent(to.pipeline)}/executions/${encodeURIComponent(to.executionId)}/visualization?region=${region}`;
    case 'environment':
      return `${host}/elasticbeanstalk/home?region=${region}#/environment/dashboard?environmentId=${encodeURIComponent(to.id)}`;
    case 'build':
      return `${host}/codesuite/codebuild/projects/${encodeURIComponent(to.buildId.split(':')[0] ?? '')}/build/${encodeURIComponent(to.buildId)}/log?region=${region}`;
    default:
      return to satisfies never;
  }
}

/** The events of an environment, where a failed deploy is told. */
export function environmentEventsLink(app: Pick<App, 'region' | 'application'>, environmentId: string): string {
  const query = `applicationName=${encodeURIComponent(app.application)}&environmentId=${encodeURIComponent(environmentId)}`;
  return `${consoleHost(app.region)}/elasticbeanstalk/home?region=${encodeURIComponent(app.region)}#/environment/events?${query}`;
}

/** A CloudWatch log stream, from `from` (epoch milliseconds) on where it is given. */
export function logStreamLink(region: string, stream: { readonly group: string; readonly stream: string; readonly from?: number }): string {
  const start = stream.from === undefined ? '' : `$3Fstart$3D${stream.from}`;
  return `${consoleHost(region)}/cloudwatch/home?region=${encodeURIComponent(region)}#logsV2:log-groups/log-group/${twice(stream.group)}/log-events/${twice(stream.stream)}${start}`;
}

const KNOWN_HOSTS = /^(?:[a-z0-9-]+\.)?console\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)$|^(?:github\.com|bitbucket\.org|gitlab\.com)$/;

/** The address if it is https on a console or a repository host; what AWS passes on can be anybody's. */
export function trustedUrl(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, hostname, username, port } = new URL(url);
  return protocol === 'https:' && username === '' && port === '' && KNOWN_HOSTS.test(hostname) ? url : undefined;
}

/** The console's own encoding of names in a fragment. */
function twice(name: string): string {
  return encodeURIComponent(encodeURIComponent(name)).replaceAll('%', '$');
}
