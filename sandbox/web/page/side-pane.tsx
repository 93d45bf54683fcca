import type { ReactNode } from 'react';
import { AwsPane } from './aws/aws-pane.tsx';
import { Icon } from './chat/icons.tsx';
import { ThreadPane } from './chat/thread-pane.tsx';
import type { PaneProps } from './main-pane.tsx';
import { closeThread } from './place.ts';

/** The thread that is open, and the AWS account: one behind the other, side by side where the window is wide. */
export function SidePane({ me, place, conversation, title, onGo }: PaneProps): ReactNode {
  const { thread } = place;
  const favourite = conversation?.kind === 'channel' ? conversation.name : undefined;
  const back = <button type="button" className="button button-icon button-bare only-narrow" aria-label="Back to the conversation" onClick={() => onGo({ ...place, pane: 'main' })}><Icon name="back" /></button>;
  const tabs = thread !== undefined && (
    <div className="pane-tabs" role="radiogroup" aria-label="Right pane">
      <button type="button" role="radio" aria-checked={place.side === 'thread'} onClick={() => onGo({ ...place, side: 'thread' })}>Thread</button>
      <button type="button" role="radio" aria-checked={place.side === 'aws'} onClick={() => onGo({ ...place, side: 'aws' })}>AWS</button>
    </div>
  );
  return (
    <div className="sides" data-side={place.side} data-thread={thread !== undefined}>
      {thread !== undefined && conversation && (
        <section className="side side-thread" aria-label="Thread">
          <header className="pane-head">
            {back}
            <h2>Thread</h2>
            <span className="pane-note">{title}</span>
            {tabs}
            <button type="button" className="button button-icon button-bare" aria-label="Close the thread" onClick={() => onGo(closeThread(place))}><Icon name="close" /></button>
          </header>
          <ThreadPane me={me.id} channel={conversation.id} thread={thread} />
        </section>
      )}
      <section className="side side-aws" aria-label="AWS">
        <header className="pane-head">
          {back}
          <h2>The AWS account, as it is</h2>
          {tabs}
        </header>
        <AwsPane favourite={favourite} />
      </section>
    </div>
  );
}
