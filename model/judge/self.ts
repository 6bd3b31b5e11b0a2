import { SECOND } from '../time.ts';

/** A run that would start later than this after its slot is missed: it would measure our delay. */
export const SLOT_LAG_LIMIT_MS = 5 * SECOND;
