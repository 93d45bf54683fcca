import type { Environment, Instance } from './model.ts';

/** A fresh instance that runs `label` as deployment `id`. */
export function makeInstance(id: string, label: string, deploymentId: number, at: number): Instance {
  return {
    id,
    launchedAt: at,
    health: { status: 'Ok', causes: [] },
    deployment: { label, id: deploymentId, status: 'Deployed', at },
    logs: { '/var/log/eb-engine.log': [], '/var/log/web.stdout.log': [], '/var/log/nginx/error.log': [] },
  };
}

/** Lines of eb-engine.log look like this: '2026/11/22 10:00:00.123456 [INFO] Executing instruction: …'. */
export function engineLog(instance: Instance, at: number, level: 'INFO' | 'ERROR', text: string): void {
  const time = new Date(at).toISOString().replaceAll('-', '/').replace('T', ' ').replace('Z', '000');
  writeLog(instance, '/var/log/eb-engine.log', [`${time} [${level}] ${text}`]);
}

export function writeLog(instance: Instance, path: string, lines: readonly string[]): void {
  const log = (instance.logs[path] ??= []);
  log.push(...lines);
  if (log.length > 1000) log.splice(0, log.length - 1000);
}

/** 'us-east-1a', 'us-east-1b', … in turn. */
export function zoneOf(environment: Environment, instance: Instance, region: string): string {
  return `${region}${'abc'[Math.max(0, environment.instances.indexOf(instance)) % 3] ?? 'a'}`;
}
