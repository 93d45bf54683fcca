import { useState, type ReactNode } from 'react';
import type { ImageElement } from '../door/block-shapes.ts';

/** A picture of a block. One that cannot be had shows its alternative text, as in Slack. */
export function Picture({ image, small = false, thumb = false }: { readonly image: ImageElement; readonly small?: boolean; readonly thumb?: boolean }): ReactNode {
  const [broken, setBroken] = useState(false);
  const source = image.image_url ?? fileSource(image);
  const name = small ? 'picture picture-small' : thumb ? 'picture picture-thumb' : 'picture';
  if (source === undefined || broken) return <span className={`${name} picture-broken`}>{image.alt_text}</span>;
  const drawn = <img className={name} src={source} alt={image.alt_text} onError={() => setBroken(true)} />;
  return small || thumb ? drawn : <a className="picture-link" href={source} target="_blank" rel="noopener noreferrer">{drawn}</a>;
}

/** Where the sandbox shows a shared file to a browser that holds no token. */
export function fileAddress(id: string): string {
  return `/files/${encodeURIComponent(id)}`;
}

function fileSource({ slack_file: file }: ImageElement): string | undefined {
  if (file?.id !== undefined) return fileAddress(file.id);
  const id = /\b(F[A-Z0-9]{6,})\b/.exec(file?.url ?? '')?.[1];
  return id === undefined ? file?.url : fileAddress(id);
}
