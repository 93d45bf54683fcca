import { keepArtifact } from '../artifacts.ts';
import type { ActionJob, Runner } from './job.ts';

/** The action's `EnvironmentVariables`: a JSON array in a string. */
function environmentOf(configuration: Readonly<Record<string, string>>): { readonly name: string; readonly value: string }[] {
  const text = configuration['EnvironmentVariables'];
  return text ? (JSON.parse(text) as { name: string; value: string }[]).map(({ name, value }) => ({ name, value })) : [];
}

function primaryInput({ action }: ActionJob): ActionJob['action']['inputs'][number] | undefined {
  const name = action.resolved['PrimarySource'];
  return name ? action.inputs.find((input) => input.name === name) : action.inputs[0];
}

export const build: Runner = (job) => {
  const { book, action, execution } = job;
  const project = action.resolved['ProjectName'] ?? '';
  const commit = primaryInput(job)?.commit;
  if (!book.account.builds.hasProject(project)) {
    job.fail('JobFailed', `Error calling startBuild: Project cannot be found: arn:aws:codebuild:${book.account.region}:${book.account.id}:project/${project} (Service: AWSCodeBuild; Status Code: 400; Error Code: ResourceNotFoundException)`);
    return undefined;
  }
  if (!commit) {
    job.fail('JobFailed', 'The action has no input artifact.');
    return undefined;
  }
  const started = book.account.builds.start({
    project,
    initiator: `codepipeline/${execution.pipeline}`,
    commit,
    environment: environmentOf(action.resolved),
    onEnd: (result) => {
      if (result.status !== 'SUCCEEDED') return job.fail('JobFailed', result.message ?? `Build terminated with state: ${result.status}`);
      if (action.status !== 'InProgress') return;
      const outputs = (action.declaration.outputArtifacts ?? []).map(({ name }) => keepArtifact(book, execution, { name, files: result.output, commit, isSource: false }));
      job.succeed({ outputs });
    },
  });
  if (action.status === 'InProgress') {
    action.externalId = started.id;
    action.externalUrl = started.url;
  }
  return undefined;
};
