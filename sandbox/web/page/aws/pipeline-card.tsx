import { Fragment, type ReactNode } from 'react';
import type { Action, Pipeline, Stage } from '../door/aws-shapes.ts';
import { useTry } from '../notices.tsx';
import { decideApproval, setTransition, startPipeline } from './console.ts';
import { ExecutionList } from './execution-list.tsx';
import { executionId, shortId } from './facts.ts';
import { StatusMark } from './status-mark.tsx';

/** A pipeline as its console page shows it: stages from top to bottom, transitions between, executions below. */
export function PipelineCard({ pipeline }: { readonly pipeline: Pipeline }): ReactNode {
  const attempt = useTry();
  return (
    <section className="card" aria-label={`Pipeline ${pipeline.name}`}>
      <header className="card-head">
        <h3>{pipeline.name}</h3>
        <span className="card-kind">CodePipeline · {pipeline.mode}</span>
        <button type="button" className="button button-small" onClick={() => void attempt(() => startPipeline(pipeline.name))}>Start</button>
      </header>
      <ol className="stages">
        {pipeline.stages.map((stage, at) => (
          <Fragment key={stage.name}>
            {at > 0 && <Transition pipeline={pipeline} stage={stage} />}
            <StageRow pipeline={pipeline} stage={stage} />
          </Fragment>
        ))}
      </ol>
      <ExecutionList pipeline={pipeline} />
    </section>
  );
}

function Transition({ pipeline, stage }: { readonly pipeline: Pipeline; readonly stage: Stage }): ReactNode {
  const attempt = useTry();
  const enabled = stage.transition?.enabled !== false;
  const waiting = (stage.inbound ?? []).map((execution) => executionId(execution)).filter((id) => id !== undefined);
  return (
    <li className={enabled ? 'transition' : 'transition transition-closed'}>
      <button type="button" role="switch" aria-checked={enabled} aria-label={`Transition into ${stage.name}`} title={enabled ? 'Disable this transition' : 'Enable this transition'} onClick={() => void attempt(() => setTransition(pipeline.name, stage.name, !enabled))} />
      {!enabled && <span className="transition-reason">Closed: {stage.transition?.reason ?? 'no reason given'}</span>}
      {waiting.map((id) => <span key={id} className="waits">{shortId(id)} waits</span>)}
    </li>
  );
}

function StageRow({ pipeline, stage }: { readonly pipeline: Pipeline; readonly stage: Stage }): ReactNode {
  const execution = executionId(stage.execution);
  return (
    <li className="stage">
      <p className="stage-head">
        <StatusMark status={stage.status} />
        <b>{stage.name}</b>
        {execution !== undefined && <code>{shortId(execution)}</code>}
      </p>
      <ul>
        {stage.actions.map((action) => <ActionRow key={action.name} pipeline={pipeline} stage={stage} action={action} />)}
      </ul>
    </li>
  );
}

function ActionRow({ pipeline, stage, action }: { readonly pipeline: Pipeline; readonly stage: Stage; readonly action: Action }): ReactNode {
  const attempt = useTry();
  const note = action.errorMessage ?? action.summary;
  const waits = action.token !== undefined && action.status === 'InProgress';
  return (
    <li className="action">
      <StatusMark status={action.status} />
      <span className="action-name">{action.name}</span>
      <span className="action-provider">{action.provider}</span>
      {note !== undefined && note !== '' && <p className={action.errorMessage === undefined ? 'action-note' : 'action-note action-error'}>{note}</p>}
      {waits && (
        <p className="action-approval">
          <span>Olive, in the console:</span>
          <button type="button" className="button button-small" onClick={() => void attempt(() => decideApproval(pipeline, stage, action, 'Approved'))}>Approve</button>
          <button type="button" className="button button-small" onClick={() => void attempt(() => decideApproval(pipeline, stage, action, 'Rejected'))}>Reject</button>
        </p>
      )}
    </li>
  );
}
