import { HOUR } from '../time.ts';

/**
 * The longest possible day, and one more: so long results are kept at least, because the current
 * hours and days are counted from them again after a start. No figure is ever made of what is left
 * of a pruned time.
 */
export const COUNTED_FOR_MS = 49 * HOUR;
