/** A piece of formatted text. The page draws these; no HTML is ever made from what people wrote. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bold' | 'italic' | 'strike' | 'code'; readonly parts: readonly Inline[] }
  | { readonly kind: 'link'; readonly url: string; readonly parts: readonly Inline[] }
  | { readonly kind: 'user' | 'channel' | 'usergroup'; readonly id: string; readonly label?: string }
  | { readonly kind: 'broadcast'; readonly range: string }
  | { readonly kind: 'date'; readonly unix: number; readonly format: string; readonly url?: string; readonly fallback: string }
  | { readonly kind: 'emoji'; readonly name: string }
  | { readonly kind: 'break' };

/** A paragraph, or what stands on lines of its own. */
export type TextBlock =
  | { readonly kind: 'paragraph'; readonly parts: readonly Inline[] }
  | { readonly kind: 'item'; readonly marker: string; readonly parts: readonly Inline[] }
  | { readonly kind: 'quote'; readonly blocks: readonly TextBlock[] }
  | { readonly kind: 'pre'; readonly parts: readonly Inline[] };

/** Undoes Slack's three escapes. */
export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** The address if a person may follow it; anything but web and mail is only text. */
export function safeUrl(url: string): string | undefined {
  return /^(?:https?:\/\/|mailto:)/i.test(url) ? url : undefined;
}
