import type { Pipeline } from '../domain/app.ts';

/**
 * The order in which revisions are promoted: as the file names environments, else as pipelines reach them.
 * `isCertain` is false where neither tells which of two comes first; the order is then a proposal.
 */
export function promotionOrder(all: readonly string[], named: readonly string[], pipelines: readonly Pipeline[]): { readonly order: readonly string[]; readonly isCertain: boolean } {
  const before = [...pairs(named.map((one) => [one])), ...pipelines.flatMap((pipeline) => pairs(reached(pipeline))).filter(([a, b]) => !(named.includes(a) && named.includes(b)))];
  const order: string[] = [];
  let left = all;
  let isCertain = true;
  while (left.length > 0) {
    const free = left.filter((one) => !before.some(([a, b]) => b === one && a !== one && left.includes(a)));
    const next = free[0] ?? left[0];
    if (free.length !== 1) isCertain = false;
    if (next === undefined) break;
    order.push(next);
    left = left.filter((one) => one !== next);
  }
  return { order, isCertain };
}

/** Beanstalk environments that the pipeline deploys to, those together that it deploys to at the same time. */
function reached(pipeline: Pipeline): readonly (readonly string[])[] {
  return pipeline.stages.flatMap((stage) => {
    const runOrders = [...new Set(stage.actions.map((action) => action.runOrder))].sort((a, b) => a - b);
    return runOrders.map((runOrder) => stage.actions.flatMap((action) => (action.runOrder === runOrder && action.beanstalkEnvironment !== undefined ? [action.beanstalkEnvironment] : [])));
  });
}

/** Each that comes before another one, as [earlier, later]. */
function pairs(groups: readonly (readonly string[])[]): readonly (readonly [string, string])[] {
  return groups.flatMap((group, index) => group.flatMap((earlier) => groups.slice(index + 1).flatMap((later) => later.map((one) => [earlier, one] as const))));
}
