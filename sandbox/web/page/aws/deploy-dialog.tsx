import { useEffect, useState, type ReactNode } from 'react';
import type { BeanstalkEnvironment } from '../door/aws-shapes.ts';
import { Dialog } from '../modal/dialog.tsx';
import { useTry } from '../notices.tsx';
import { deployVersion, listVersions } from './console.ts';

/** Olive deploys a version by hand, past Jack and the pipeline. */
export function DeployDialog({ environment, onDone }: { readonly environment: BeanstalkEnvironment; readonly onDone: () => void }): ReactNode {
  const attempt = useTry();
  const [versions, setVersions] = useState<readonly { readonly label: string; readonly description: string }[]>([]);
  const [chosen, setChosen] = useState('');
  useEffect(() => {
    void attempt(async () => {
      const found = await listVersions(environment.application);
      setVersions(found);
      setChosen(found[0]?.label ?? '');
    });
  }, [attempt, environment.application]);
  const deploy = (): void => {
    void attempt(() => deployVersion(environment.name, chosen));
    onDone();
  };
  return (
    <Dialog className="confirm" label={`Deploy to ${environment.name}`} onClose={onDone}>
      <h2>Deploy to {environment.name}</h2>
      <p className="confirm-text">As Olive in the Beanstalk console: neither Jack nor the pipeline is asked.</p>
      <label className="push-field">
        <span>Version</span>
        <select className="field" value={chosen} onChange={(event) => setChosen(event.target.value)}>
          {versions.map((version) => <option key={version.label} value={version.label}>{version.label}{version.description ? ` · ${version.description}` : ''}</option>)}
        </select>
      </label>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={onDone}>Cancel</button>
        <button type="button" className="button button-primary" disabled={chosen === ''} onClick={deploy}>Deploy</button>
      </div>
    </Dialog>
  );
}
