import type { ServerResponse } from 'node:http';
import type { Change } from './route.ts';

const pause = 100;

/** Tells watching pages and tests what changed, at most ten times a second per area. */
export class Changes {
  readonly #watchers = new Set<ServerResponse>();
  readonly #waiting = new Set<Change['area']>();
  #timer: NodeJS.Timeout | undefined;

  tell(change: Change): void {
    this.#waiting.add(change.area);
    if (this.#timer) return;
    this.#flush();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#waiting.size > 0) this.#again();
    }, pause).unref();
  }

  /** Keeps this response open as a stream of server-sent events. */
  watch(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive' });
    response.write(': the areas that change are named here\n\n');
    this.#watchers.add(response);
    response.once('close', () => this.#watchers.delete(response));
  }

  stop(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers) watcher.end();
  }

  #again(): void {
    for (const area of Array.from(this.#waiting)) this.tell({ area });
  }

  #flush(): void {
    for (const area of this.#waiting) for (const watcher of this.#watchers) watcher.write(`data: ${JSON.stringify({ area })}\n\n`);
    this.#waiting.clear();
  }
}
