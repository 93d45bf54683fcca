import { killedAtEveryStep } from '../support/kills/killed.ts';
import { failedAndRolledBack } from '../support/stories.ts';

killedAtEveryStep(failedAndRolledBack);
