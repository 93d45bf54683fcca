import type { ReactNode } from 'react';
import { forgetAnswers } from '../door/answers.ts';
import { tellDoor } from '../door/door.ts';
import { useAnswer } from '../door/use-answer.ts';
import { useTry } from '../notices.tsx';

const SPEEDS = [1, 4, 12, 40, 120];

interface AccountBarProps {
  /** The applications to choose from. */
  readonly names: readonly string[];
  readonly chosen: string | undefined;
  readonly onChoose: (name: string) => void;
}

/** Which application, how fast AWS's operations run, and the way back to a new account and workspace. */
export function AccountBar({ names, chosen, onChoose }: AccountBarProps): ReactNode {
  const attempt = useTry();
  const { value } = useAnswer<{ speed: number }>('/speed', 'control');
  const speed = value?.speed ?? 1;
  const change = (path: string, body: unknown): void => {
    void attempt(() => tellDoor(path, body)).then(forgetAnswers);
  };
  return (
    <div className="account-bar">
      <div className="segments" role="radiogroup" aria-label="Application">
        {names.map((name) => (
          <button key={name} type="button" role="radio" aria-checked={name === chosen} onClick={() => onChoose(name)}>{name}</button>
        ))}
      </div>
      <label className="speed">
        <span>Speed</span>
        <select className="field" value={speed} onChange={(event) => change('/speed', { speed: Number(event.target.value) })}>
          {[...new Set([...SPEEDS, speed])].sort((one, other) => one - other).map((one) => <option key={one} value={one}>×{one}</option>)}
        </select>
      </label>
      <button type="button" className="button button-small" title="A new account and workspace. A bot that runs keeps what it recorded." onClick={() => change('/reset', {})}>Reset</button>
    </div>
  );
}
