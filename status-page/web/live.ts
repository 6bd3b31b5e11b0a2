import { SECOND } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { LiveBegin, LiveComponents, LiveHeadline } from './wire.ts';

/** Grace period of a lost connection before the page warns. */
const LOST_AFTER_MS = 5 * SECOND;
/** Grace period after expiry for late updates. */
const EXPIRY_GRACE_MS = 3 * SECOND;

export type Staleness = 'lost' | 'expired';

export interface LiveListeners {
  /** Called on a new connection: what follows changes that. */
  onBegin(begin: LiveBegin): void;
  onComponents(components: LiveComponents): void;
  onHeadline(message: LiveHeadline): void;
  /**
   * Called when the page may be out of date (no connection, or expired without updates), and with
   * null when it is current again.
   */
  onStale(staleness: Staleness | null): void;
}

/**
 * Follows the live stream at an address. Returns the server's clock, which is null until the server
 * has sent it.
 */
export function followLive(address: string, listeners: LiveListeners): { now(): EpochMs | null } {
  let clock_offset_ms: number | null = null;
  let valid_until: EpochMs | null = null;
  let lost_since: number | null = null;
  const source = new EventSource(address);
  const now = () => (clock_offset_ms === null ? null : Date.now() + clock_offset_ms);

  source.addEventListener('open', () => {
    lost_since = null;
  });
  source.addEventListener('error', () => {
    lost_since ??= performance.now();
  });
  source.addEventListener('begin', ({ data }) => listeners.onBegin(JSON.parse(data)));
  source.addEventListener('components', ({ data }) => listeners.onComponents(JSON.parse(data)));
  source.addEventListener('headline', ({ data }) => {
    const message: LiveHeadline = JSON.parse(data);
    clock_offset_ms = message.sent_at - Date.now();
    valid_until = message.headline.valid_until;
    listeners.onHeadline(message);
  });
  setInterval(() => {
    const lost = lost_since !== null && performance.now() - lost_since > LOST_AFTER_MS;
    const expired = valid_until !== null && (now() ?? 0) > valid_until + EXPIRY_GRACE_MS;
    listeners.onStale(lost ? 'lost' : expired ? 'expired' : null);
  }, SECOND);
  return { now };
}
