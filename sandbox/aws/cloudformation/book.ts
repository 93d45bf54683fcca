import { randomUUID } from 'node:crypto';
import type { Account, StackBook } from '../account.ts';
import { AwsError } from '../engine/service.ts';
import type { Stack } from './stack.ts';

const stackType = 'AWS::CloudFormation::Stack';

/** The account's stacks. Beanstalk writes them; nobody else makes any. */
export class Stacks implements StackBook {
  readonly #account: Account;
  /** In the order they were made. */
  readonly all: Stack[] = [];

  constructor(account: Account) {
    this.#account = account;
  }

  create(name: string, resources: readonly { readonly logicalId: string; readonly type: string; readonly physicalId: string }[]): { readonly id: string } {
    const at = this.#account.clock.now();
    const id = `arn:aws:cloudformation:${this.#account.region}:${this.#account.id}:stack/${name}/${randomUUID()}`;
    const stack: Stack = { id, name, createdAt: at, status: 'CREATE_COMPLETE', resources: resources.map((each) => ({ ...each, status: 'CREATE_COMPLETE', at })), events: [] };
    this.all.push(stack);
    this.event(name, { logicalId: name, type: stackType, status: 'CREATE_IN_PROGRESS', reason: 'User Initiated' });
    for (const { logicalId, type, physicalId } of resources) this.event(name, { logicalId, type, physicalId, status: 'CREATE_COMPLETE' });
    this.event(name, { logicalId: name, type: stackType, status: 'CREATE_COMPLETE' });
    return { id };
  }

  event(name: string, event: Parameters<StackBook['event']>[1]): void {
    const stack = this.find(name);
    const at = this.#account.clock.now();
    const resource = stack.resources.find((each) => each.logicalId === event.logicalId);
    const physicalId = event.physicalId ?? resource?.physicalId ?? (event.logicalId === name ? stack.id : undefined);
    stack.events.push({ ...event, id: randomUUID(), at, ...(physicalId !== undefined && { physicalId }) });
    if (resource) Object.assign(resource, { status: event.status, at, ...(event.reason !== undefined && { reason: event.reason }) });
    if (event.logicalId !== name) return;
    stack.status = event.status;
    if (event.reason === undefined) delete stack.statusReason;
    else stack.statusReason = event.reason;
    if (event.status.startsWith('UPDATE')) stack.updatedAt = at;
    if (event.status === 'DELETE_COMPLETE') stack.deletedAt = at;
  }

  /** By name (a deleted one only by id); throws CloudFormation's ValidationError. */
  find(nameOrId: string): Stack {
    const found = this.all.findLast((each) => each.id === nameOrId || (each.name === nameOrId && each.status !== 'DELETE_COMPLETE'));
    if (!found) throw new AwsError('ValidationError', `Stack with id ${nameOrId} does not exist`);
    return found;
  }
}
