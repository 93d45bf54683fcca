import type { JsonObject } from '../json.ts';
import type { ControlRoute } from '../control/route.ts';
import type { AwsService } from './engine/service.ts';

/**
 * What a service's factory `(account, seed) => Part & …` returns. Beside this it returns the interface that it stands
 * for in `Account` under the same name as there: codebuild returns `builds`, beanstalk `beanstalk`, cloudformation `stacks`.
 * The factory's body must not use members of `account` other than id and region: they are joined afterwards.
 */
export interface Part {
  readonly service: AwsService;
  readonly control?: readonly ControlRoute[];
  /** Merged into `GET /aws/state`: codepipeline gives `{pipelines}`, beanstalk `{environments}` (alarms are joined in). */
  state?(): JsonObject;
  /** Called once when all parts are joined: earlier executions, versions, and everything that needs the others. */
  begin?(): void;
}
