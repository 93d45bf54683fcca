/** Slack's own times, real milliseconds. A test that wants to see an end of one need not wait as long. */
export type Timing = {
  /** How long an app has for its ack. */
  ackMs: number;
  /** Waits before the retries of an event: at once, after a minute, after five. */
  eventRetryMs: readonly number[];
  /** From `files.completeUploadExternal` until the file has a mimetype and is shared. */
  uploadMs: number;
  /** Between the frames by which Slack asks whether a socket is alive. */
  pingMs: number;
};

export const slackTiming: Timing = { ackMs: 3000, eventRetryMs: [0, 60_000, 300_000], uploadMs: 300, pingMs: 10_000 };
