import { aws, set } from '../line.ts';
import type { Place, Way } from '../place.ts';
import { forEachWay, type Recipe } from '../recipe.ts';
import { joined, literal, query, variable } from '../word.ts';
import { executionsNow } from './looks.ts';

export function start(place: Place): Recipe {
  return {
    title: 'Start the pipeline',
    about: 'It goes through every stage from the beginning. Look first whether the revision is on its way already.',
    console: '*CodePipeline → Pipelines →* the pipeline *→ Release change*; under *Source revision overrides* a commit can be named.',
    steps: forEachWay(place, (way) => [
      { say: 'The newest revision of the source:', lines: [starting(place, way)] },
      ...(way.source ? [{ say: 'Or a commit: write its full 40 characters behind `COMMIT=`. AWS takes a commit of any branch: make sure that it may be deployed.', lines: [set('COMMIT')] }, {
        say: 'Then:',
        lines: [starting(place, way, ['--source-revisions', joined('actionName=', way.source, ',revisionType=COMMIT_ID,revisionValue=', variable('COMMIT'))])],
      }] : []),
    ]),
  };
}

function starting({ region }: Place, { pipeline }: Way, ...more: readonly (readonly [string, ReturnType<typeof variable>])[]): ReturnType<typeof aws> {
  return aws(region, 'codepipeline start-pipeline-execution', [['--name', pipeline], ...more], { query: query`pipelineExecutionId`, output: 'text' });
}

export function stop(place: Place): Recipe {
  return {
    title: 'Stop an execution',
    about: 'Stopping lets the actions at work end and goes no further. Abandoning does not wait for them; a build or a Beanstalk update that runs goes on by itself, so abort that one too.',
    console: '*CodePipeline → Pipelines →* the pipeline *→ Stop execution*, then *Stop and wait* or *Stop and abandon*.',
    steps: forEachWay(place, (way) => [
      { say: 'Which one? Write it behind `EXECUTION=`.', lines: [executionsNow(place, way), set('EXECUTION')] },
      { say: 'Stop and wait:', lines: [stopping(place, way)] },
      { say: 'Or stop and abandon:', lines: [stopping(place, way, '--abandon')] },
    ]),
  };
}

function stopping({ region }: Place, { pipeline }: Way, ...abandon: readonly '--abandon'[]): ReturnType<typeof aws> {
  const reason = literal('Stopped by hand while Jack is away');
  return aws(region, 'codepipeline stop-pipeline-execution', [['--pipeline-name', pipeline], ['--pipeline-execution-id', variable('EXECUTION')], ...abandon.map((name) => [name] as const), ['--reason', reason]]);
}
