import type { ObservedAction, ObservedStage } from '../domain/observation.ts';
import type { Deploy } from '../domain/deploy.ts';
import type { Release } from '../domain/release.ts';
import { duration, plain } from './words.ts';

/** '✅ Source 3 s  ·  ✅ Build 1 min 20 s  ·  🔄 Dev 0/1  ·  ▫️ Prod'. Empty for a route without stages. */
export function stageLine(release: Release): string {
  if (release.route.kind === 'version') return release.deploys.map((deploy) => `${deployMark(deploy)} ${plain(deploy.environment, 60)}${instanceWords(deploy)}`).join('  ·  ');
  return release.stages.map((stage) => `${stageMark(stage, release)} ${plain(stage.name, 60)}${stageDetail(stage, release)}`).join('  ·  ');
}

function stageMark(stage: ObservedStage, release: Release): string {
  const deploy = deployOf(stage, release);
  if (deploy?.verdict) return deployMark(deploy);
  if (stage.actions.some((action) => action.status === 'Failed')) return '❌';
  if (stage.actions.some((action) => action.status === 'InProgress' && action.kind === 'approval')) return '✋';
  if (stage.actions.some((action) => action.status === 'InProgress')) return '🔄';
  if (stage.status === 'Succeeded') return deploy ? '🔎' : '✅';
  if (stage.status === 'Stopped' || stage.status === 'Cancelled' || stage.actions.some((action) => action.status === 'Abandoned')) return '🗑️';
  if (release.waiting && 'stage' in release.waiting && release.waiting.stage === stage.name) return '⏸️';
  return stage.status === 'InProgress' ? '🔄' : '▫️';
}

const VERDICT_MARK = { live: '✅', 'live-not-verified': '⚠️', failed: '❌', 'mixed-versions': '❌', 'rolled-back-by-beanstalk': '⏪' } as const;

function deployMark(deploy: Deploy): string {
  if (deploy.verdict) return VERDICT_MARK[deploy.verdict.outcome];
  return { pending: '▫️', running: '🔄', verifying: '🔎', done: '✅' }[deploy.status];
}

function deployOf(stage: ObservedStage, release: Release): Deploy | undefined {
  return release.deploys.find((deploy) => deploy.stage === stage.name);
}

function stageDetail(stage: ObservedStage, release: Release): string {
  const deploy = deployOf(stage, release);
  if (deploy && deploy.status !== 'pending' && !deploy.verdict) return instanceWords(deploy);
  const took = stageDuration(stage.actions);
  return took === undefined ? '' : ` ${duration(took)}`;
}

function instanceWords(deploy: Deploy): string {
  if (deploy.status === 'pending' || !deploy.instances) return '';
  return ` ${deploy.instances.updated}/${deploy.instances.total}`;
}

/** From the first action's start to the last one's end; only when all that ran has ended. Approvals are people's time, and left out. */
function stageDuration(actions: readonly ObservedAction[]): number | undefined {
  const ran = actions.filter((action) => action.kind !== 'approval' && action.startedAt !== undefined);
  if (ran.length === 0 || ran.some((action) => action.status === 'InProgress' || action.updatedAt === undefined)) return undefined;
  return Math.max(...ran.map((action) => action.updatedAt ?? 0)) - Math.min(...ran.map((action) => action.startedAt ?? 0));
}
