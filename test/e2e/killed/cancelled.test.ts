import { killedAtEveryStep } from '../support/kills/killed.ts';
import { cancelledInTheBuild } from '../support/stories.ts';

killedAtEveryStep(cancelledInTheBuild);
