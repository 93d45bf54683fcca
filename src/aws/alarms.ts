import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import type { AlarmType, DescribeAlarmsCommandOutput } from '@aws-sdk/client-cloudwatch';
import type { App } from '../domain/app.ts';
import type { Aws } from '../ports.ts';
import type { Read } from './reads.ts';

type Alarms = Awaited<ReturnType<Aws['alarms']>>;

/** The most names that DescribeAlarms takes, and the most alarms that it answers with. */
const AT_ONCE = 100;
/** Without them CloudWatch leaves composite alarms out. */
const TYPES: AlarmType[] = ['MetricAlarm', 'CompositeAlarm'];

/** Metric and composite alarms by name, in the order asked; what CloudWatch does not know is missing. */
export async function readAlarms(read: Read, app: App, names: readonly string[]): Promise<Alarms> {
  const wanted = [...new Set(names)];
  const found = new Map<string, Alarms[number]['state']>();
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    const input = { AlarmNames: wanted.slice(from, from + AT_ONCE), AlarmTypes: TYPES, MaxRecords: AT_ONCE };
    const answer = await read(app, 'cloudwatch:DescribeAlarms', input, ({ cloudwatch }, asked) => cloudwatch.send(new DescribeAlarmsCommand(asked)));
    for (const { AlarmName, StateValue } of alarmsOf(answer)) {
      if (AlarmName !== undefined && StateValue !== undefined) found.set(AlarmName, StateValue);
    }
  }
  return wanted.flatMap((name) => {
    const state = found.get(name);
    return state === undefined ? [] : [{ name, state }];
  });
}

function alarmsOf({ MetricAlarms = [], CompositeAlarms = [] }: DescribeAlarmsCommandOutput) {
  return [...MetricAlarms, ...CompositeAlarms];
}
