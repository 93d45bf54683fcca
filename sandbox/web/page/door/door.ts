/** The control door said no, or did not answer. The message is a sentence for the person at the page. */
export class DoorError extends Error {
  constructor(message: string, options?: { cause: unknown }) {
    super(message, options);
    this.name = 'DoorError';
  }
}

/** GET as text, so that an unchanged answer can be told without comparing trees. */
export async function readDoor(path: string): Promise<string> {
  return ask(path);
}

/** POST (or DELETE) of JSON. */
export async function tellDoor<T = Record<string, unknown>>(path: string, body: unknown = {}, method: 'POST' | 'DELETE' = 'POST'): Promise<T> {
  const text = await ask(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return (text === '' ? {} : JSON.parse(text)) as T;
}

async function ask(path: string, init?: RequestInit): Promise<string> {
  let answer: Response;
  try {
    answer = await fetch(`/control${path}`, init);
  } catch (error) {
    throw new DoorError('The sandbox does not answer. Is it still running?', { cause: error });
  }
  const text = await answer.text();
  if (!answer.ok) throw new DoorError(sayError(text) ?? `The sandbox answered ${answer.status}.`);
  return text;
}

function sayError(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === 'string' ? error : undefined;
  } catch {
    return undefined;
  }
}
