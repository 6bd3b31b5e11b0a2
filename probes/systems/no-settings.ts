import { z } from 'zod';

/** A system that is only reached needs nothing beside its address. */
export const noSettings = z.strictObject({}).prefault({});
