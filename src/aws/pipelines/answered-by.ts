import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { Event } from '@aws-sdk/client-cloudtrail';
import type { Logger } from 'pino';
import type { ObservedAction, ObservedExecution, ObservedStage } from '../../domain/observation.ts';
import { accountKey } from '../clients.ts';
import type { Account } from '../clients.ts';
import { isDenied } from '../faults.ts';
import { remember } from '../memory.ts';
import type { Read } from '../reads.ts';
import { callerOf } from './stopped-by.ts';

/** The same stages, with who answered an approval where the action itself does not tell and CloudTrail does (it may take 15 minutes). */
export type AnsweredBy = (account: Account, execution: ObservedExecution) => Promise<readonly ObservedStage[]>;

/** The event and the action's last update are the same moment by two clocks. */
const APART_MS = 120_000;

interface Answered {
  readonly pipeline: string;
  readonly stage: string;
  readonly action: ObservedAction;
  readonly at: number;
}

/** CloudTrail allows two look-ups a second per account: one answer is asked for again only after `againMs`. */
export function createAnsweredBy(read: Read, log: Logger, againMs: number): AnsweredBy {
  const known = remember<string | undefined>((who) => (who === undefined ? againMs : Number.POSITIVE_INFINITY));
  return (account, execution) =>
    Promise.all(
      execution.stages.map(async (stage) => {
        if (!stage.actions.some(isUnnamed)) return stage;
        const actions = stage.actions.map(async (action) => {
          const at = action.updatedAt;
          if (!isUnnamed(action) || at === undefined) return action;
          const answered: Answered = { pipeline: execution.pipeline, stage: stage.name, action, at };
          const who = await known.of(`${accountKey(account)} ${execution.id} ${stage.name} ${action.name} ${at}`, () => lookUp(read, log, account, answered));
          return who === undefined ? action : { ...action, updatedBy: who };
        });
        return { ...stage, actions: await Promise.all(actions) };
      }),
    );
}

function isUnnamed({ kind, status, updatedBy }: ObservedAction): boolean {
  return kind === 'approval' && (status === 'Succeeded' || status === 'Failed') && updatedBy === undefined;
}

/** Knowing who it was is a courtesy, and CloudTrail often is closed to Jack: a failed look-up is logged, not thrown. */
async function lookUp(read: Read, log: Logger, account: Account, answered: Answered): Promise<string | undefined> {
  const input = {
    LookupAttributes: [{ AttributeKey: 'EventName' as const, AttributeValue: 'PutApprovalResult' }],
    StartTime: new Date(answered.at - APART_MS),
    EndTime: new Date(answered.at + APART_MS),
    MaxResults: 50,
  };
  try {
    const answer = await read(account, 'cloudtrail:LookupEvents', input, ({ cloudtrail }, input) => cloudtrail.send(new LookupEventsCommand(input)));
    const event = (answer.Events ?? []).find((one) => isAnswerOf(one, answered));
    return event && callerOf(event);
  } catch (error) {
    log[isDenied(error) ? 'debug' : 'warn']({ err: error, pipeline: answered.pipeline }, 'CloudTrail did not tell who answered the approval');
    return undefined;
  }
}

/** Refused calls are recorded too. */
export function isAnswerOf({ CloudTrailEvent: told = '' }: Event, { pipeline, stage, action }: Pick<Answered, 'pipeline' | 'stage' | 'action'>): boolean {
  const names = { pipelineName: pipeline, stageName: stage, actionName: action.name };
  return !told.includes('"errorCode"') && Object.entries(names).every(([field, name]) => new RegExp(`"${field}"\\s*:\\s*${JSON.stringify(name).replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)}`).test(told));
}
