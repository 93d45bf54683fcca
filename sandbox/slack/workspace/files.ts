/** A file from its announcement (`files.getUploadURLExternal`) to its shares. */
export type StoredFile = {
  readonly id: string;
  readonly name: string;
  title: string;
  readonly length: number;
  readonly altText?: string;
  /** The last part of the upload address. */
  readonly ticket: string;
  /** Epoch seconds. */
  readonly created: number;
  bytes?: Uint8Array;
  /** `files.completeUploadExternal` was called. */
  completed: boolean;
  /** Set some time after completion: until then the file cannot be used in a block. */
  mimetype?: string;
  /** Channel to the `ts` of the messages that show it. */
  readonly shares: Map<string, string[]>;
};

/** Files of the workspace. */
export class FileShelf {
  readonly #files = new Map<string, StoredFile>();

  add(file: StoredFile): void {
    this.#files.set(file.id, file);
  }

  find(id: string): StoredFile | undefined {
    return this.#files.get(id);
  }

  byTicket(ticket: string): StoredFile | undefined {
    return [...this.#files.values()].find((file) => file.ticket === ticket);
  }

  remove(id: string): void {
    this.#files.delete(id);
  }
}

const TYPES: Readonly<Record<string, string>> = { png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', txt: 'text/plain', log: 'text/plain', md: 'text/markdown', json: 'application/json', csv: 'text/csv', pdf: 'application/pdf' };

/** What Slack will say the file is, by its name. */
export function mimetypeOf(name: string): string {
  return TYPES[extensionOf(name)] ?? 'application/octet-stream';
}

export function extensionOf(name: string): string {
  return (/\.([^.]+)$/.exec(name)?.[1] ?? '').toLowerCase();
}
