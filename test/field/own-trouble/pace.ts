/** How fast a drill goes: the same rules with other numbers. */
export interface Pace {
  name: 'compressed' | 'real';
  slot_ms: number;
  schedule: string;
  deadline_ms: number;
  /** Half a second more than the slowest healthy answer: what we add ourselves would look slow. */
  slow_ms: number;
  /** k, the bad results in a row after which a system is said to be down. */
  confirmations: number;
  confirm_distance_ms: number;
  proof_wait_ms: number;
  /** How long a trouble lasts that has no length of its own. */
  trouble_ms: number;
  /** Further keys of the policy; what is left out has its default. */
  policy: Record<string, unknown>;
}

/** Slots of 5 s and two bad results in a row, for `npm run test:long`. */
export const COMPRESSED: Pace = {
  name: 'compressed',
  slot_ms: 5_000,
  schedule: '*/5 * * * * *',
  deadline_ms: 2_500,
  slow_ms: 2_000,
  confirmations: 2,
  confirm_distance_ms: 2_500,
  proof_wait_ms: 10_000,
  trouble_ms: 16_000,
  policy: {
    confirmations: 2,
    confirm_distance: '2500ms',
    resolve_after: '2s',
  },
};

/** Slots of 30 s and the defaults of the policy, for the soak. A healthy check has k = 3. */
export const REAL: Pace = {
  name: 'real',
  slot_ms: 30_000,
  schedule: '*/30 * * * * *',
  deadline_ms: 5_000,
  slow_ms: 3_500,
  confirmations: 3,
  confirm_distance_ms: 10_000,
  proof_wait_ms: 10_000,
  trouble_ms: 70_000,
  policy: {},
};

/**
 * In how long an outage is told, on the page, once nothing of ours is in the way: the next slot,
 * the confirming ones, a run, and a second to the page. Each bad result waits for its proof first,
 * where that takes time.
 */
export function toldWithinMs(pace: Pace, proof_ms = 0): number {
  const known_ms = pace.deadline_ms + proof_ms;
  const confirming_ms = Math.max(pace.confirm_distance_ms, known_ms);
  return pace.slot_ms + (pace.confirmations - 1) * confirming_ms + known_ms + 1_000;
}
