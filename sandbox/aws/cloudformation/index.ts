import type { Account, StackBook } from '../account.ts';
import type { Json, JsonObject } from '../../json.ts';
import { AwsError } from '../engine/service.ts';
import type { Part } from '../part.ts';
import type { Seed } from '../seed.ts';
import { Stacks } from './book.ts';
import type { Stack } from './stack.ts';
import { eventView, resourceView, stackView, summary } from './views.ts';

/** DescribeStackEvents answers with this many at a time. */
const eventsPerPage = 100;

/** CloudFormation: the stacks behind Beanstalk's environments, to be read. Change sets are refused. */
export function cloudformation(account: Account, _seed: Seed): Part & { readonly stacks: StackBook } {
  const stacks = new Stacks(account);
  return {
    service: {
      name: 'cloudformation',
      handlers: {
        DescribeStacks: (input) => {
          const name = input.StackName;
          const found = typeof name === 'string' ? [stacks.find(name)] : stacks.all.filter((each) => each.status !== 'DELETE_COMPLETE');
          return { Stacks: found.map(stackView) };
        },
        DescribeStackEvents: (input) => eventsOf(stacks.find(wordOf(input.StackName)), input),
        DescribeStackResources: (input) => resourcesOf(stacks, input),
        ListStacks: (input) => {
          const wanted = Array.isArray(input.StackStatusFilter) ? input.StackStatusFilter : [];
          return { StackSummaries: stacks.all.toReversed().filter((each) => wanted.length === 0 || wanted.includes(each.status)).map(summary) };
        },
        CreateChangeSet: refuse,
        DescribeChangeSet: refuse,
        ExecuteChangeSet: refuse,
      },
    },
    stacks,
  };
}

function eventsOf(stack: Stack, input: JsonObject): JsonObject {
  const from = Number(input.NextToken ?? '0');
  const all = stack.events.toReversed();
  const next = from + eventsPerPage;
  return { StackEvents: all.slice(from, next).map((each) => eventView(stack, each)), ...(next < all.length && { NextToken: String(next) }) };
}

function resourcesOf(stacks: Stacks, input: JsonObject): JsonObject {
  const { StackName: name, PhysicalResourceId: physical, LogicalResourceId: logical } = input;
  const stack = typeof name === 'string' ? stacks.find(name) : stacks.all.find((each) => each.resources.some((resource) => resource.physicalId === physical));
  if (!stack) throw new AwsError('ValidationError', `Stack for ${wordOf(physical)} does not exist`);
  const found = stack.resources.filter((each) => logical === undefined || each.logicalId === logical);
  return { StackResources: found.map((each) => resourceView(stack, each)) };
}

function wordOf(value: Json): string {
  return typeof value === 'string' ? value : '';
}

function refuse(): never {
  throw new AwsError('NotImplemented', 'The sandbox does not do change sets.', 501);
}
