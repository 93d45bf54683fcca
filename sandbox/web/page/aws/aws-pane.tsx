import { useState, type ReactNode } from 'react';
import type { AwsState } from '../door/aws-shapes.ts';
import { useAnswer } from '../door/use-answer.ts';
import { AccountBar } from './account-bar.tsx';
import { EnvironmentCard } from './environment-card.tsx';
import { environmentsOf } from './facts.ts';
import { MishapCard } from './mishap-card.tsx';
import { PipelineCard } from './pipeline-card.tsx';
import { PushCard } from './push-card.tsx';

/** The AWS account as it is, and what one can do to it. `favourite` is the application of the channel that is open. */
export function AwsPane({ favourite }: { readonly favourite: string | undefined }): ReactNode {
  const { value, error } = useAnswer<AwsState>('/aws/state', 'aws');
  const [chosen, setChosen] = useState<{ readonly for: string | undefined; readonly name: string }>();
  const wanted = chosen && chosen.for === favourite ? chosen.name : favourite;
  const pipeline = value?.pipelines.find((candidate) => candidate.name === wanted) ?? value?.pipelines[0];
  return (
    <div className="aws" tabIndex={0} role="region" aria-label="AWS account">
      <AccountBar />
      {error !== undefined && <p className="aws-error" role="alert">{error}</p>}
      {value && pipeline && (
        <>
          {value.pipelines.length > 1 && (
            <div className="segments" role="radiogroup" aria-label="Application">
              {value.pipelines.map((one) => (
                <button key={one.name} type="button" role="radio" aria-checked={one === pipeline} onClick={() => setChosen({ for: favourite, name: one.name })}>{one.name}</button>
              ))}
            </div>
          )}
          {environmentsOf(value, pipeline).map((environment) => <EnvironmentCard key={environment.name} environment={environment} />)}
          <PipelineCard pipeline={pipeline} />
          <PushCard key={`push-${pipeline.name}`} pipeline={pipeline.name} />
          <MishapCard application={pipeline.name} />
        </>
      )}
    </div>
  );
}
