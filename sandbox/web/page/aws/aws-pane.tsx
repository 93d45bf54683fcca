import { useState, type ReactNode } from 'react';
import type { AwsState, Pipeline } from '../door/aws-shapes.ts';
import { useAnswer } from '../door/use-answer.ts';
import { AccountBar } from './account-bar.tsx';
import { EnvironmentCard } from './environment-card.tsx';
import { environmentsOf } from './facts.ts';
import { PipelineCard } from './pipeline-card.tsx';
import { TroubleBar } from './trouble-bar.tsx';
import { useVersionCommits } from './version-commits.ts';

/** The AWS account as it is, and what one can do to it. `favourite` is the application of the channel that is open. */
export function AwsPane({ favourite }: { readonly favourite: string | undefined }): ReactNode {
  const { value, error } = useAnswer<AwsState>('/aws/state', 'aws');
  const [chosen, setChosen] = useState<{ readonly for: string | undefined; readonly name: string }>();
  const wanted = chosen && chosen.for === favourite ? chosen.name : favourite;
  const pipeline = value?.pipelines.find((candidate) => candidate.name === wanted) ?? value?.pipelines[0];
  const names = value?.pipelines.map((one) => one.name) ?? [];
  return (
    <>
      <div className="aws" tabIndex={0} role="region" aria-label="AWS account">
        <AccountBar names={names} chosen={pipeline?.name} onChoose={(name) => setChosen({ for: favourite, name })} />
        {error !== undefined && <p className="aws-error" role="alert">{error}</p>}
        {value && pipeline && <Application key={pipeline.name} state={value} pipeline={pipeline} />}
      </div>
      {pipeline && <TroubleBar application={pipeline.name} />}
    </>
  );
}

function Application({ state, pipeline }: { readonly state: AwsState; readonly pipeline: Pipeline }): ReactNode {
  const environments = environmentsOf(state, pipeline);
  const labels = [...new Set(environments.flatMap((environment) => [environment.version, ...environment.instances.map((instance) => instance.version)]))].join(' ');
  const commits = useVersionCommits(environments[0]?.application ?? pipeline.name, pipeline.name, labels);
  return (
    <>
      {environments.map((environment) => <EnvironmentCard key={environment.name} environment={environment} commits={commits} />)}
      <PipelineCard pipeline={pipeline} />
    </>
  );
}
