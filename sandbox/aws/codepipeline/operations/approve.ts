import type { Handler } from '../../engine/service.ts';
import { approvalFor } from '../actions/approval.ts';
import { actionNotFound, approvalAlreadyCompleted, invalidApprovalToken } from '../errors.ts';
import type { Book } from '../pipeline.ts';
import { pipelineNamed, stageNamed } from '../pipeline.ts';
import { typed } from '../../typed.ts';

interface ApprovalInput {
  readonly pipelineName: string;
  readonly stageName: string;
  readonly actionName: string;
  readonly token: string;
  readonly result: { readonly status: 'Approved' | 'Rejected'; readonly summary: string };
}

export function putApprovalResult(book: Book): Handler {
  return typed<ApprovalInput>((input, caller) => {
    const pipeline = pipelineNamed(book, input.pipelineName);
    const stage = stageNamed(pipeline, input.stageName);
    const declared = pipeline.declaration.stages.find(({ name }) => name === stage.name)?.actions.find(({ name }) => name === input.actionName);
    if (declared?.actionTypeId.category !== 'Approval') throw actionNotFound(input.stageName, input.actionName);
    const approval = approvalFor(book, { pipeline: input.pipelineName, stage: input.stageName, action: input.actionName, token: input.token });
    if (approval === undefined) throw invalidApprovalToken();
    if (approval === 'answered' || approval === 'gone') {
      throw (approval === 'answered') === book.account.assumptions.answeredTokenIsCompleted ? approvalAlreadyCompleted() : invalidApprovalToken();
    }
    const approvedAt = new Date(book.account.clock.now());
    approval.answer(input.result.status, input.result.summary, caller.arn);
    return { approvedAt };
  });
}
