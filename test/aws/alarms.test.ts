import { describe, expect, it } from '@jest/globals';
import { readAlarms } from '../../src/aws/alarms.ts';
import type { ReadClients } from '../../src/aws/clients.ts';
import type { Read } from '../../src/aws/reads.ts';
import { anApp } from '../support/world/builders.ts';

interface Asked {
  readonly AlarmNames: readonly string[];
  readonly AlarmTypes: readonly string[];
}

function shown(known: Readonly<Record<string, string>>, names: readonly string[]): readonly object[] {
  return names.filter((name) => name in known).map((name) => ({ AlarmName: name, StateValue: known[name] }));
}

/** CloudWatch with these alarms; tells how it was asked. */
function cloudwatch(alarms: { readonly metric: Readonly<Record<string, string>>; readonly composite: Readonly<Record<string, string>> }): { readonly read: Read; readonly asked: Asked[] } {
  const asked: Asked[] = [];
  const send = async ({ input }: { readonly input: Asked }): Promise<object> => {
    asked.push(input);
    return { MetricAlarms: shown(alarms.metric, input.AlarmNames), CompositeAlarms: shown(alarms.composite, input.AlarmNames) };
  };
  return { asked, read: async (_account, _operation, input, call) => call({ cloudwatch: { send } } as unknown as ReadClients, input) };
}

describe('alarms', () => {
  it('are metric and composite ones alike', async () => {
    const { read, asked } = cloudwatch({ metric: { errors: 'ALARM' }, composite: { all: 'INSUFFICIENT_DATA' } });
    expect(await readAlarms(read, anApp(), ['all', 'gone', 'errors', 'all'])).toEqual([{ name: 'all', state: 'INSUFFICIENT_DATA' }, { name: 'errors', state: 'ALARM' }]);
    expect(asked).toMatchObject([{ AlarmNames: ['all', 'gone', 'errors'], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }]);
  });

  it('are asked for a hundred at a time, and not at all when none is named', async () => {
    const names = Array.from({ length: 201 }, (_, index) => `alarm-${index}`);
    const { read, asked } = cloudwatch({ metric: Object.fromEntries(names.map((name) => [name, 'OK'])), composite: {} });
    expect(await readAlarms(read, anApp(), names)).toHaveLength(201);
    expect(asked.map(({ AlarmNames }) => AlarmNames.length)).toEqual([100, 100, 1]);
    expect(await readAlarms(read, anApp(), [])).toEqual([]);
    expect(asked).toHaveLength(3);
  });
});
