import { until } from './door.ts';
import { findButton, read, type Seen } from './messages.ts';
import type { Stage } from './stage.ts';

interface Taken {
  readonly ts?: string;
  readonly acked?: boolean;
  readonly error?: string;
}

interface Modal {
  readonly id: string;
  readonly callback_id: string;
  readonly blocks: readonly unknown[];
}

/** Somebody in the workspace, who does what people do: types, clicks, fills in, reads. */
export class Person {
  readonly name: string;
  readonly #stage: Stage;

  constructor(name: string, stage: Stage) {
    this.name = name;
    this.#stage = stage;
  }

  /** Types into a channel; a leading slash is a command. */
  async types(channel: string, text: string, threadTs?: string): Promise<{ readonly ts?: string; readonly acked?: boolean; readonly error?: string }> {
    this.#stage.lines.push({ at: Date.now(), who: this.name, text, channel });
    return this.#untilTaken(() => this.#stage.door.post<Taken>('/slack/type', { user: this.name, channel, text, ...(threadTs !== undefined && { thread_ts: threadTs }) }));
  }

  /** Clicks the newest button with this label that they see in the channel or its threads; waits for it. */
  async clicks(channel: string, label: string, ms?: number): Promise<void> {
    const found = await until(async () => `${this.name} to see a button “${label}” in #${channel}:\n${await this.overhears(channel)}`, async () => findButton(await this.sees(channel), label), ms);
    this.#stage.lines.push({ at: Date.now(), who: this.name, text: `clicks [${label}]`, channel });
    await this.#untilTaken(() => this.#stage.door.post<Taken>('/slack/click', { user: this.name, channel, ts: found.message.ts, action_id: found.element.action_id, block_id: found.block.block_id }));
  }

  /** People try again when Slack says that the app did not answer. */
  async #untilTaken<T extends { readonly acked?: boolean }>(attempt: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      await this.#stage.whileUp();
      const answer = await attempt();
      if (answer.acked !== false || tries === 10) return answer;
    }
  }

  /** Everything they see in the channel and its threads, in the order of time. */
  async sees(channel: string): Promise<readonly Seen[]> {
    const { messages } = await this.#stage.door.get<{ messages: readonly Seen[] }>(`/slack/as/${this.name}/channel/${channel}?limit=200`);
    const threads = await Promise.all(messages.filter((message) => (message.reply_count ?? 0) > 0 && message.thread_ts !== undefined || (message.reply_count ?? 0) > 0).map((root) => this.#thread(channel, root.ts)));
    const all = new Map<string, Seen>();
    for (const message of [...messages, ...threads.flat()]) all.set(`${message.ts}:${message.ephemeral === true}`, message);
    return [...all.values()].sort((a, b) => Number(a.ts) - Number(b.ts));
  }

  async #thread(channel: string, ts: string): Promise<readonly Seen[]> {
    return (await this.#stage.door.get<{ messages: readonly Seen[] }>(`/slack/as/${this.name}/channel/${channel}?thread=${ts}&limit=200`)).messages;
  }

  async readsChannel(channel: string): Promise<readonly string[]> {
    return (await this.sees(channel)).map(read);
  }

  /** For complaints: all that can be read. */
  async overhears(channel: string): Promise<string> {
    return (await this.readsChannel(channel)).join('\n---\n');
  }

  /** Waits for something that they can read, ephemerals among it. */
  async reads(channel: string, says: string | RegExp, ms?: number): Promise<string> {
    return until(async () => `${this.name} to read ${String(says)} in #${channel}:\n${await this.overhears(channel)}`, async () => (await this.readsChannel(channel)).find((text) => (typeof says === 'string' ? text.includes(says) : says.test(text))), ms);
  }

  /** The form on top of their screen, when it is this one. */
  async form(id: string, ms?: number): Promise<Modal> {
    return until(`${this.name} to see the form ${id}`, async () => {
      const { views } = await this.#stage.door.get<{ views: readonly Modal[] }>(`/slack/as/${this.name}/modal`);
      const top = views.at(-1);
      return top?.callback_id === id ? top : undefined;
    }, ms);
  }

  async submits(form: Modal, values: Readonly<Record<string, Readonly<Record<string, unknown>>>>, channel = 'shop'): Promise<Taken & { readonly response_action?: string; readonly errors?: Readonly<Record<string, string>> }> {
    this.#stage.lines.push({ at: Date.now(), who: this.name, text: `fills in the form ${form.callback_id}: ${Object.values(values).flatMap((one) => Object.values(one)).map(String).join(', ')}`, channel });
    return this.#untilTaken(() => this.#stage.door.post<Taken>('/slack/submit', { user: this.name, view_id: form.id, values }));
  }

  /** Forms are best effort: one that did not open is asked for again. */
  async formOrAgain(id: string, again: () => Promise<void>): Promise<Modal> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.form(id, 3_000);
      } catch (error) {
        if (tries === 8) throw error;
        await again();
      }
    }
  }

  /** Clicks in an answer that only they see; one that was lost is asked for again, as people do. */
  async clicksOrAgain(channel: string, label: string, again: () => Promise<unknown>): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await this.clicks(channel, label, 4_000);
        return;
      } catch (error) {
        if (tries === 6) throw error;
        await again();
      }
    }
  }

  /** Confirms the plan that only they see; a plan that was lost is asked for again, as people do. */
  async confirmsRollback(channel: string): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        const plan = await until('the plan', async () => {
          const seen = (await this.sees(channel)).filter((message) => message.ephemeral === true);
          return findButton(seen, 'Roll back');
        }, 4_000);
        await this.#untilTaken(() => this.#stage.door.post<Taken>('/slack/click', { user: this.name, channel, ts: plan.message.ts, action_id: plan.element.action_id, block_id: plan.block.block_id }));
        return;
      } catch (error) {
        if (tries === 6) throw error;
        const seen = (await this.sees(channel)).filter((message) => message.ephemeral !== true);
        const button = findButton(seen, 'Roll back');
        if (button) await this.#untilTaken(() => this.#stage.door.post<Taken>('/slack/click', { user: this.name, channel, ts: button.message.ts, action_id: button.element.action_id, block_id: button.block.block_id }));
      }
    }
  }
}
