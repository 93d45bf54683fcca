import { approve } from './approve.ts';
import type { Button } from './button.ts';
import { cancel } from './cancel.ts';
import { chooseNewestRevision, chooseNothing, chooseWaiting } from './choose.ts';
import { homeDeploy } from './home.ts';
import { reject } from './reject.ts';
import { rollbackConfirm, rollbackPlan } from './rollback.ts';

/** Everything that people can click in messages. A new button is one file and one line here. */
export const buttons: readonly Button[] = [approve, reject, cancel, rollbackPlan, rollbackConfirm, chooseWaiting, chooseNewestRevision, chooseNothing, homeDeploy];
