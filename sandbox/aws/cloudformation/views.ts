import type { JsonObject } from '../../json.ts';
import type { Stack, StackEvent, StackResource } from './stack.ts';

/** `Stack`. */
export function stackView(stack: Stack): JsonObject {
  return { StackId: stack.id, Description: `AWS Elastic Beanstalk environment (Name: '${stack.name}')`, ...summary(stack), DisableRollback: false, Parameters: [], Outputs: [], Tags: [], NotificationARNs: [], Capabilities: [] };
}

/** `StackSummary`. */
export function summary(stack: Stack): JsonObject {
  return {
    StackId: stack.id,
    StackName: stack.name,
    CreationTime: new Date(stack.createdAt),
    StackStatus: stack.status,
    ...(stack.updatedAt !== undefined && { LastUpdatedTime: new Date(stack.updatedAt) }),
    ...(stack.deletedAt !== undefined && { DeletionTime: new Date(stack.deletedAt) }),
    ...(stack.statusReason !== undefined && { StackStatusReason: stack.statusReason }),
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}

/** `StackEvent`. */
export function eventView(stack: Stack, event: StackEvent): JsonObject {
  return {
    StackId: stack.id,
    EventId: event.id,
    StackName: stack.name,
    LogicalResourceId: event.logicalId,
    ResourceType: event.type,
    Timestamp: new Date(event.at),
    ResourceStatus: event.status,
    ...(event.physicalId !== undefined && { PhysicalResourceId: event.physicalId }),
    ...(event.reason !== undefined && { ResourceStatusReason: event.reason }),
  };
}

/** `StackResource`. */
export function resourceView(stack: Stack, resource: StackResource): JsonObject {
  return {
    StackName: stack.name,
    StackId: stack.id,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    Timestamp: new Date(resource.at),
    ResourceStatus: resource.status,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
    ...(resource.reason !== undefined && { ResourceStatusReason: resource.reason }),
  };
}
