import type { ReactNode } from 'react';
import type { Execution, Pipeline } from '../door/aws-shapes.ts';
import { useTry } from '../notices.tsx';
import { Plain } from '../text/formatted.tsx';
import { ApprovalButtons } from './approval-buttons.tsx';
import { stopExecution } from './console.ts';
import { authorOf, shortCommit, shortId, triggerOf } from './facts.ts';
import { StatusMark } from './status-mark.tsx';

const SHOWN = 5;

/** The newest executions, with what each brings. */
export function ExecutionList({ pipeline }: { readonly pipeline: Pipeline }): ReactNode {
  return (
    <ul className="executions" aria-label="Executions">
      {pipeline.executions.slice(0, SHOWN).map((execution) => <ExecutionRow key={execution.id} pipeline={pipeline} execution={execution} />)}
    </ul>
  );
}

function ExecutionRow({ pipeline, execution }: { readonly pipeline: Pipeline; readonly execution: Execution }): ReactNode {
  const attempt = useTry();
  const waiting = pipeline.mode === 'PARALLEL' ? (execution.approvals ?? []) : [];
  return (
    <li>
      <div className="execution">
        <StatusMark status={execution.status} />
        <code title={execution.id}>{shortId(execution.id)}</code>
        <span className="execution-what">
          <b>{shortCommit(execution.commit)}</b> <Plain text={execution.message?.split('\n')[0] ?? ''} />
        </span>
        <small>{[authorOf(execution), triggerOf(execution)].filter(Boolean).join(' · ')}</small>
        {execution.status === 'InProgress' && (
          <button type="button" className="button button-small" aria-label={`Stop ${shortId(execution.id)}`} onClick={() => void attempt(() => stopExecution(pipeline.name, execution.id))}>Stop</button>
        )}
      </div>
      {waiting.map(({ stage, action, token }) => token !== null && <ApprovalButtons key={action} waiting={{ pipeline: pipeline.name, stage, action, token }} />)}
    </li>
  );
}
