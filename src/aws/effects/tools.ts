import type { App } from '../../domain/app.ts';
import type { EffectCall } from '../../ports.ts';
import type { EffectClients } from '../clients.ts';
import type { WhoAmI } from '../identity.ts';
import type { Read } from '../reads.ts';

/** What an effect is made and looked for with. */
export interface EffectTools {
  readonly app: App;
  readonly call: EffectCall;
  /** Not retried, in the name of the person who asked. */
  readonly clients: EffectClients;
  readonly sessionName: string;
  readonly read: Read;
  readonly whoAmI: WhoAmI;
}

/** Our clock and AWS's may differ, and AWS rounds: effects are looked for from a little before the intent. */
export const SKEW_MS = 5_000;
