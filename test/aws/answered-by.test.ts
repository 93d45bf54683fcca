import { describe, expect, it } from '@jest/globals';
import pino from 'pino';
import type { ReadClients } from '../../src/aws/clients.ts';
import { createAnsweredBy } from '../../src/aws/pipelines/answered-by.ts';
import type { Read } from '../../src/aws/reads.ts';
import type { ObservedAction } from '../../src/domain/observation.ts';
import { anApp, anExecution, T0 } from '../support/world/builders.ts';

const OLIVE = 'arn:aws:iam::123456789012:user/olive';

function told(action: string, more: object = {}): object {
  return { CloudTrailEvent: JSON.stringify({ userIdentity: { type: 'IAMUser', arn: OLIVE }, requestParameters: { pipelineName: 'shop-pipeline', stageName: 'Prod', actionName: action }, ...more }) };
}

/** CloudTrail with these events; counts how often it was asked. */
function cloudtrail(events: readonly object[] | Error): { readonly read: Read; asked: number } {
  const trail: { read: Read; asked: number } = {
    asked: 0,
    read: async (_account, _operation, input, call) =>
      call({ cloudtrail: { send: async () => {
        trail.asked += 1;
        if (events instanceof Error) throw events;
        return { Events: events };
      } } } as unknown as ReadClients, input),
  };
  return trail;
}

const answered: Partial<ObservedAction> = { status: 'Succeeded', updatedAt: T0 };
async function named(events: readonly object[] | Error, action: Partial<ObservedAction> = answered) {
  const trail = cloudtrail(events);
  const stages = await createAnsweredBy(trail.read, pino({ level: 'silent' }), 30_000)(anApp(), anExecution({ 'Prod/Approve': action }));
  return { who: stages[3]?.actions[0]?.updatedBy, asked: trail.asked };
}

describe('who answered an approval', () => {
  it('is looked up in CloudTrail where the action does not tell', async () => {
    expect(await named([told('Other'), told('Approve', { errorCode: 'ApprovalAlreadyCompletedException' }), told('Approve')])).toEqual({ who: OLIVE, asked: 1 });
  });

  it('is who answered at that moment, of several who answered at the same action', async () => {
    const other = { ...told('Approve', { userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::123456789012:user/ann' } }), EventTime: new Date(T0 + 60_000) };
    expect(await named([other, { ...told('Approve'), EventTime: new Date(T0 + 1000) }])).toEqual({ who: OLIVE, asked: 1 });
  });

  it('is not looked up where it is known, or nobody has answered', async () => {
    expect(await named([told('Approve')], { ...answered, updatedBy: 'jack' })).toEqual({ who: 'jack', asked: 0 });
    expect(await named([told('Approve')], { status: 'InProgress', updatedAt: T0 })).toEqual({ who: undefined, asked: 0 });
  });

  it('stays unknown when CloudTrail does not tell, or is closed', async () => {
    expect(await named([])).toEqual({ who: undefined, asked: 1 });
    expect(await named(new Error('AccessDenied'))).toEqual({ who: undefined, asked: 1 });
  });
});
