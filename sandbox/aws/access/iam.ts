import { texts } from '../engine/values.ts';
import type { Part } from '../part.ts';
import type { Denials } from './denials.ts';

/** IAM: what SimulatePrincipalPolicy says follows what is denied on demand; there are no policies. */
export function iam(denials: Denials): Part {
  return {
    service: {
      name: 'iam',
      handlers: {
        SimulatePrincipalPolicy(input) {
          const resources = texts(input, 'ResourceArns') ?? ['*'];
          const results = (texts(input, 'ActionNames') ?? []).flatMap((EvalActionName) =>
            resources.map((EvalResourceName) => ({
              EvalActionName,
              EvalResourceName,
              EvalDecision: denials.denies(EvalActionName) ? 'implicitDeny' : 'allowed',
              MatchedStatements: [],
              MissingContextValues: [],
            })),
          );
          return { EvaluationResults: results, IsTruncated: false };
        },
      },
    },
    control: [denials.route()],
  };
}
