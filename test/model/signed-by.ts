import { createHmac } from 'node:crypto';
import type { Signer } from '../../model/ports.ts';

/** Signs as an installation with this key does. */
export function signedBy(key: string): Signer {
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  return { sign, verify: (text, signature) => sign(text) === signature };
}
