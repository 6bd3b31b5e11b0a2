import { z } from 'zod';
import { FORMATS } from '../model/vocabulary.ts';

/** What a check of a function may say about what exactly to measure. */

export const downloadOptions = z.strictObject({ format: z.enum(FORMATS) });

export const reachOptions = z
  .strictObject({
    /** Path and query below the system's address. */
    path: z.string().startsWith('/', 'must start with /').default('/'),
    /** The status that counts as reached. */
    status: z.int().min(200).max(599).default(200),
  })
  .prefault({});
export type ReachOptions = z.infer<typeof reachOptions>;
