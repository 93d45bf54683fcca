import { killedAtEveryStep } from '../support/kills/killed.ts';
import { existingVersion } from '../support/stories.ts';

killedAtEveryStep(existingVersion);
