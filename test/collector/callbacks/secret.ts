import { createHash } from 'node:crypto';

/** The end of the address of a callback. */
export const SECRET = 'a-secret_of-the-address';

export const HASH_OF_SECRET = createHash('sha256').update(SECRET).digest('hex');
