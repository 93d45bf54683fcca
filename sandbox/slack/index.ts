import type { Clock } from '../clock.ts';
import type { CallGate } from '../control/gate.ts';
import type { Change, ControlRoute } from '../control/route.ts';
import type { SlackSeed } from './workspace/seed.ts';
import { RateLimits } from './api/rate-limits.ts';
import { Delivery } from './delivery/delivery.ts';
import { deliveryRoutes } from './door/delivery-routes.ts';
import { lookRoutes } from './door/look-routes.ts';
import { peopleRoutes } from './door/people-routes.ts';
import { settingsRoutes } from './door/settings-routes.ts';
import { workspaceRoutes } from './door/workspace-routes.ts';
import { listen } from '../control/listen.ts';
import { createWireServer } from './wire/server.ts';
import { defaultSeed } from './workspace/seed.ts';
import { Workspace } from './workspace/workspace.ts';
import { slackTiming } from './timing.ts';
import type { Slack } from './slack.ts';

export type SlackOptions = {
  /** 0: any free port. */
  readonly port: number;
  readonly gate: CallGate;
  clock(): Clock;
  changed(change: Change): void;
  /** Parts that differ from the default workspace. */
  readonly seed?: Partial<SlackSeed>;
};

export type RunningSlack = {
  /** 'http://127.0.0.1:PORT/api/': what an SDK's `slackApiUrl` takes. */
  readonly apiUrl: string;
  readonly control: ControlRoute[];
  /** A new workspace; sockets and the mode of delivery stay, rates, faults and timing are Slack's again. */
  reset(): void;
  stop(): Promise<void>;
};

/** Starts a Slack workspace on this machine. Rejects when the port is taken. */
export async function startSlack(options: SlackOptions): Promise<RunningSlack> {
  const seed: SlackSeed = { ...defaultSeed, ...options.seed };
  const now = (): number => options.clock().now();
  let workspace = new Workspace(seed, now);
  let origin = '';
  const slack: Slack = {
    get workspace() {
      return workspace;
    },
    get origin() {
      return origin;
    },
    get delivery() {
      return delivery;
    },
    gate: options.gate,
    limits: new RateLimits(now),
    timing: { ...slackTiming },
    clock: () => options.clock(),
    changed: () => options.changed({ area: 'slack' }),
  };
  const delivery = new Delivery(slack);
  const server = createWireServer(slack);
  delivery.sockets.attach(server);
  const listening = await listen(server, options.port, 'Slack');
  origin = `http://127.0.0.1:${listening.port}`;
  return {
    apiUrl: `${origin}/api/`,
    control: [...lookRoutes(slack), ...peopleRoutes(slack), ...deliveryRoutes(slack), ...settingsRoutes(slack), ...workspaceRoutes(slack)],
    reset: () => {
      delivery.reset();
      slack.limits.reset();
      Object.assign(slack.timing, slackTiming);
      workspace = new Workspace(seed, now);
      slack.changed();
    },
    stop: async () => {
      delivery.sockets.stop();
      await listening.close();
    },
  };
}
