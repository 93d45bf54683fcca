import { approve, approveWithComment } from './approve.ts';
import { barrierAsk, barrierKeep, barrierWatch } from './barrier-ask.ts';
import { barrierLetIn, barrierStopWaiting } from './barrier-let-in.ts';
import { barrierSteal, barrierStealConfirm } from './barrier-steal.ts';
import { barrierThaw } from './barrier-thaw.ts';
import { barrierUnlock, barrierUnlockLetIn, barrierUnlockStop } from './barrier-unlock.ts';
import type { Button } from './button.ts';
import { cancel } from './cancel.ts';
import { chooseNewestRevision, chooseNothing, chooseWaiting } from './choose.ts';
import { glassBreak, glassRelease } from './glass.ts';
import { homeDeploy } from './home.ts';
import { leaveQueue, watchQueue } from './queue.ts';
import { reject } from './reject.ts';
import { rejectNewest } from './reject-newest.ts';
import { rollbackConfirm, rollbackPlan } from './rollback.ts';

/** Everything that people can click in messages. A new button is one file and one line here. */
export const buttons: readonly Button[] = [
  approve, approveWithComment, reject, rejectNewest, cancel, leaveQueue, watchQueue, glassRelease, glassBreak, rollbackPlan, rollbackConfirm, chooseWaiting, chooseNewestRevision, chooseNothing, homeDeploy,
  barrierUnlock, barrierUnlockLetIn, barrierUnlockStop, barrierSteal, barrierStealConfirm, barrierAsk, barrierWatch, barrierKeep, barrierThaw, barrierLetIn, barrierStopWaiting,
];
