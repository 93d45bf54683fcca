import { aws, set } from '../line.ts';
import type { Place, Way } from '../place.ts';
import { forEachWay, type Recipe } from '../recipe.ts';
import { joined, literal, query, variable, type Word } from '../word.ts';
import { eventsNow, executionsNow, instancesNow } from './looks.ts';

export function why(place: Place): Recipe {
  return {
    title: 'Why did it fail?',
    about: 'Build logs and events can hold secrets: read before you paste them anywhere.',
    console: '*CodePipeline → Pipelines →* the pipeline *→ View details* at the failed action; *Elastic Beanstalk → Environments →* the environment *→ Events* and *→ Logs → Request last 100 lines*.',
    steps: [
      { say: 'A deploy: the environment’s events, newest first, and what each instance says.', lines: [eventsNow(place), instancesNow(place)] },
      ...forEachWay(place, (way) => [
        { say: 'A pipeline: write the failed execution behind `EXECUTION=`.', lines: [executionsNow(place, way), set('EXECUTION')] },
        { say: 'The failed action, and its error.', lines: [failed(place, way)] },
        { say: 'A build of that execution: its failed phase, and the end of its log.', lines: build(place, way) },
      ]),
    ],
  };
}

const OF_EXECUTION = ['--filter', joined('pipelineExecutionId=', variable('EXECUTION'))] as const;

function failed({ region }: Place, { pipeline }: Way): ReturnType<typeof aws> {
  return aws(region, 'codepipeline list-action-executions', [['--pipeline-name', pipeline], OF_EXECUTION, ['--no-paginate']], {
    query: query`actionExecutionDetails[?status=='Failed'].{Stage:stageName,Action:actionName,Error:output.executionResult.errorDetails.message,Said:output.executionResult.externalExecutionSummary}`,
    output: 'json',
  });
}

function build({ region }: Place, { pipeline }: Way): readonly ReturnType<typeof aws>[] {
  const BUILD = variable('BUILD');
  const ofBuild = (asked: Word, into?: string): ReturnType<typeof aws> => aws(region, 'codebuild batch-get-builds', [['--ids', BUILD]], { query: asked, ...(into === undefined ? { output: 'json' } : { into }) });
  return [
    aws(region, 'codepipeline list-action-executions', [['--pipeline-name', pipeline], OF_EXECUTION, ['--no-paginate']], {
      query: query`actionExecutionDetails[?input.actionTypeId.provider=='CodeBuild' && status=='Failed'].output.executionResult.externalExecutionId | [0]`,
      into: 'BUILD',
    }),
    ofBuild(query`builds[0].phases[?phaseStatus=='FAILED' || phaseStatus=='FAULT' || phaseStatus=='TIMED_OUT'].{Phase:phaseType,Why:contexts[0].message}`),
    ofBuild(query`builds[0].logs.groupName`, 'LOG_GROUP'),
    ofBuild(query`builds[0].logs.streamName`, 'LOG_STREAM'),
    aws(region, 'logs get-log-events', [['--log-group-name', variable('LOG_GROUP')], ['--log-stream-name', variable('LOG_STREAM')], ['--limit', literal('100')]], { query: query`events[].[message]`, output: 'text' }),
  ];
}
