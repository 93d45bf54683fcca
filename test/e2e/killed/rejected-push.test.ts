import { killedAtEveryStep } from '../support/kills/killed.ts';
import { rejectedPush } from '../support/stories.ts';

killedAtEveryStep(rejectedPush);
