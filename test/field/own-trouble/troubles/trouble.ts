import type { CuttableLine } from '../network.ts';
import type { Pace } from '../pace.ts';
import type { Product } from '../product.ts';
import type { Site } from '../world/sites.ts';
import type { World } from '../world/world.ts';

/** What a trouble may lay hands on. */
export interface Stage {
  pace: Pace;
  sites: readonly Site[];
  product: Product;
  line: CuttableLine;
  world: World;
  /** The folder of the installation, on a small disk of its own. */
  data_dir: string;
  /** A number that differs from time to time, to take turns between forms of a trouble. */
  turn: number;
}

/**
 * When we truly cannot measure, record or show: as long as the trouble lasts, at its two ends
 * (slots are planned anew), or never, so that it must leave no minute unknown.
 */
export type Blindness = 'throughout' | 'at_its_ends' | 'never';

/** A kind of trouble of our own. It is begun at an instant of some check's slot. */
export interface Trouble {
  name: string;
  about: string;
  neutrals: number;
  /** Systems whose name servers are silent while it lasts: theirs, and to be told. */
  hung: number;
  blind: Blindness;
  /** By how far the wall clock jumps over time that never was, or that is slept through, in ms. */
  jumped_ms: number;
  /** The cause of the gap that it must leave; null when it need not leave one. */
  leaves: string | null;
  /**
   * Whether we go on measuring by the same slots, so that each of them must be a result or lie in a
   * gap.
   */
  keeps_slots: boolean;
  /**
   * How many results of a healthy system may be judged although they were ours: at either edge of
   * the trouble, where another host answered within 10 s before or after, which the rules take as
   * proof, or the one host that is judged without neutral hosts. No word follows from them.
   */
  misjudged_at_most: number;
  /** Runs the trouble from its beginning to its end. */
  strike(stage: Stage): Promise<void>;
}

/** A trouble with what most have: two neutral hosts, nothing hung, and we are blind. */
export function trouble(
  name: string,
  about: string,
  strike: Trouble['strike'],
  rest: Partial<Trouble> = {},
): Trouble {
  const usual: Omit<Trouble, 'name' | 'about' | 'strike'> = {
    misjudged_at_most: 0,
    neutrals: 2,
    hung: 0,
    blind: 'throughout',
    jumped_ms: 0,
    leaves: null,
    keeps_slots: false,
  };
  return { name, about, strike, ...usual, ...rest };
}
