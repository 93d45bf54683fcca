import type { JsonObject } from '../../json.ts';

/** Who called, as SigV4 proved it. */
export interface Caller {
  readonly accountId: string;
  /** 'arn:aws:sts::123456789012:assumed-role/jack/U0ADA', 'arn:aws:iam::123456789012:user/jack', … */
  readonly arn: string;
  readonly region: string;
  /** Goes out as `x-amzn-RequestId`; Beanstalk's events of the operation carry it. */
  readonly requestId: string;
  /** Ends when the client has hung up: a long poll then must not take anything any more. Absent where no client waits. */
  readonly gone?: AbortSignal;
}

/** Input and output are checked against AWS's model by the engine; a member that the model does not know is an error of the handler. */
export type Handler = (input: JsonObject, caller: Caller) => Promise<JsonObject | void> | JsonObject | void;

export interface AwsService {
  /** The key in aws-models.json, which is also the SigV4 signing name's service here: 'codepipeline', 'elasticbeanstalk', … */
  readonly name: string;
  readonly handlers: Readonly<Record<string, Handler>>;
}

/** An error as AWS says it: the model's shape name or wire code, and AWS's words. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
  }
}
