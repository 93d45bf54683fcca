import { isInForce, type Barrier, type BarrierHold, type Barriers } from '../../domain/barriers/barriers.ts';
import { clock, dateAndClock, mention, plain } from '../words.ts';

/** '*shop → prod*'. */
export function placeWords({ app, environment }: Pick<Barriers, 'app' | 'environment'>): string {
  return `*${plain(app, 60)} → ${plain(environment, 60)}*`;
}

/** '`shop-pipeline` → *Prod*': the way into a stage. */
export function transitionWords({ pipeline, stage }: { readonly pipeline: string; readonly stage: string }): string {
  return `\`${plain(pipeline, 100)}\` → *${plain(stage, 100)}*`;
}

/** Who holds it: a person, or jack.yml's window. */
export function holderWords(by: Barrier['by']): string {
  return by === 'jack.yml' ? '`jack.yml`' : mention(by);
}

/** 'locked by @ada', 'frozen by @olive', 'frozen (window “weekend” of `jack.yml`)'. */
export function stateWords({ kind, by, window }: Barrier): string {
  if (kind === 'lock') return `locked by ${holderWords(by)}`;
  return window === undefined ? `frozen by ${holderWords(by)}` : `frozen (window “${plain(window, 60)}” of \`jack.yml\`)`;
}

/** 'unlocked by @ada · 14:05'. */
export function endWords({ kind, by, ended }: Barrier): string {
  if (!ended) return '';
  const who = ended.by === undefined ? '' : ` by ${mention(ended.by)}`;
  const how = {
    unlocked: `unlocked${who}`,
    stolen: `taken over${who}`,
    expired: `expired: the lock of ${holderWords(by)} had lasted its time`,
    thawed: `thawed${who}`,
    over: 'the freeze is over',
    'not-needed': kind === 'lock' ? 'not needed any more: the rollback changed nothing' : 'not needed any more',
  }[ended.how];
  return `${how} · ${clock(ended.at)}`;
}

/** 'since … · until …'. */
export function timeWords({ since, until }: Barrier): string {
  return `since ${dateAndClock(since)}  ·  until ${dateAndClock(until)}`;
}

/** What is held below for this environment, one line for each way in. */
export function holdWords(hold: BarrierHold): string {
  const transition = transitionWords(hold);
  switch (hold.state) {
    case 'held':
      return `:no_entry: ${transition} is held: what a push or the console sends there waits in front of it.`;
    case 'drifted':
      return `:warning: ${transition} was opened in AWS; I am closing it again.`;
    case 'left':
      return `:warning: ${transition} stands *open*: it was opened in AWS twice, and I leave it so. Only what goes through me is kept out.`;
    case 'ajar':
      return `:warning: ${transition} is open for what an owner let pass; I close it behind it.`;
    case 'refused':
      return `:warning: ${transition} stands *open*: AWS does not let me close it. Only what goes through me is kept out.`;
    case 'stuck':
      return `:warning: ${transition} is still *closed*: AWS does not let me open it. Enable it in CodePipeline.`;
    default:
      return hold.state satisfies never;
  }
}

/** Others that were in force when this one ended: the environment is not free yet. */
export function stillInForce(barrier: Barrier, { all }: Pick<Barriers, 'all'>): Barrier | undefined {
  const at = barrier.ended?.at;
  if (at === undefined) return undefined;
  return all.find((one) => one.id !== barrier.id && one.since <= at && isInForce({ until: one.until, ...(one.ended && one.ended.at <= at && { ended: one.ended }) }, at));
}
