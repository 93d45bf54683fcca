import { until } from './door.ts';
import type { Block } from './messages.ts';
import { readView } from './messages.ts';
import type { Stage } from './stage.ts';
import { equaliser, golden, writeDirect, writeTranscript } from './transcript.ts';

/** What a person has on the screen besides the channel. */
interface Shown {
  readonly blocks: readonly Block[];
  readonly title?: { readonly text: string };
  readonly submit?: { readonly text: string } | null;
}

/** A story as a golden transcript of several moments: what stands in the channel, and in direct messages, while something waits, and in the end. */
export class Tale {
  readonly #stage: Stage;
  readonly #channel: string;
  readonly #moments: string[] = [];

  constructor(stage: Stage, channel = 'shop') {
    this.#stage = stage;
    this.#channel = channel;
  }

  /** Writes down the channel, and who talks with Jack alone, once it has come to rest. */
  async moment(title: string): Promise<void> {
    await until('every truth check to end', async () => (/🔎|:mag:/.test(await writeTranscript(this.#stage, this.#channel, false)) ? undefined : true), 20_000, 150);
    await this.#stage.settle(this.#channel);
    this.#moments.push(`== ${title}\n${await writeTranscript(this.#stage, this.#channel, true, (text) => text)}${await writeDirect(this.#stage)}`);
  }

  /** Writes down what was done outside the channel, to Slack or AWS. */
  note(text: string): void {
    this.#stage.lines.push({ at: Date.now(), who: 'meanwhile', text: `(${text})`, channel: this.#channel });
  }

  /** Writes down a form or a home tab. */
  shows(title: string, view: Shown): void {
    this.#moments.push(`== ${title}\n${readView(view)}\n`);
  }

  /** All moments, and what they should be. */
  compare(name: string): { readonly wanted: string; readonly found: string } {
    return golden(name, equaliser()(this.#moments.join('\n')));
  }

  /** Writes down the last moment, and compares. */
  async ends(name: string): Promise<{ readonly wanted: string; readonly found: string }> {
    await this.moment('in the end');
    return this.compare(name);
  }
}
