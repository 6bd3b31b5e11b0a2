import type { OracleAilment } from '../oracle/component.ts';
import type { Stretch } from '../oracle/facts.ts';

/**
 * What a published text says. Functions without a system (`query`) are those of the incident that
 * it stands with, or of all systems.
 */
export type Claim =
  | { says: 'is'; of: readonly string[]; how: OracleAilment }
  /** All functions that no other claim of the sentence names. */
  | { says: 'rest_is'; but: readonly string[]; how: OracleAilment }
  /** What follows is of these functions. */
  | { says: 'about'; of: readonly string[] }
  | { says: 'was'; of: readonly string[]; how: OracleAilment; length: string | null }
  | { says: 'is_unclear'; of: readonly string[]; how: OracleAilment }
  /** `from` null: from something else. `when` null: now. */
  | Changed
  /** It was told, and is not so. */
  | { says: 'withdrawn'; of: readonly string[] }
  | { says: 'over' }
  | { says: 'status'; status: IncidentWord }
  | Saying<AtTime, { at: Stretch }>
  /** It became well then. */
  | { says: 'recovered_at'; of: readonly string[]; at: Stretch }
  | { says: 'span'; from: Stretch; to: Stretch | null }
  | { says: 'lasted'; length: string }
  /** Results; `until` null: the window reaches to the last. */
  | { says: 'runs'; window_ms: number; until: Stretch | null; n: number; bad: number }
  | { says: 'all_runs'; window_ms: number; n: number }
  | { says: 'some_fail'; window_ms: number; n: number; bad: number }
  | Saying<'median' | 'p95', { value: string }>
  | Saying<'failing' | 'slow', { checks: readonly string[] | null }>
  | { says: 'line_fails'; lines: readonly string[] }
  | { says: 'usable'; measured: 'well' | 'partly' | 'not' }
  | { says: 'advised'; how: OracleAilment; of: readonly string[] | null }
  | {
      says: 'available';
      since: Stretch;
      percent: string;
      n: number;
      good: string;
      partly: string | null;
    }
  | { says: 'not_measured'; from: Stretch; to: Stretch }
  | { says: 'not_measured_for'; length: string }
  | { says: 'maintenance'; status: MaintenanceWord }
  | Saying<'period' | 'planned', { from: Stretch; to: Stretch }>
  | { says: 'scope'; of: readonly string[] }
  | { says: 'ahead'; length: string }
  | { says: 'impact'; impact: string }
  | { says: 'own'; kind: string; is_over: boolean };

/** One kind of claim for each of these. */
type Saying<Says extends string, What> = { [It in Says]: { says: It } & What }[Says];

export interface Changed {
  says: 'changed';
  of: string;
  from: OracleAilment | null;
  to: OracleAilment;
  /** How it is now, if not so any more. */
  after: OracleAilment | null;
  when: Stretch | null;
}

/**
 * Times that something is said to be at: since when it is so (`since`), when an incident began,
 * when it was measured, until when that is valid, when it is read (`as_of`), when a run failed or
 * went well that is not confirmed, since when nothing was measured or could be judged, and when a
 * maintenance was announced or lasts until.
 */
export type AtTime =
  | 'since'
  | 'began'
  | 'ended'
  | 'known'
  | 'well_since'
  | 'measured'
  | 'valid'
  | 'as_of'
  | 'fails_at'
  | 'works_at'
  | 'unheard_since'
  | 'answered_at'
  | 'judged_at'
  | 'announced'
  | 'maintained_until'
  | 'recovers'
  | 'told';

export type IncidentWord = 'going_on' | 'watched' | 'unclear' | 'resolved' | 'maintained';
export type MaintenanceWord =
  | 'scheduled'
  | 'under_way'
  | 'overrun'
  | 'verifying'
  | 'completed'
  | 'passed'
  | 'reminded';
