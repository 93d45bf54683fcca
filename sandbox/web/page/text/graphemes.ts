/** Emoji written as characters, apart from the text around them, so that they get the emoji font. */
export function splitEmoji(text: string): readonly { readonly text: string; readonly emoji: boolean }[] {
  const parts: { text: string; emoji: boolean }[] = [];
  let from = 0;
  for (const match of text.matchAll(EMOJI)) {
    if (match.index > from) parts.push({ text: text.slice(from, match.index), emoji: false });
    parts.push({ text: match[0], emoji: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), emoji: false });
  return parts;
}

/** Whole sequences (flags, families, skin tones), or characters that are emoji without being asked. */
const EMOJI = /\p{Regional_Indicator}{2}|\p{Emoji_Presentation}(?:\p{Emoji_Modifier}|\uFE0F)?(?:\u200D\p{Extended_Pictographic}\uFE0F?)*|\p{Extended_Pictographic}\uFE0F(?:\u200D\p{Extended_Pictographic}\uFE0F?)*/gu;
