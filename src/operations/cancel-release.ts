import { no, type Answer, type Refusal } from '../domain/refusal.ts';
import { factOfCancel } from '../domain/auditing/request-facts.ts';
import { keyOfAttempt } from '../domain/attempt.ts';
import { isOnlyChecked, isQueued } from '../domain/occupancy.ts';
import { isOver, ownDeploy, withNote, type Release } from '../domain/release.ts';
import type { World } from '../ports.ts';
import { changeRelease } from './change-release.ts';
import { askingRole } from './role.ts';

/** Writes down the wish to cancel. It is a wish until AWS shows it. `only`: not once it has left the queue to go in. */
export async function cancelRelease(id: string, user: string, world: World, only?: 'queued'): Promise<Answer<Release>> {
  const release = await world.store.release(id);
  const app = world.apps.all().find((one) => one.name === release?.app);
  if (!release || !app) return no({ kind: 'unknown-release', asked: id });
  const asking = await askingRole(user, app, world);
  if (asking.refusal) return no(asking.refusal);
  const now = world.clock.now();
  return changeRelease(
    id,
    (current) => {
      if (isOver(current)) return { refusal: { kind: 'release-over', number: current.number, status: current.status } };
      if (only === 'queued' && !isQueued(current)) return { refusal: { kind: 'stale-button' } };
      if (isOnlyChecked(current)) return { refusal: onlyChecked(current) };
      if (current.cancel && !current.cancel.refused) return { refusal: { kind: 'already-cancelling', number: current.number, by: current.cancel.by } };
      return withNote({ ...current, cancel: { by: user, at: now } }, keyOfAttempt('cancel', current), now, { kind: 'cancel-asked', by: user });
    },
    world,
    (_before, after) => ({ audit: [factOfCancel(after, user, asking.role, now)] }),
  );
}

function onlyChecked(release: Release): Refusal {
  const { number, environment, purpose } = release;
  return { kind: 'only-checked', number, environment, purpose, deployed: ownDeploy(release)?.operationOutcome !== 'failed' };
}
