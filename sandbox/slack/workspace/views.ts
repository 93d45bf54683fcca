import type { JsonObject } from '../../json.ts';
import { randomBytes } from 'node:crypto';

/** block_id → action_id → what that element holds, as in `view.state.values`. */
export type StateValues = Record<string, Record<string, JsonObject>>;

/** A modal or a home tab as it stands open for one person. */
export type OpenView = {
  readonly id: string;
  readonly user: string;
  readonly type: 'modal' | 'home';
  /** As sent, with block ids for blocks that had none. */
  definition: JsonObject;
  hash: string;
  values: StateValues;
  readonly rootId: string;
  readonly previousId?: string;
  /** What the last submission was refused with: block_id → text. */
  errors?: Readonly<Record<string, string>>;
};

/** Open modals (a stack a person) and published home tabs. */
export class ViewBook {
  readonly #stacks = new Map<string, OpenView[]>();
  readonly #homes = new Map<string, OpenView>();

  /** Bottom first. */
  stack(user: string): readonly OpenView[] {
    return this.#stacks.get(user) ?? [];
  }

  setStack(user: string, views: readonly OpenView[]): void {
    this.#stacks.set(user, [...views]);
  }

  push(view: OpenView): void {
    this.#stacks.set(view.user, [...this.stack(view.user), view]);
  }

  home(user: string): OpenView | undefined {
    return this.#homes.get(user);
  }

  setHome(view: OpenView): void {
    this.#homes.set(view.user, view);
  }

  find(id: string): OpenView | undefined {
    return this.all().find((view) => view.id === id);
  }

  findExternal(externalId: string): OpenView | undefined {
    return this.all().find((view) => view.definition['external_id'] === externalId);
  }

  all(): readonly OpenView[] {
    return [...this.#stacks.values()].flat().concat(...this.#homes.values());
  }
}

/** A new value for `view.hash`: changes with every change of the view. */
export function newHash(nowMs: number): string {
  return `${Math.floor(nowMs / 1000)}.${randomBytes(4).toString('hex')}`;
}
