import { aws, type AwsLine } from '../line.ts';
import type { Place, Way } from '../place.ts';
import { literal, query, type Word } from '../word.ts';

/** Questions that several recipes ask. */

export function environmentNow(place: Place): AwsLine {
  return aws(place.region, 'elasticbeanstalk describe-environments', [['--application-name', place.application], ['--environment-names', place.environment], ['--no-include-deleted']], {
    query: query`Environments[].{Environment:EnvironmentName,Status:Status,Health:HealthStatus,Version:VersionLabel,CanBeAborted:AbortableOperationInProgress}`,
    output: 'table',
  });
}

export function stagesNow({ region }: Place, { pipeline }: Way): AwsLine {
  return aws(region, 'codepipeline get-pipeline-state', [['--name', pipeline]], {
    query: query`stageStates[].{Stage:stageName,Status:latestExecution.status,Execution:latestExecution.pipelineExecutionId,WaitsInFront:inboundExecution.pipelineExecutionId,Open:inboundTransitionState.enabled}`,
    output: 'table',
  });
}

/** Only the ways in that are closed, and what waits there. */
export function closedNow({ region }: Place, { pipeline }: Way): AwsLine {
  return aws(region, 'codepipeline get-pipeline-state', [['--name', pipeline]], {
    query: query`stageStates[?inboundTransitionState.enabled==\`false\`].{Stage:stageName,Reason:inboundTransitionState.disabledReason,By:inboundTransitionState.lastChangedBy,Since:inboundTransitionState.lastChangedAt,Waits:inboundExecution.pipelineExecutionId}`,
    output: 'table',
  });
}

export function executionsNow({ region }: Place, { pipeline }: Way): AwsLine {
  return aws(region, 'codepipeline list-pipeline-executions', [['--pipeline-name', pipeline]], {
    query: query`pipelineExecutionSummaries[].{Started:startTime,Status:status,Execution:pipelineExecutionId,Commit:sourceRevisions[0].revisionId,Message:sourceRevisions[0].revisionSummary}`,
    output: 'table',
    most: 10,
  });
}

export function versionsNow({ region, application }: Place): AwsLine {
  return aws(region, 'elasticbeanstalk describe-application-versions', [['--application-name', application]], {
    query: query`reverse(sort_by(ApplicationVersions,&DateCreated))[:15].{Made:DateCreated,Label:VersionLabel,Status:Status,Bundle:SourceBundle.S3Key,About:Description}`,
    output: 'table',
  });
}

/** Every instance, and the version that it runs. */
export function instancesNow({ region, environment }: Place): AwsLine {
  return aws(region, 'elasticbeanstalk describe-instances-health', [['--environment-name', environment], ['--attribute-names', literal('All')]], {
    query: query`InstanceHealthList[].{Instance:InstanceId,Version:Deployment.VersionLabel,Deployment:Deployment.Status,Health:HealthStatus,Cause:Causes[0]}`,
    output: 'table',
  });
}

export function eventsNow({ region, application, environment }: Place): AwsLine {
  return aws(region, 'elasticbeanstalk describe-events', [['--application-name', application], ['--environment-name', environment]], {
    query: query`Events[].[EventDate,Severity,Message]`,
    output: 'table',
    most: 40,
  });
}

export function untilReady({ region, application, environment }: Place): AwsLine {
  return aws(region, 'elasticbeanstalk wait environment-updated', [['--application-name', application], ['--environment-names', environment]]);
}

export function update(place: Place, label: Word): AwsLine {
  return aws(place.region, 'elasticbeanstalk update-environment', [['--application-name', place.application], ['--environment-name', place.environment], ['--version-label', label]], {
    query: query`{Environment:EnvironmentName,Status:Status,Version:VersionLabel}`,
    output: 'table',
  });
}

export function abort({ region, environment }: Place): AwsLine {
  return aws(region, 'elasticbeanstalk abort-environment-update', [['--environment-name', environment]]);
}

export function hold({ region }: Place, { pipeline, stage }: Way): AwsLine {
  const reason = literal('Held by hand while Jack is away');
  return aws(region, 'codepipeline disable-stage-transition', [['--pipeline-name', pipeline], ['--stage-name', stage], ['--transition-type', literal('Inbound')], ['--reason', reason]]);
}

export function free({ region }: Place, { pipeline, stage }: Way): AwsLine {
  return aws(region, 'codepipeline enable-stage-transition', [['--pipeline-name', pipeline], ['--stage-name', stage], ['--transition-type', literal('Inbound')]]);
}
