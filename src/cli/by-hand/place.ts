import { variable, type Word } from './word.ts';

/** One environment as the lines need it: what is known stands in them, the rest is a variable of the shell. */
export interface Place {
  readonly region: Word;
  /** Beanstalk's application and environment. */
  readonly application: Word;
  readonly environment: Word;
  /** How pipelines come in: one for each action that deploys there. */
  readonly ways: readonly Way[];
  /** The last version that worked, where that is known. */
  readonly goBackTo?: string;
  /** The variables that stand for what nobody could look up, maybe with an example of each. */
  readonly unknown: readonly { readonly name: string; readonly example?: string }[];
}

export interface Way {
  readonly pipeline: Word;
  readonly stage: Word;
  /** The action that deploys. */
  readonly deploy: Word;
  /** 'Pipeline shop, stage Prod'. */
  readonly title: string;
  /** unknown: the pipeline could not be read. */
  readonly mode: 'one-by-one' | 'parallel' | 'unknown';
  /** No transition leads into a pipeline's first stage. */
  readonly isFirstStage: boolean;
  /** Manual approvals between the environment before and this one. */
  readonly approvals: readonly ApprovalAction[];
  /** The source action that takes a commit; absent where a commit cannot be named. */
  readonly source?: Word;
}

export interface ApprovalAction {
  readonly stage: Word;
  readonly action: Word;
  /** The executions that wait for it now; absent: not looked at. */
  readonly waiting?: readonly string[];
}

/** A way of which nothing is known. */
export function unknownWay(pipeline?: Word): Way {
  return {
    pipeline: pipeline ?? variable('PIPELINE'),
    stage: variable('STAGE'),
    deploy: variable('DEPLOY'),
    title: 'The pipeline',
    mode: 'unknown',
    isFirstStage: false,
    approvals: [{ stage: variable('APPROVAL_STAGE'), action: variable('APPROVAL') }],
    source: variable('SOURCE'),
  };
}

/** The variables of `unknownWay`. */
export const WAY_NAMES = ['PIPELINE', 'STAGE', 'DEPLOY', 'APPROVAL_STAGE', 'APPROVAL', 'SOURCE'] as const;

const EXAMPLES = {
  REGION: 'us-east-1', APPLICATION: 'shop', ENVIRONMENT: 'shop-prod',
  PIPELINE: 'shop', STAGE: 'Prod', DEPLOY: 'DeployProd', APPROVAL_STAGE: 'Prod', APPROVAL: 'ApproveProd', SOURCE: 'Source',
};

/** The place of the page in the docs: everything is a variable. */
export function anyPlace(): Place {
  const unknown = Object.entries(EXAMPLES).map(([name, example]) => ({ name, example }));
  return { region: variable('REGION'), application: variable('APPLICATION'), environment: variable('ENVIRONMENT'), ways: [unknownWay()], unknown };
}
