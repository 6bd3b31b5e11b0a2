import { createHash, timingSafeEqual } from 'node:crypto';
import type { IngestCallback } from '../../model/configuration.ts';

/**
 * Finds callbacks by the end of their address, `<id>/<secret>`: compared in constant time, also
 * where there is no such name; null: there is none, or its secret is another.
 */
export function createCallbackFinder<T extends Pick<IngestCallback, 'id' | 'sha256'>>(
  all: readonly T[],
) {
  const callbacks = new Map(all.map((it) => [it.id, it]));
  return (id: string, secret: string): T | null => {
    const callback = callbacks.get(id) ?? null;
    const hash = createHash('sha256').update(secret).digest();
    const expected = Buffer.from(callback?.sha256 ?? '00'.repeat(hash.length), 'hex');
    return timingSafeEqual(hash, expected) ? callback : null;
  };
}
