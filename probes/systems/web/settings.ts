import { z } from 'zod';

/** A web page needs nothing beside its address. */
export const webSettings = z.strictObject({}).prefault({});
