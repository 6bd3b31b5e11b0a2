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
    /** Words that the title of the page must contain; without them any page counts. */
    title: z.string().min(1).max(200).optional(),
    /** A page with less than this is not the page. */
    min_bytes: z.int().min(1).max(2_000_000).optional(),
  })
  .prefault({});
export type ReachOptions = z.infer<typeof reachOptions>;
