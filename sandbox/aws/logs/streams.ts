/** One line of a stream. Times are epoch ms. */
export interface LogEvent {
  readonly id: string;
  readonly at: number;
  readonly message: string;
}

export interface LogStream {
  readonly name: string;
  readonly createdAt: number;
  readonly events: LogEvent[];
}

/** Groups of streams, in memory. */
export class Streams {
  readonly #groups = new Map<string, Map<string, LogStream>>();
  #next = 1;

  write(group: string, stream: string, lines: readonly string[]): void {
    const { events } = this.#stream(group, stream);
    const at = Date.now();
    for (const message of lines) events.push({ id: String(this.#next++).padStart(56, '0'), at, message });
  }

  groups(): readonly string[] {
    return [...this.#groups.keys()].toSorted();
  }

  /** Streams by name; undefined where there is no such group. */
  streams(group: string): readonly LogStream[] | undefined {
    const found = this.#groups.get(group);
    return found && [...found.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
  }

  #stream(group: string, name: string): LogStream {
    const streams = this.#groups.get(group) ?? new Map<string, LogStream>();
    this.#groups.set(group, streams);
    const stream = streams.get(name) ?? { name, createdAt: Date.now(), events: [] };
    streams.set(name, stream);
    return stream;
  }
}
