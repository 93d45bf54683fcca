import type { ReactNode } from 'react';
import { forgetAnswers } from '../door/answers.ts';
import { tellDoor } from '../door/door.ts';
import { useAnswer } from '../door/use-answer.ts';
import { useTry } from '../notices.tsx';

const SPEEDS = [1, 4, 12, 40, 120];

/** How fast AWS's operations run, and the way back to a new account and workspace. */
export function AccountBar(): ReactNode {
  const attempt = useTry();
  const { value } = useAnswer<{ speed: number }>('/speed', 'control');
  const speed = value?.speed ?? 1;
  const change = (path: string, body: unknown): void => {
    void attempt(() => tellDoor(path, body)).then(forgetAnswers);
  };
  return (
    <div className="account-bar">
      <span className="account-name">
        <b>AWS account</b>
        <small>123456789012 · us-east-1</small>
      </span>
      <label className="speed">
        <span>Speed</span>
        <select className="field" value={speed} onChange={(event) => change('/speed', { speed: Number(event.target.value) })}>
          {[...new Set([...SPEEDS, speed])].sort((one, other) => one - other).map((one) => <option key={one} value={one}>×{one}</option>)}
        </select>
      </label>
      <button type="button" className="button button-small" title="A new account and workspace; the bot keeps running" onClick={() => change('/reset', {})}>Reset</button>
    </div>
  );
}
