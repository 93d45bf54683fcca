import type { Time } from '../observation.ts';

/** A time in which nothing goes, as jack.yml has it. Weekly ones repeat; dated ones come once. Local time of `zone`. */
export interface PlannedFreeze {
  readonly name: string;
  /** IANA name, such as Europe/Berlin. */
  readonly zone: string;
  /** Names of environments; absent: all of the app. */
  readonly environments?: readonly string[];
  readonly when:
    /** `day` 1 (Monday) to 7; `minute` of the local day, 0 to 1439. The end lies after the begin, at most a week later. */
    | { readonly kind: 'weekly'; readonly from: WeekMinute; readonly until: WeekMinute }
    /** Local dates and times, 'YYYY-MM-DDTHH:MM'. */
    | { readonly kind: 'dated'; readonly from: string; readonly until: string };
}

export interface WeekMinute {
  readonly day: number;
  readonly minute: number;
}

/** One time that a window comes to pass. `until` is the first moment at which something may go again. */
export interface Occurrence {
  readonly window: string;
  readonly from: Time;
  readonly until: Time;
}
