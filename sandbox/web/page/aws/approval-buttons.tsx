import type { ReactNode } from 'react';
import { useTry } from '../notices.tsx';
import { decideApproval, type Waiting } from './console.ts';

/** Olive decides in the AWS console, behind the bot's back. */
export function ApprovalButtons({ waiting }: { readonly waiting: Waiting }): ReactNode {
  const attempt = useTry();
  return (
    <p className="action-approval">
      <span>As Olive, in the console:</span>
      <button type="button" className="button button-small" onClick={() => void attempt(() => decideApproval(waiting, 'Approved'))}>Approve</button>
      <button type="button" className="button button-small" onClick={() => void attempt(() => decideApproval(waiting, 'Rejected'))}>Reject</button>
    </p>
  );
}
