import { needText } from '../../control/arguments.ts';
import type { Account, Alarms, MetricSink } from '../account.ts';
import type { Part } from '../part.ts';
import type { Seed } from '../seed.ts';
import { alarmOperations, stateOf } from './alarm-operations.ts';
import { AlarmBook } from './alarms.ts';
import { metricOperations } from './metric-operations.ts';
import { Metrics } from './metrics.ts';

/** CloudWatch: the seed's alarms, and metrics that are plausible for each environment. */
export function cloudwatch(account: Account, seed: Seed): Part & { readonly alarms: Alarms; readonly metrics: MetricSink } {
  const alarms = new AlarmBook(account, seed);
  const metrics = new Metrics(alarms);
  return {
    service: { name: 'cloudwatch', handlers: { ...alarmOperations(alarms), ...metricOperations(metrics, seed) } },
    control: [
      {
        method: 'POST',
        path: '/aws/alarm',
        summary: '`{name, state, reason?}`: set an alarm to OK, ALARM or INSUFFICIENT_DATA; its metric follows',
        run: (args) => {
          const [name, state] = [needText(args, 'name'), stateOf(needText(args, 'state'))];
          alarms.set(name, state, typeof args['reason'] === 'string' ? args['reason'] : 'Threshold Crossed: 1 out of the last 1 datapoints was beyond the threshold.');
          return { name, state };
        },
      },
    ],
    alarms,
    metrics,
  };
}
