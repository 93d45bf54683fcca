import type { Estate } from './estate.ts';
import type { Environment } from './model.ts';

/** Sends those alarms of the environment to ALARM whose names end so ('5xx'); they stay until `calmAlarms`. */
export function raiseAlarms(estate: Estate, environment: Environment, suffixes: readonly string[]): void {
  for (const { name } of estate.account.alarms.ofEnvironment(environment.name)) {
    if (!suffixes.some((suffix) => name.endsWith(suffix)) || environment.raised.has(name)) continue;
    environment.raised.add(name);
    estate.account.alarms.set(name, 'ALARM', 'Threshold Crossed: 1 out of the last 1 datapoints was greater than the threshold (minimum 1 datapoint for OK -> ALARM transition).');
  }
}

/** What was raised here goes back to OK. */
export function calmAlarms(estate: Estate, environment: Environment): void {
  for (const name of environment.raised) estate.account.alarms.set(name, 'OK', 'Threshold Crossed: 1 out of the last 1 datapoints was not greater than the threshold (minimum 1 datapoint for ALARM -> OK transition).');
  environment.raised.clear();
}
