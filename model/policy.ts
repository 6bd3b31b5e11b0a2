import type { Policy, Retention } from './configuration.ts';
import { DAY, HOUR, MINUTE, SECOND } from './time.ts';

export const DEFAULT_POLICY: Policy = {
  slow_ms: null,
  confirmations: 'auto',
  confirm_distance_ms: 10 * SECOND,
  proof_wait_ms: 10 * SECOND,
  well_after: 2,
  slow_after: 3,
  slow_window: 5,
  quorum: 0.5,
  slow_wait_ms: null,
  slow_over_ms: HOUR,
  slow_for_ms: 5 * MINUTE,
  overdue_after_ms: null,
  stalled_after_ms: null,
  stalled_waiting: 5,
  visible_within_ms: DAY,
  lost_after_ms: 72 * HOUR,
  settle_ms: MINUTE,
  resolve_after_ms: 5 * MINUTE,
  degraded_opens_after_ms: 5 * MINUTE,
  reopen_within_ms: 10 * MINUTE,
};

export const DEFAULT_RETENTION: Retention = {
  results_ms: 7 * DAY,
  evidence_ms: 90 * DAY,
  hourly_ms: 90 * DAY,
  daily_ms: 5 * 365 * DAY,
};
