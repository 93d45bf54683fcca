import { startFakeDoor, type FakeDoor } from './fake-door.ts';
import { startPage } from '../../../sandbox/web/server.ts';

/** The page over a fake door. */
export async function startFakePage(options: { readonly pace?: number } = {}): Promise<{ readonly url: string; readonly door: FakeDoor; stop(): Promise<void> }> {
  const door = await startFakeDoor(options);
  const page = await startPage({ port: 0, controlUrl: door.url });
  return {
    url: page.url,
    door,
    stop: async () => {
      await page.stop();
      await door.stop();
    },
  };
}
