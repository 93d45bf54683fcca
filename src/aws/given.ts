/** Leaves out what AWS did not give: absent and undefined differ in the domain's types. */
export function given<Fields extends object>(fields: Fields): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };
}

/** Epoch milliseconds of a date that AWS may have left out. */
export function timeOf(date: Date | undefined): number | undefined {
  return date?.getTime();
}
