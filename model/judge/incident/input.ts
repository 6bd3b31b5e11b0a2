import type { Gap } from '../../component.ts';
import type { Policy } from '../../configuration.ts';
import type { JudgedComponent, KnownIncident } from '../../incident/change.ts';
import type { EpochMs } from '../../vocabulary.ts';

export interface IncidentInput {
  system: string;
  components: readonly JudgedComponent[];
  /** The system's open incidents with all their updates, oldest first. */
  open: readonly KnownIncident[];
  /** Those that were resolved lately, the last one last: candidates for reopening. */
  resolved: readonly KnownIncident[];
  /** Id of the line, if all is measured from one. */
  only_line: string | null;
  /** Until then we did not measure; null: no such time is known. */
  blind_until: EpochMs | null;
  /** Lately, by which the clock was set forth. */
  time_that_never_was: readonly Pick<Gap, 'from' | 'to'>[];
  now: EpochMs;
  policy: Policy;
  newId: () => string;
}
