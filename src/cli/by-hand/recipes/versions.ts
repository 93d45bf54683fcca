import { aws, set } from '../line.ts';
import type { Place, Way } from '../place.ts';
import { forEachWay, type Recipe, type Step } from '../recipe.ts';
import { query, variable } from '../word.ts';
import { abort, closedNow, environmentNow, hold, instancesNow, untilReady, update, versionsNow } from './looks.ts';
import { cannotBeHeld } from './transitions.ts';

const LABEL = variable('LABEL');

export function deploy(place: Place): Recipe {
  return {
    title: 'Deploy a version that exists',
    about: 'Hold the way in first, so that the pipeline does not run into your update. The environment has to be `Ready`. A version with the status `Failed` cannot be used; `Unprocessed` is usual.',
    console: '*Elastic Beanstalk → Applications →* the application *→ Application versions →* tick one *→ Actions → Deploy*.',
    steps: [
      { say: 'Ready? And which versions are there? Write the label behind `LABEL=`.', lines: [environmentNow(place), versionsNow(place), set('LABEL')] },
      { say: 'Deploy it, then see below whether it is really there.', lines: [update(place, LABEL)] },
    ],
  };
}

export function abortUpdate(place: Place): Recipe {
  return {
    title: 'Abort an update',
    about: 'Possible only while `CanBeAborted` is `True`. A deployment in place (all at once, rolling) stops where it is, and instances then differ: deploy one version to all of them afterwards. An immutable one and a change of configuration are put back. A change of configuration may be a colleague’s: ask first.',
    console: '*Elastic Beanstalk → Environments →* the environment *→ Actions → Abort current operation*.',
    steps: [
      { say: 'What is at work?', lines: [environmentNow(place)] },
      { say: 'Abort it, wait, and see what each instance runs.', lines: [abort(place), untilReady(place), instancesNow(place)] },
    ],
  };
}

export function rollBack(place: Place): Recipe {
  return {
    title: 'Roll back',
    about: 'Top to bottom. A rollback deploys the old version as it was built; databases and settings do not go back with it.',
    console: 'Disable the transition as under Hold; abort what runs as under Abort; deploy the last good version as under Deploy.',
    steps: [
      ...forEachWay(place, (way) => holding(place, way)),
      { say: '2. Does an update run (`Updating`)?', lines: [environmentNow(place)] },
      { say: 'Only then abort it, and wait.', lines: [abort(place), untilReady(place)] },
      choose(place),
      ...forEachWay(place, (way) => [{ say: 'What the pipeline brought there: the bundle is that of the version.', lines: [brought(place, way)] }]),
      { say: chosen(place), lines: [set('LABEL', place.goBackTo)] },
      { say: '4. Go back.', lines: [update(place, LABEL)] },
      { say: '5. Wait, and look at every instance (see below for what is good).', lines: [untilReady(place), environmentNow(place), instancesNow(place)] },
      { say: '6. Leave the way in closed until the fix is there: the next push would bring the same fault again.', lines: [] },
    ],
  };
}

function holding(place: Place, way: Way): readonly Step[] {
  if (way.isFirstStage) return [cannotBeHeld(way)];
  return [
    { say: '1. Is the way in closed already?', lines: [closedNow(place, way)] },
    { say: 'If not, close it.', lines: [hold(place, way)] },
  ];
}

/** Beanstalk has no list of what ran where: its events, the versions and the pipeline's actions together tell. */
function choose(place: Place): Step {
  const ended = aws(place.region, 'elasticbeanstalk describe-events', [['--application-name', place.application], ['--environment-name', place.environment]], {
    query: query`Events[?Message=='Environment update completed successfully.' || Message=='Failed to deploy application.'].[EventDate,Message,VersionLabel] | [:15]`,
    output: 'table',
    most: 1000,
  });
  return {
    say: '3. The last good version: the newest before the present one whose update “completed successfully” and which still exists. A label `code-pipeline-<milliseconds>-…` was made when its deployment began.',
    lines: [ended, versionsNow(place)],
  };
}

function brought({ region }: Place, { pipeline, deploy }: Way): ReturnType<typeof aws> {
  return aws(region, 'codepipeline list-action-executions', [['--pipeline-name', pipeline], ['--no-paginate']], {
    query: query`actionExecutionDetails[?actionName=='${deploy}'].{Ended:lastUpdateTime,Status:status,Execution:pipelineExecutionId,Bundle:input.inputArtifacts[0].s3location.key} | [:15]`,
    output: 'table',
  });
}

function chosen({ goBackTo }: Place): string {
  if (goBackTo === undefined) return 'Write the label that you chose behind `LABEL=`.';
  return 'This label is the last one that a pipeline deployed with success, other than what runs. Check that it is the one you want, or write another.';
}
