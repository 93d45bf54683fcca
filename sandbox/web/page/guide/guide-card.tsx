import { useState, type ReactNode } from 'react';
import { Icon } from '../chat/icons.tsx';
import type { AwsState } from '../door/aws-shapes.ts';
import type { Message } from '../door/shapes.ts';
import { useAnswer } from '../door/use-answer.ts';
import { Mrkdwn } from '../text/formatted.tsx';
import { useReader } from '../text/reader.tsx';
import { findStep, findThreads, type StepName } from './story.ts';

interface Advice {
  readonly title: string;
  readonly text: string;
  /** Put into the composer by the button. */
  readonly type?: string;
  /** Whether a button opens the newest thread. */
  readonly thread?: boolean;
}

const ADVICE: Readonly<Record<StepName, Advice>> = {
  deploy: { title: 'Ship something', text: 'Type `/deploy prod` and press Enter. Jack answers in a thread and keeps it true.', type: '/deploy prod' },
  approve: { title: 'Approve it as somebody else', text: 'Nobody approves their own release: become *Grace* at the top left, open the thread and press *Approve*.', thread: true },
  watch: { title: 'Watch it travel', text: 'Pipeline and instances are in the AWS pane, and the thread says the same.', thread: true },
  break: { title: 'Now break one', text: 'In the AWS pane: *Break something*, arm *Tests fail*, then *Push a commit*.' },
  rollback: { title: 'See why, and go back', text: 'The thread begins with the cause and quotes the evidence. Where a deploy broke, `/rollback prod` goes back.', thread: true },
  done: { title: 'It is yours', text: 'Try `/deploy` for the form, `/jack help`, Jack’s home tab, or decide in the AWS pane behind Jack’s back.', type: '/deploy' },
};

const YOURS: Advice = { title: 'It waits for you', text: 'Open the thread and press *Approve*. Or *Reject*, and say why.', thread: true };

interface GuideCardProps {
  readonly me: string;
  readonly channel: string;
  readonly bot: string;
  readonly onType: (text: string) => void;
  readonly onThread: (ts: string) => void;
  /** It is open already. */
  readonly thread: string | undefined;
}

/** What to do next, for who sees the page for the first time. Can be put away for the visit. */
export function GuideCard({ me, channel, bot, thread, onType, onThread }: GuideCardProps): ReactNode {
  const { value } = useAnswer<{ messages: readonly Message[] }>(`/slack/as/${me}/channel/${channel}?limit=200`, 'slack');
  const { value: aws } = useAnswer<AwsState>('/aws/state', 'aws');
  const [away, setAway] = useState(() => sessionStorage.getItem('guide') === 'away');
  const mayApprove = useReader().myGroups.length > 0;
  if (away || !value) return undefined;
  const step = findStep({ messages: value.messages, bot, aws });
  const newest = findThreads(value.messages, bot).at(-1)?.ts;
  const advice = step === 'approve' && mayApprove ? YOURS : ADVICE[step];
  return (
    <aside className="guide" aria-label="What to try next" data-step={step}>
      <div>
        <b>{advice.title}</b>
        <div className="guide-text"><Mrkdwn text={advice.text} /></div>
      </div>
      {advice.type !== undefined && <button type="button" className="button button-small" onClick={() => onType(advice.type ?? '')}>Type it for me</button>}
      {advice.thread && newest !== undefined && newest !== thread && <button type="button" className="button button-small" onClick={() => onThread(newest)}>Open the thread</button>}
      <button
        type="button"
        className="button button-icon button-bare"
        aria-label="Put the guide away"
        onClick={() => {
          sessionStorage.setItem('guide', 'away');
          setAway(true);
        }}
      >
        <Icon name="close" size={14} />
      </button>
    </aside>
  );
}
