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
  /** By how much an answer is known later where the machine runs other tests beside the drills. */
  spare_ms: number;
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
  spare_ms: 2_000,
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
  spare_ms: 0,
  trouble_ms: 70_000,
  policy: {},
};

/** From the confirming result to the page. */
const TO_PAGE_MS = 1_000;

/**
 * In how long an outage is told, on the page, once nothing of ours is in the way: up to a slot
 * until it is met, the confirming slots, and the page. A bad result is known so long after its
 * slot, and the next confirming one waits for that.
 */
function toldWithinMs(pace: Pace, known_after_ms: number): number {
  const confirming_ms = Math.max(pace.confirm_distance_ms, known_after_ms);
  const confirmed_ms = (pace.confirmations - 1) * confirming_ms + known_after_ms;
  return pace.slot_ms + confirmed_ms + TO_PAGE_MS;
}

/** A bad answer needs no proof. */
export function answerToldWithinMs(pace: Pace, answer_ms: number): number {
  return toldWithinMs(pace, answer_ms + pace.spare_ms);
}

/** A name that hangs is known to fail after the deadline, and the proof that it is theirs. */
export function hungToldWithinMs(pace: Pace): number {
  return toldWithinMs(pace, pace.deadline_ms + pace.proof_wait_ms);
}
