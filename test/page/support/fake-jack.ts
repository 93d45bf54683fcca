import type { Block, ButtonElement } from '../../../sandbox/web/page/door/block-shapes.ts';
import type { FakeAws } from './fake-aws.ts';
import type { Args } from './fake-door.ts';
import { deployForm, failureBlocks, failureReply, homeView, releaseBlocks, type Shown } from './fake-views.ts';
import type { FakeSlack } from './fake-slack.ts';

const BOT = 'U0JACK0001';

/** A bot that plays one story, in the words the real one would use, so that the page has something to show. */
export class FakeJack {
  readonly #slack: FakeSlack;
  readonly #aws: FakeAws;
  readonly #pace: number;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly clicks: Args[] = [];
  release: { ts: string; channel: string } | undefined;

  constructor(slack: FakeSlack, aws: FakeAws, pace: number) {
    this.#slack = slack;
    this.#aws = aws;
    this.#pace = pace;
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  commanded(user: string, channel: string, text: string): unknown {
    const [command, ...words] = text.split(/\s+/);
    if (words.length === 0 && command === '/deploy') this.#open(user);
    else if (command === '/deploy' && words[0] === 'prod') this.#deploy(user, channel);
    else if (command === '/jack') this.tell(user, channel, '*Jack* understands `/deploy prod`, `/rollback prod` and `/jack help`.\n• `/deploy [app] [to] environment[@revision] [reason]`\n• `/rollback [app] [environment] [@version]`');
    else if (command === '/nobody') return { command: true, acked: false, error: 'operation_timeout' };
    else this.tell(user, channel, `:no_entry: *shop* has no environment \`${words[0] ?? ''}\`. It has \`dev\` and \`prod\`.`);
    return { command: true, acked: true };
  }

  tell(user: string, channel: string, text: string, blocks?: readonly Block[]): void {
    this.#slack.post({ channel, user: BOT, to: user, ephemeral: true, text, ...(blocks ? { blocks } : {}) });
  }

  #deploy(user: string, channel: string): void {
    const ts = this.#slack.post({ channel, user: BOT, text: 'shop → prod: waiting for approval', blocks: releaseBlocks('approval', user) });
    this.release = { ts, channel };
    this.#slack.post({ channel, user: BOT, thread_ts: ts, text: `<!subteam^S0APPROVE1> <@${user}> asks to ship *Show prices with tax* to *prod*. One approval of <!subteam^S0APPROVE1> or <@U0OLIVE001> is needed; it expires <!date^${Math.floor(Date.now() / 1000) + 14_400}^{date_short_pretty} at {time}|in 4 hours>.` });
  }

  clicked(args: Args): unknown {
    this.clicks.push(args);
    const user = String(args['user']);
    if (args['action_id'] === 'approve' && user === 'U0ADA00001') this.tell(user, 'C0SHOP0001', ':no_entry: You asked for this release, so you cannot approve it. <!subteam^S0APPROVE1> can.');
    else if (args['action_id'] === 'approve') this.#approve(user);
    else if (args['action_id'] === 'approve-other') this.#open(user);
    return new Promise((resolve) => this.#after(0.15, () => resolve({})));
  }

  #approve(user: string): void {
    this.#show('deploying', user);
    this.#aws.moveTo('deploying', 1);
    for (const taken of [2, 3]) this.#after(taken, () => this.#aws.moveTo('deploying', taken));
    this.#after(4, () => {
      this.#aws.moveTo('done', 4);
      this.#show('live', user);
    });
  }

  #show(step: Shown, approver: string): void {
    const { release } = this;
    if (!release) return;
    this.#slack.edit(release.ts, { text: step === 'live' ? 'shop → prod: live' : 'shop → prod: running', blocks: releaseBlocks(step, 'U0ADA00001', approver) });
    this.#slack.post({ channel: release.channel, user: BOT, thread_ts: release.ts, text: step === 'live' ? ':white_check_mark: *Live* on 4 of 4 instances, healthy, after 3 min 40 s.' : `:ballot_box_with_check: Approved by <@${approver}>.` });
  }

  /** A push whose build fails: broadcast, as the real one does. */
  failBuild(channel = 'C0SHOP0001'): string {
    this.#aws.moveTo('build-failed', 0);
    const ts = this.#slack.post({ channel, user: BOT, text: 'shop → prod: failed', blocks: failureBlocks() });
    this.#slack.post({ channel, user: BOT, thread_ts: ts, broadcast: true, text: '<@U0LINUS001> 2 of 214 tests failed in the build of *shop*.', blocks: failureReply() });
    return ts;
  }

  #open(user: string): void {
    this.#slack.views.set(user, [deployForm('V1')]);
    this.#slack.changed();
  }

  selected(args: Args): unknown {
    this.clicks.push(args);
    return {};
  }

  suggest(query: string): unknown {
    const all = ['6b07cb4 Show prices with tax', '17cb05d 장바구니 수정', 'a1b2c3d Bump dependencies'];
    return { options: all.filter((text) => text.toLowerCase().includes(query.toLowerCase())).map((text) => ({ text: { type: 'plain_text', text }, value: text.slice(0, 7), description: { type: 'plain_text', text: '2 hours ago · Linus Lind' } })) };
  }

  submitted(user: string, viewId: string, values: Readonly<Record<string, Readonly<Record<string, unknown>>>>): unknown {
    const [view] = this.#slack.views.get(user) ?? [];
    const reason = values['reason']?.['reason'];
    if (view?.id === viewId && (typeof reason !== 'string' || reason.length < 5)) {
      this.#slack.views.set(user, [{ ...view, errors: { reason: 'Say in a few words why, so that the approvers know.' } }]);
      this.#slack.changed();
      return { response_action: 'errors', errors: {} };
    }
    this.#slack.views.set(user, []);
    this.#deploy(user, 'C0SHOP0001');
    return {};
  }

  openedHome(user: string): void {
    this.#slack.homes.set(user, homeView(user));
    this.#slack.changed();
  }

  #after(seconds: number, then: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      then();
    }, (seconds * 1000) / this.#pace);
    this.#timers.add(timer);
  }
}

export function button(text: string, action_id: string, more: Partial<ButtonElement> = {}): ButtonElement {
  return { type: 'button', text: { type: 'plain_text', text }, action_id, ...more };
}
