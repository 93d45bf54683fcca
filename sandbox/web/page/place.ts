/** Where the page is. It lives in the address (`#as=ada&at=C0SHOP0001`), so that reload, back and links work. */
export interface Place {
  /** Whose eyes: a person's handle. */
  readonly as: string;
  /** A channel's id, or 'home' for Jack's home tab. */
  readonly at: string;
  /** The root message whose thread is open. */
  readonly thread?: string;
  /** What the right-hand pane shows, and on a narrow screen whether the list or that pane is in front. */
  readonly pane: 'main' | 'list' | 'side';
  /** With a thread open: the thread, or the AWS account. */
  readonly side: 'thread' | 'aws';
}

const START: Place = { as: 'ada', at: 'C0SHOP0001', pane: 'main', side: 'aws' };

/** Reads an address; what is missing or unknown is where a visit starts. */
export function readPlace(hash: string): Place {
  const query = new URLSearchParams(hash.replace(/^#/, ''));
  const thread = query.get('thread');
  const pane = query.get('pane');
  return {
    as: query.get('as') ?? START.as,
    at: query.get('at') ?? START.at,
    pane: pane === 'list' || pane === 'side' ? pane : 'main',
    side: query.get('side') === 'thread' && thread ? 'thread' : 'aws',
    ...(thread ? { thread } : {}),
  };
}

/** The address of a place. */
export function writePlace(place: Place): string {
  const query = new URLSearchParams({ as: place.as, at: place.at });
  if (place.thread !== undefined) query.set('thread', place.thread);
  if (place.side === 'thread') query.set('side', 'thread');
  if (place.pane !== 'main') query.set('pane', place.pane);
  return `#${query.toString()}`;
}

/** Another conversation, for the same person. */
export function goTo(place: Place, at: string): Place {
  return { as: place.as, at, pane: 'main', side: 'aws' };
}

export function openThread(place: Place, thread: string): Place {
  return { ...place, thread, side: 'thread', pane: 'side' };
}

export function closeThread(place: Place): Place {
  return { as: place.as, at: place.at, pane: 'main', side: 'aws' };
}
