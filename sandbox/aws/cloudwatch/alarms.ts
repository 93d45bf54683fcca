import type { JsonObject } from '../../json.ts';
import type { Account, Alarms } from '../account.ts';
import { AwsError } from '../engine/service.ts';
import type { Seed, SeedAlarm } from '../seed.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export interface Alarm {
  readonly definition: SeedAlarm;
  state: AlarmState;
  reason: string;
  /** Epoch ms of the last report, and of the last change. */
  updatedAt: number;
  changedAt: number;
  actionsEnabled: boolean;
  /** Newest first. */
  readonly history: { readonly at: number; readonly summary: string; readonly data: string }[];
  /** When it was in ALARM: [from, to], open at the end while it is. */
  readonly spells: { readonly from: number; to?: number }[];
}

/** The account's metric alarms. Their state is set, not computed: by mishaps, by the control door, by SetAlarmState. */
export class AlarmBook implements Alarms {
  readonly #account: Account;
  readonly #alarms = new Map<string, Alarm>();

  constructor(account: Account, seed: Seed) {
    this.#account = account;
    for (const definition of seed.alarms) this.put(definition, seed.startedAt - 3 * 24 * 3_600_000);
  }

  /** Makes or replaces an alarm, as PutMetricAlarm does: a new one has INSUFFICIENT_DATA unless the seed says otherwise. */
  put(definition: SeedAlarm, at = Date.now()): void {
    const known = this.#alarms.get(definition.name);
    this.#alarms.set(definition.name, {
      ...(known ?? { state: definition.state, reason: reasonOf(definition), updatedAt: at, changedAt: at, actionsEnabled: true, history: [], spells: definition.state === 'ALARM' ? [{ from: at }] : [] }),
      definition,
    });
  }

  all(): readonly Alarm[] {
    return [...this.#alarms.values()].toSorted((one, other) => (one.definition.name < other.definition.name ? -1 : 1));
  }

  find(name: string): Alarm {
    const alarm = this.#alarms.get(name);
    if (!alarm) throw new AwsError('ResourceNotFound', `There is no alarm ${name}`, 404);
    return alarm;
  }

  set(name: string, state: AlarmState, reason: string, reasonData = '{}'): void {
    const alarm = this.find(name);
    const before = { value: alarm.state, reason: alarm.reason, timestamp: stamp(alarm.updatedAt) };
    const at = Date.now();
    alarm.updatedAt = at;
    alarm.reason = reason;
    if (alarm.state === state) return;
    alarm.state = state;
    alarm.changedAt = at;
    const open = alarm.spells.at(-1);
    if (open && open.to === undefined) open.to = at;
    if (state === 'ALARM') alarm.spells.push({ from: at });
    alarm.history.unshift({ at, summary: `Alarm updated from ${before.value} to ${state}`, data: JSON.stringify({ version: '1.0', oldState: { stateValue: before.value, stateReason: before.reason }, newState: { stateValue: state, stateReason: reason, stateReasonData: reasonData } }) });
    this.#emit(alarm, before, { value: state, reason, reasonData, timestamp: stamp(at) });
    this.#account.changed({ area: 'aws' });
  }

  ofEnvironment(environment: string): readonly { readonly name: string; readonly state: string }[] {
    return this.all()
      .filter(({ definition }) => definition.dimensions['EnvironmentName'] === environment)
      .map(({ definition, state }) => ({ name: definition.name, state }));
  }

  arnOf(alarm: Alarm): string {
    return `arn:aws:cloudwatch:${this.#account.region}:${this.#account.id}:alarm:${alarm.definition.name}`;
  }

  /** 'CloudWatch Alarm State Change', as documented in AWS's cloudwatch-and-eventbridge page. */
  #emit(alarm: Alarm, previousState: JsonObject, state: JsonObject): void {
    const { definition } = alarm;
    const metric = { namespace: definition.namespace, name: definition.metric, dimensions: definition.dimensions };
    this.#account.bus.emit({
      source: 'aws.cloudwatch',
      detailType: 'CloudWatch Alarm State Change',
      resources: [this.arnOf(alarm)],
      detail: {
        alarmName: definition.name,
        configuration: { description: definition.description, metrics: [{ id: 'm1', metricStat: { metric, period: definition.period, stat: definition.statistic }, returnData: true }] },
        previousState,
        state,
      },
    });
  }
}

function reasonOf(definition: SeedAlarm): string {
  return definition.state === 'OK' ? `Threshold Crossed: 1 datapoint [0.0] was not greater than the threshold (${definition.threshold}).` : 'Unchecked: Initial alarm creation';
}

/** '2026-10-01T13:56:40.987+0000' */
function stamp(at: number): string {
  return new Date(at).toISOString().replace('Z', '+0000');
}
