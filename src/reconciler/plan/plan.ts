import { isOver, type Release } from '../../domain/release.ts';
import { planEnd } from './end.ts';
import type { Plan, PlanFacts } from './plan-facts.ts';
import { planPipeline } from './plan-pipeline.ts';
import { planVersion } from './plan-version.ts';
import { withReminders } from './remind.ts';

/**
 * Decides what a release needs next. Pure and settled: planning again from the same facts, after the plan has been
 * carried out, changes nothing.
 */
export function planRelease(found: Release, facts: PlanFacts): Plan {
  if (isOver(found) || found.intent) return { release: found };
  const release = withReminders(found, facts.now);
  if (release.ending) return planEnd(release, release.ending, facts.now);
  return release.route.kind === 'pipeline' ? planPipeline(release, release.route, facts) : planVersion(release, release.route, facts);
}
