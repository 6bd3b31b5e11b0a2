import type { EpochMs } from '../../model/vocabulary.ts';

export function iso(at: EpochMs): string {
  return new Date(at).toISOString();
}

export function isoOrNull(at: EpochMs | null): string | null {
  return at === null ? null : iso(at);
}
