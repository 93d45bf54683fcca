/** A source commit, or what stands for one. Everything but `id` may be unknown. */
export interface Revision {
  /** Full commit id, or S3 version id. Absent when nothing tells ("unknown revision"). */
  readonly id?: string;
  /** Beanstalk's name of the uploaded version, once there is one. */
  readonly label?: string;
  /** First line of the commit message, raw: views escape and cut it. */
  readonly summary?: string;
  readonly author?: Author;
  /** https only; taken from AWS. */
  readonly url?: string;
  /** Where it was found: the pipeline's source action. */
  readonly sourceAction?: string;
}

export interface Author {
  readonly name: string;
  readonly email?: string;
  /** Slack user id where the author could be matched. */
  readonly slackUser?: string;
  /** Slack could not tell just now who it is: looked up again. */
  readonly notYetMatched?: true;
}

/** What people type and read: seven characters of a commit. */
export function shortCommit(id: string): string {
  return /^[0-9a-f]{40}$/.test(id) ? id.slice(0, 7) : id.slice(0, 12);
}

/** '4369dde Fix the basket', else the version label; raw. */
export function briefly(revision: Revision | undefined): string {
  const words = [revision?.id?.slice(0, 7), revision?.summary?.split('\n')[0]].filter((word) => word !== undefined).join(' ');
  return words || (revision?.label ?? 'an unknown revision');
}
