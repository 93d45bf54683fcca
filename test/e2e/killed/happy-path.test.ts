import { killedAtEveryStep } from '../support/kills/killed.ts';
import { happyPath } from '../support/stories.ts';

killedAtEveryStep(happyPath);
