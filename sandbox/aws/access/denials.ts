import { isList } from '../engine/values.ts';
import { AwsError } from '../engine/service.ts';
import { ControlError, type ControlRoute } from '../../control/route.ts';

/**
 * What nobody may do: the sandbox evaluates no policies, but any action can be denied on demand (`POST /aws/denied`), which
 * both `SimulatePrincipalPolicy` and the calls themselves then tell.
 */
export class Denials {
  #actions: readonly string[] = [];

  /** 'codepipeline:StartPipelineExecution', 'codepipeline:*', '*:*'. */
  denies(action: string): boolean {
    return this.#actions.some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'i').test(action));
  }

  /** Throws as the service does whose identity policies lack the action. */
  check(action: string, arn: string, status: number): void {
    if (!this.denies(action)) return;
    const code = status === 400 ? 'AccessDeniedException' : 'AccessDenied';
    throw new AwsError(code, `User: ${arn} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`, status);
  }

  route(): ControlRoute {
    return {
      method: 'POST',
      path: '/aws/denied',
      summary: '`{actions: ["codepipeline:StartPipelineExecution", "s3:*"]}`: deny these to everyone; an empty list denies nothing',
      run: (args) => {
        const { actions } = args;
        if (!isList(actions) || !actions.every((action) => typeof action === 'string' && action.includes(':'))) throw new ControlError('"actions" must be a list such as ["codepipeline:StartPipelineExecution"]');
        this.#actions = actions.filter((action) => typeof action === 'string');
        return { actions: this.#actions };
      },
    };
  }
}
