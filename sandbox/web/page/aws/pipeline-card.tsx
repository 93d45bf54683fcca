import { Fragment, type ReactNode } from 'react';
import type { Action, Pipeline, Stage } from '../door/aws-shapes.ts';
import { useTry } from '../notices.tsx';
import { ApprovalButtons } from './approval-buttons.tsx';
import { setTransition, startPipeline } from './console.ts';
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
  const [only, ...more] = stage.actions;
  const alone = more.length === 0 ? only : undefined;
  return (
    <li className="stage">
      <p className="stage-head">
        <StatusMark status={stage.status} />
        <b>{stage.name}</b>
        {alone && <span className="action-provider">{alone.provider}</span>}
        {execution !== undefined && <code>{shortId(execution)}</code>}
      </p>
      {alone ? (
        <ActionNotes pipeline={pipeline} stage={stage} action={alone} />
      ) : (
        <ul>
          {stage.actions.map((action) => (
            <li key={action.name} className="action">
              <p className="action-head">
                <StatusMark status={action.status} />
                <span>{action.name}</span>
                <span className="action-provider">{action.provider}</span>
              </p>
              <ActionNotes pipeline={pipeline} stage={stage} action={action} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function ActionNotes({ pipeline, stage, action }: { readonly pipeline: Pipeline; readonly stage: Stage; readonly action: Action }): ReactNode {
  const note = action.errorMessage ?? action.summary;
  return (
    <div className="action-notes">
      {note !== undefined && note !== '' && <p className={action.errorMessage === undefined ? 'action-note' : 'action-note action-error'} title={note}>{note}</p>}
      {action.token !== undefined && action.category === 'Approval' && pipeline.mode !== 'PARALLEL' && <ApprovalButtons waiting={{ pipeline: pipeline.name, stage: stage.name, action: action.name, token: action.token }} />}
    </div>
  );
}
