import { useState, type ReactNode } from 'react';
import { Menu } from '../blocks/menu.tsx';
import { Icon } from '../chat/icons.tsx';
import type { BeanstalkEnvironment } from '../door/aws-shapes.ts';
import { useTry } from '../notices.tsx';
import { sayTime } from '../text/dates.ts';
import { useReader } from '../text/reader.tsx';
import { abortUpdate } from './console.ts';
import { DeployDialog } from './deploy-dialog.tsx';
import { countVersions, shortInstance, shortVersion } from './facts.ts';
import { StatusPill } from './status-mark.tsx';
import { toneOf } from './tones.ts';
import type { VersionCommits } from './version-commits.ts';

/** One Beanstalk environment: what runs on which instance, how it is, and what it last said. */
export function EnvironmentCard({ environment, commits }: { readonly environment: BeanstalkEnvironment; readonly commits: VersionCommits }): ReactNode {
  const attempt = useTry();
  const [choosing, setChoosing] = useState(false);
  const versions = countVersions(environment);
  return (
    <section className="card environment" aria-label={`Environment ${environment.name}`}>
      <header className="card-head">
        <h3>{environment.name}</h3>
        <StatusPill status={environment.health} />
        {environment.status !== 'Ready' && <StatusPill status={environment.status} />}
        <Menu
          label={`Console actions for ${environment.name}`}
          button={<Icon name="more" size={16} />}
          items={[
            { key: 'deploy', label: 'Deploy a version, as Olive in the console…', run: () => setChoosing(true) },
            { key: 'abort', label: 'Abort the current update', run: () => void attempt(() => abortUpdate(environment.name)) },
          ]}
        />
      </header>
      <p className="environment-version" title={environment.version}>
        <span>Version</span> <code>{shortVersion(environment.version, commits)}</code>
        {versions.length > 1 && <span className="mixed">{versions.map(({ version, count }) => `${count} on ${shortVersion(version, commits)}`).join(', ')}</span>}
      </p>
      <ul className="instances" aria-label="Instances">
        {environment.instances.map((instance) => (
          <li key={instance.id} className={`instance instance-${toneOf(instance.health)}`} title={`${instance.id}: ${instance.version ?? 'no version'}, ${instance.health ?? 'no health'}`}>
            <i className={instance.version === environment.version ? 'instance-bar' : 'instance-bar instance-other'} />
            <code>{shortInstance(instance.id)}</code>
            <span>{shortVersion(instance.version, commits)}</span>
          </li>
        ))}
      </ul>
      {(environment.causes ?? []).length > 0 && <ul className="causes">{environment.causes?.map((cause) => <li key={cause}>{cause}</li>)}</ul>}
      {environment.alarms && environment.alarms.length > 0 && (
        <p className="alarms">{environment.alarms.map((alarm) => <span key={alarm.name} className={`alarm alarm-${toneOf(alarm.state)}`} title={alarm.state}>{alarm.name}{alarm.state === 'OK' ? '' : ` ${alarm.state}`}</span>)}</p>
      )}
      <EventList environment={environment} />
      {choosing && <DeployDialog environment={environment} onDone={() => setChoosing(false)} />}
    </section>
  );
}

function EventList({ environment }: { readonly environment: BeanstalkEnvironment }): ReactNode {
  const reader = useReader();
  const events = [...environment.events].sort((one, other) => new Date(other.at).getTime() - new Date(one.at).getTime());
  const [last] = events;
  if (!last) return undefined;
  return (
    <details className="events">
      <summary><span className={`event-dot event-${toneOf(last.severity)}`} />{last.message}</summary>
      <ol>
        {events.map((event, at) => (
          <li key={`${event.at}-${at}`}>
            <time>{sayTime(new Date(event.at).getTime(), reader)}</time>
            <span className={`event-text event-${toneOf(event.severity)}`}>{event.message}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
