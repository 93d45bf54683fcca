import { isOver, type Release } from '../../domain/release.ts';
import { planEnd } from './end.ts';
import type { Plan, PlanFacts } from './plan-facts.ts';
import { planPipeline } from './plan-pipeline.ts';
import { planVersion } from './plan-version.ts';

/**
 * Decides what a release needs next. Pure and settled: planning again from the same facts, after the plan has been
 * carried out, changes nothing.
 */
export function planRelease(release: Release, facts: PlanFacts): Plan {
  if (isOver(release) || release.intent) return { release };
  if (release.ending) return planEnd(release, release.ending, facts.now);
  return release.route.kind === 'pipeline' ? planPipeline(release, release.route, facts) : planVersion(release, release.route, facts);
}
