import { aws, set, type AwsLine } from '../line.ts';
import type { ApprovalAction, Place, Way } from '../place.ts';
import { forEachWay, type Recipe, type Step } from '../recipe.ts';
import { joined, literal, query, variable } from '../word.ts';

const EXECUTION = variable('EXECUTION');

export function approve(place: Place): Recipe {
  return {
    title: 'Approve or reject',
    about: 'AWS does not know who may approve: keep your rules yourselves. Have somebody approve who neither asked for it nor wrote it, and write down who it was.',
    console: '*CodePipeline → Pipelines →* the pipeline *→ Review* at the approval *→ Approve* or *Reject*, a comment with your name, *Submit*. With executions in parallel: *Execution history →* the execution first.',
    steps: forEachWay(place, (way) => (way.approvals.length === 0 ? [none()] : way.approvals.flatMap((approval) => steps(place, way, approval)))),
  };
}

function none(): Step {
  return { say: 'No manual approval stands in front of this environment: nothing is to be approved in AWS, and nothing waits for it. Agree among people, then hold or let go.', lines: [] };
}

function steps(place: Place, way: Way, approval: ApprovalAction): readonly Step[] {
  const parallel = [...which(place, way, approval, 'parallel'), token(place, way, approval, 'parallel')];
  const oneByOne = [...which(place, way, approval, 'one-by-one'), token(place, way, approval, 'one-by-one')];
  const asked = way.mode === 'parallel' ? parallel : way.mode === 'one-by-one' ? oneByOne : [...oneByOne, ...parallel.map((step) => ({ ...step, say: `Execution mode \`PARALLEL\` instead. ${step.say}` }))];
  return [...asked, { say: 'Yes:', lines: [answer(place, way, approval, 'Approved')] }, { say: 'Or no, which ends the execution:', lines: [answer(place, way, approval, 'Rejected')] }];
}

function which({ region }: Place, { pipeline }: Way, { stage, action, waiting }: ApprovalAction, mode: 'one-by-one' | 'parallel'): readonly Step[] {
  const brings = aws(region, 'codepipeline get-pipeline-execution', [['--pipeline-name', pipeline], ['--pipeline-execution-id', EXECUTION]], {
    query: query`pipelineExecution.{Status:status,Revisions:artifactRevisions[].[revisionId,revisionSummary]}`,
    output: 'json',
  });
  const [only, ...more] = waiting ?? [];
  if (only !== undefined && more.length === 0) return [{ say: 'What asks. Read what it brings before you answer.', lines: [set('EXECUTION', only), brings] }];
  if (mode === 'parallel') {
    const asks = aws(region, 'codepipeline list-action-executions', [['--pipeline-name', pipeline], ['--no-paginate']], {
      query: query`actionExecutionDetails[?stageName=='${stage}' && actionName=='${action}' && status=='InProgress'].[startTime,pipelineExecutionId]`,
      output: 'table',
    });
    return [{ say: 'The executions that ask. Write the one you mean behind `EXECUTION=`.', lines: [asks, set('EXECUTION')] }, { say: 'Read what it brings before you answer.', lines: [brings] }];
  }
  const asks = aws(region, 'codepipeline get-pipeline-state', [['--name', pipeline]], { query: query`stageStates[?stageName=='${stage}'].latestExecution.pipelineExecutionId | [0]`, into: 'EXECUTION' });
  return [{ say: 'What asks. Read what it brings before you answer.', lines: [asks, brings] }];
}

/** The token of the very execution that was looked at: another that took its place meanwhile is not approved by mistake. */
function token({ region }: Place, { pipeline }: Way, { stage, action }: ApprovalAction, mode: 'one-by-one' | 'parallel'): Step {
  const line: AwsLine =
    mode === 'parallel'
      ? aws(region, 'codepipeline list-action-executions', [['--pipeline-name', pipeline], ['--filter', joined('pipelineExecutionId=', EXECUTION)], ['--no-paginate']], {
          query: query`actionExecutionDetails[?stageName=='${stage}' && actionName=='${action}' && status=='InProgress'].output.executionResult.externalExecutionId | [0]`,
          into: 'TOKEN',
        })
      : aws(region, 'codepipeline get-pipeline-state', [['--name', pipeline]], {
          query: query`stageStates[?stageName=='${stage}' && latestExecution.pipelineExecutionId=='${EXECUTION}'].actionStates[] | [?actionName=='${action}'].latestExecution.token | [0]`,
          into: 'TOKEN',
        });
  return { say: 'Its token, taken fresh. It fits this execution only; without one, `None`, the answer below is refused.', lines: [line] };
}

function answer({ region }: Place, { pipeline }: Way, { stage, action }: ApprovalAction, verdict: 'Approved' | 'Rejected'): AwsLine {
  const result = literal(`status=${verdict},summary=${verdict} by hand while Jack was away`);
  return aws(region, 'codepipeline put-approval-result', [['--pipeline-name', pipeline], ['--stage-name', stage], ['--action-name', action], ['--result', result], ['--token', variable('TOKEN')]]);
}
