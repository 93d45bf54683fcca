import { randomUUID } from 'node:crypto';
import { needText, optionalObject, optionalText } from '../control/arguments.ts';
import { ControlError, type ControlRoute } from '../control/route.ts';
import { decodePlain } from './engine/dialects/decode-plain.ts';
import type { AwsSide } from './engine/call.ts';
import { models } from './engine/model.ts';
import { perform } from './engine/perform.ts';

/** `POST /aws/console`: someone does it by hand in AWS's console. Checked as over the wire, but neither held nor counted with the calls. */
export function consoleRoute(side: AwsSide): ControlRoute {
  return {
    method: 'POST',
    path: '/aws/console',
    summary: '`{as?, service, operation, input}`: any AWS operation as the IAM user `as` (olive); gives its output',
    run: (args) => {
      const [service, name] = [needText(args, 'service'), needText(args, 'operation')];
      const model = models()[service];
      const operation = model?.operations[name];
      if (!model || !operation) throw new ControlError(`The sandbox has no model of ${service} ${name}`);
      const input = decodePlain(model, operation.input, optionalObject(args, 'input') ?? {}, 'json');
      const arn = `arn:aws:iam::${side.account.id}:user/${optionalText(args, 'as') ?? 'olive'}`;
      return perform(side, { dialect: 'json', service, model, operation: name, input, arn, requestId: randomUUID() });
    },
  };
}
