import type { ReactNode } from 'react';
import { sayStatus, toneOf, type Tone } from './tones.ts';

const SHAPES: Readonly<Record<Tone, string>> = { good: 'M5 12.5l4.5 4.5L19 7.5', busy: '', warn: 'M12 7v6M12 17h.01', bad: 'M7 7l10 10M17 7L7 17', none: 'M7 12h10' };

/** A small round mark; its shape says the same as its colour. */
export function StatusMark({ status }: { readonly status: string | undefined }): ReactNode {
  const tone = toneOf(status);
  return (
    <span className={`mark mark-${tone}`} role="img" aria-label={sayStatus(status)} title={sayStatus(status)}>
      {tone !== 'busy' && (
        <svg width="12" height="12" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="3.4" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
          <path d={SHAPES[tone]} />
        </svg>
      )}
    </span>
  );
}

/** A status in words, in its colour. */
export function StatusPill({ status }: { readonly status: string | undefined }): ReactNode {
  return <span className={`pill pill-${toneOf(status)}`}>{sayStatus(status)}</span>;
}
