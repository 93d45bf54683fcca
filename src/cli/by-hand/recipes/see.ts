import { aws, set } from '../line.ts';
import type { Place } from '../place.ts';
import { forEachWay, type Recipe, type Step } from '../recipe.ts';
import { query } from '../word.ts';
import { environmentNow, eventsNow, executionsNow, instancesNow, stagesNow, untilReady } from './looks.ts';

/** Once in each terminal. */
export function first({ region, unknown }: Place): Recipe {
  const fill: Step = {
    say: 'Names, for the lines below: write what you know behind the `=`, and find the rest in the next section. `STAGE` and `DEPLOY` are the stage and the action that deploy, `APPROVAL_STAGE` and `APPROVAL` those of the manual approval in front.',
    lines: unknown.map(({ name, example }) => set(name, example)),
  };
  return {
    title: 'Before anything else',
    about: 'Use an identity of your own: AWS then records you, not Jack. The lines are for bash and zsh. No command line at hand? *CloudShell*, in the top bar of the console, has one that is logged in as you.',
    steps: [
      ...(unknown.length > 0 ? [fill] : []),
      { say: 'Is this the right account?', lines: [{ kind: 'export', text: 'export AWS_PAGER=' }, aws(region, 'sts get-caller-identity', [], { output: 'table' })] },
    ],
  };
}

/** For what is a variable in the lines. */
export function names(place: Place): Recipe {
  const { region, application } = place;
  return {
    title: 'Find the names',
    about: 'In AWS they are called like this.',
    console: '*Elastic Beanstalk → Environments* and *CodePipeline → Pipelines* show the same.',
    steps: [
      {
        say: 'Environments, then pipelines.',
        lines: [
          aws(region, 'elasticbeanstalk describe-environments', [['--application-name', application], ['--no-include-deleted']], { query: query`Environments[].[EnvironmentName,Status,VersionLabel]`, output: 'table' }),
          aws(region, 'codepipeline list-pipelines', [], { query: query`pipelines[].name`, output: 'table' }),
        ],
      },
      ...forEachWay(place, ({ pipeline }) => [{
        say: 'Of the pipeline: its execution mode, its stages, and which action is the source, the approval, and the deploy to which environment.',
        lines: [aws(region, 'codepipeline get-pipeline', [['--name', pipeline]], {
          query: query`pipeline.{Mode:executionMode,Stages:stages[].{Stage:name,Actions:actions[].{Action:name,Kind:actionTypeId.category,Environment:configuration.EnvironmentName}}}`,
          output: 'json',
        })],
      }]),
    ],
  };
}

export function see(place: Place): Recipe {
  return {
    title: 'See what runs and what waits',
    about: 'Look before each change. `Open` is `False` where the way into a stage is closed.',
    console: '*CodePipeline → Pipelines →* the pipeline; *Elastic Beanstalk → Environments →* the environment, tabs *Health* and *Events*.',
    steps: [
      { say: 'The environment.', lines: [environmentNow(place)] },
      ...forEachWay(place, (way) => [{ say: 'Its stages, and the latest executions.', lines: [stagesNow(place, way), executionsNow(place, way)] }]),
    ],
  };
}

export function verify(place: Place): Recipe {
  return {
    title: 'Is it really there?',
    about: '`Ready` only means that the environment takes the next order, also after a failure. It is live when *every* instance shows the version, `Deployed` and `Ok`, and stays so for some minutes.',
    console: '*Elastic Beanstalk → Environments →* the environment *→ Health*: the column *Deployment ID* is the same for all instances, and *Events* ends with “Environment update completed successfully.”',
    steps: [
      { say: 'Wait until nothing moves (seven minutes at most; then again).', lines: [untilReady(place)] },
      { say: 'The environment, and each instance. Refused with `InvalidRequestException`? Then enhanced health is off, and only the events tell.', lines: [environmentNow(place), instancesNow(place)] },
      { say: 'How it ended.', lines: [eventsNow(place)] },
    ],
  };
}
