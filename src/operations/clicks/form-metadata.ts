/** What travels with a form through Slack and comes back: JSON, seen by its reader and possibly forged. */
export type FormMetadata = Readonly<Record<string, unknown>>;

/** Its fields, whatever somebody may have written there. */
export function fieldsOf(metadata: string): FormMetadata {
  try {
    const written: unknown = JSON.parse(metadata === '' ? '{}' : metadata);
    return typeof written === 'object' && written !== null && !Array.isArray(written) ? (written as FormMetadata) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** One of them, when it is text. */
export function textIn(metadata: string, field: string): string | undefined {
  const value = fieldsOf(metadata)[field];
  return typeof value === 'string' ? value : undefined;
}

/** The same with the id of the note that binds the form to who it was opened for. */
export function withOpened(metadata: string, opened: string): string {
  return JSON.stringify({ ...fieldsOf(metadata), opened });
}

/** The same as it was made, to be compared. */
export function withoutOpened(metadata: string): string {
  const { opened: _id, ...rest } = fieldsOf(metadata);
  return JSON.stringify(rest);
}
