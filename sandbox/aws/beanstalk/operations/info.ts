import { strToU8, zipSync } from 'fflate';
import type { JsonObject } from '../../../json.ts';
import type { Handler } from '../../engine/service.ts';
import { notBuilt } from '../errors.ts';
import type { Estate } from '../state/estate.ts';
import type { Environment, Instance } from '../state/model.ts';
import { text } from './input.ts';

/** AWS seconds that an instance takes to hand over its logs. */
const takes = 4;

/** Instance logs: asked for, collected into S3, then retrieved as presigned addresses. Results of earlier requests come back too. */
export function infoHandlers(estate: Estate): Record<string, Handler> {
  return {
    RequestEnvironmentInfo: (input, caller) => {
      const environment = estate.environment(input);
      const type = text(input, 'InfoType') ?? 'tail';
      if (type === 'analyze') throw notBuilt('the analysis of logs');
      estate.say(environment, 'INFO', 'requestEnvironmentInfo is starting.', caller.requestId);
      estate.account.clock.after(takes * 1000, () => collect(estate, environment, type, caller.requestId));
    },
    RetrieveEnvironmentInfo: (input) => {
      const environment = estate.environment(input);
      const type = text(input, 'InfoType') ?? 'tail';
      const found = environment.info.filter((each) => each.type === type);
      return { EnvironmentInfo: found.map((each): JsonObject => ({ InfoType: each.type, Ec2InstanceId: each.instance, SampleTimestamp: new Date(each.at), Message: each.url })) };
    },
  };
}

function collect(estate: Estate, environment: Environment, type: string, requestId: string): void {
  const { account } = estate;
  const at = account.clock.now();
  const bucket = `elasticbeanstalk-${account.region}-${account.id}`;
  for (const instance of environment.instances) {
    const tail = type === 'tail';
    const key = `resources/environments/logs/${tail ? 'publish' : 'bundle'}/${environment.id}/${instance.id}/${tail ? 'TailLogs' : 'BundleLogs'}-${at}.${tail ? 'txt' : 'zip'}`;
    account.objects.put(bucket, key, tail ? strToU8(tailOf(instance)) : bundleOf(instance));
    environment.info.push({ type, instance: instance.id, at, url: account.objects.presign(bucket, key) });
    estate.say(environment, 'INFO', `[Instance: ${instance.id}] Successfully finished ${tail ? 'tailing' : 'bundling'} ${Object.keys(instance.logs).length} log(s)`, requestId);
  }
  estate.say(environment, 'INFO', 'Pulled logs for environment instances.', requestId);
}

/** The last hundred lines of each log, under AWS's rulers. */
function tailOf(instance: Instance): string {
  const rule = '-'.repeat(40);
  return Object.entries(instance.logs)
    .map(([path, lines]) => `${rule}\n${path}\n${rule}\n${lines.slice(-100).join('\n')}\n`)
    .join('\n\n');
}

function bundleOf(instance: Instance): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(instance.logs).map(([path, lines]) => [path.slice(1), strToU8(`${lines.join('\n')}\n`)])));
}
