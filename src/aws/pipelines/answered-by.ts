import type { Event } from '@aws-sdk/client-cloudtrail';
import type { Logger } from 'pino';
import type { ObservedAction, ObservedExecution, ObservedStage } from '../../domain/observation.ts';
import { accountKey } from '../clients.ts';
import type { Account } from '../clients.ts';
import { remember } from '../memory.ts';
import type { Read } from '../reads.ts';
import { callerInCloudTrail } from './caller.ts';

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

function lookUp(read: Read, log: Logger, account: Account, answered: Answered): Promise<string | undefined> {
  return callerInCloudTrail(read, log, account, {
    operation: 'PutApprovalResult',
    since: answered.at - APART_MS,
    until: answered.at + APART_MS,
    choose: (taken) => closest(taken.filter((event) => isAnswerOf(event, answered)), answered.at),
    about: { pipeline: answered.pipeline },
  });
}

/** In PARALLEL several executions may ask at one action, and be answered within moments. */
function closest(events: readonly Event[], at: number): Event | undefined {
  const apart = ({ EventTime }: Event): number => Math.abs((EventTime?.getTime() ?? at) - at);
  return events.toSorted((a, b) => apart(a) - apart(b))[0];
}

function isAnswerOf({ CloudTrailEvent: told = '' }: Event, { pipeline, stage, action }: Answered): boolean {
  const names = { pipelineName: pipeline, stageName: stage, actionName: action.name };
  return Object.entries(names).every(([field, name]) => new RegExp(`"${field}"\\s*:\\s*${JSON.stringify(name).replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)}`).test(told));
}
