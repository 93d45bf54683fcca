/** What AWS is assumed to do where no source tells. The stories pass with each of these either way. */
export interface Assumptions {
  /** After a failed deploy, `DescribeEnvironments.VersionLabel` is the new label (true) or still the old one (false). */
  environmentTakesLabelOfFailedDeploy: boolean;
  /** `RollbackStage` goes past a disabled inbound transition. */
  rollbackCrossesDisabledTransition: boolean;
  /** How long a just started execution is missing from Get/ListPipelineExecution(s), AWS milliseconds. */
  executionVisibleAfterMs: number;
  /** A repeated clientRequestToken within this many real milliseconds answers with the first execution. */
  clientTokenWindowMs: number;
  /**
   * `PutApprovalResult` refuses a token that was answered with ApprovalAlreadyCompletedException, and one that expired or
   * was abandoned with InvalidApprovalTokenException (true); or the other way round (false).
   */
  answeredTokenIsCompleted: boolean;
  /** A rejected approval has `errorDetails` with the words of who rejected it (true), or only its summary (false). */
  rejectionIsAnError: boolean;
  /** An approval that nobody answered in time names the pipeline's role in `updatedBy` (true), or nobody (false). */
  expiredApprovalNamesRole: boolean;
  /** Stop and wait waits for the answer to an open approval (true), or abandons it (false). */
  stopWaitsForApproval: boolean;
}

/** How an account begins. */
export const usualAssumptions: Readonly<Assumptions> = {
  environmentTakesLabelOfFailedDeploy: true,
  rollbackCrossesDisabledTransition: true,
  executionVisibleAfterMs: 1500,
  clientTokenWindowMs: 10 * 60_000,
  answeredTokenIsCompleted: true,
  rejectionIsAnError: false,
  expiredApprovalNamesRole: true,
  stopWaitsForApproval: true,
};
