/** One element's share of `view.state.values`, or a clicked element, in the shapes that Slack's inputs have. */
export interface ElementState {
  readonly value?: string | null;
  readonly selected_option?: { readonly value?: string } | null;
  readonly selected_options?: readonly { readonly value?: string }[];
  readonly selected_user?: string | null;
  readonly selected_users?: readonly string[];
  readonly selected_conversation?: string | null;
  readonly selected_channel?: string | null;
  readonly selected_date?: string | null;
  readonly selected_time?: string | null;
  readonly selected_date_time?: number | null;
}

/** `view.state.values`: block id → action id → element. */
export type FormState = Readonly<Record<string, Readonly<Record<string, ElementState>>>>;

/** What was filled in, by block id; empty fields are left out, several choices are joined with commas. */
export function formValues(state: FormState): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [block, elements] of Object.entries(state)) {
    const value = Object.values(elements).map(elementValue).find((found) => found !== undefined && found !== '');
    if (value !== undefined) values[block] = value;
  }
  return values;
}

/** The one value of an input or of a clicked element. */
export function elementValue(element: ElementState): string | undefined {
  const several = element.selected_options?.map((option) => option.value ?? '') ?? element.selected_users;
  const one = element.value ?? element.selected_option?.value ?? element.selected_user ?? element.selected_conversation
    ?? element.selected_channel ?? element.selected_date ?? element.selected_time ?? element.selected_date_time;
  if (one !== undefined && one !== null) return String(one);
  return several?.join(',');
}
