import type { ReactNode } from 'react';
import { fileAddress, Picture } from '../blocks/picture.tsx';
import type { SharedFile } from '../door/shapes.ts';

/** What is attached: pictures are shown, the rest is linked. */
export function Files({ files }: { readonly files: readonly SharedFile[] }): ReactNode {
  return files.map((file) => {
    const title = file.title ?? file.name ?? file.id;
    if (file.mimetype?.startsWith('image/')) {
      return (
        <figure key={file.id} className="block block-image">
          <figcaption>{title}</figcaption>
          <Picture image={{ type: 'image', slack_file: { id: file.id }, alt_text: file.alt_txt ?? title }} />
        </figure>
      );
    }
    return <a key={file.id} className="file" href={fileAddress(file.id)} target="_blank" rel="noopener noreferrer">{title}</a>;
  });
}
