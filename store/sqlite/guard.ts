import { DatabaseDamaged } from '../errors.ts';
import { storeErrorFrom } from './refusals.ts';

/** The action's result; errors of the engine are thrown as those of the store. */
export type Guarded = <T>(action: () => T) => T;

export interface Guard {
  guarded: Guarded;
  /** The first damage that an action has met; null without. */
  damage(): DatabaseDamaged | null;
}

/** Guard on the database at the path. */
export function createGuard(path: string): Guard {
  let damage: DatabaseDamaged | null = null;
  return {
    damage: () => damage,
    guarded(action) {
      try {
        return action();
      } catch (cause) {
        const error = storeErrorFrom(cause, path);
        if (error instanceof DatabaseDamaged) damage ??= error;
        throw error;
      }
    },
  };
}
