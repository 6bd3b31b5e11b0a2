import type { Transition } from './component.ts';
import type { Result } from './result.ts';
import type { WaitingAtStage } from './stage.ts';
import type { ComponentId, EpochMs, InvoiceFunction, Outcome, State } from './vocabulary.ts';

/**
 * What was measured around an alert of a component, as of its notice; null and empty: nothing is
 * known.
 */
export interface AlertFindings {
  /** The last bad result, and the id under which its exchanges were traced. */
  bad: FailedRun | null;
  /** End of the last good run before the notice, of the check that failed if one did. */
  last_good_at: EpochMs | null;
  /** The last result of each check of the component within the hour before the notice. */
  last: LastOfCheck[];
  /** What every component was then. */
  states: Pick<Transition, 'component' | 'to'>[];
  /** Of a sync: at which stage its invoices waited; none: that is not known. */
  waited: WaitingAtStage[];
}

export interface FailedRun
  extends Pick<
    Result,
    | 'check'
    | 'started_at'
    | 'duration_ms'
    | 'outcome'
    | 'reason'
    | 'detail'
    | 'http_status'
    | 'proof'
  > {
  trace_id: string;
}

export type LastOfCheck = Pick<Result, 'check' | 'outcome' | 'slot_at'>;

/**
 * The same as an operator is told it in every channel: with what the configuration knows of the
 * component. Nothing is made up: what is not known is null or empty.
 */
export interface AlertDetails {
  component: ComponentId;
  system: string;
  function: InvoiceFunction;
  /** Ids of the tasks that need it, directly or not. */
  tasks: string[];
  /** Ids of the lines that measure it. */
  lines: string[];
  /** Expected of the check that failed last: an answer within this time. */
  expected_within_ms: number | null;
  got: FailedRun | null;
  /** The line of the check that failed last. */
  got_from: string | null;
  last_good_at: EpochMs | null;
  /** Of a component measured from several lines: what each has last. */
  by_line: { line: string; outcome: Outcome }[];
  /** Hosts that answered on the line about when it failed, and neutral ones that did not. */
  answered: string[];
  silent: string[];
  /** What the system's other functions are, and the worst of each other system. */
  same_system: { function: InvoiceFunction; state: State }[];
  other_systems: { system: string; state: State }[];
  /** Address of what to do; null when none is configured. */
  runbook: string | null;
  /** Address of the component on the page. */
  page: string;
  /** Address of its incident; null while there is none. */
  incident: string | null;
}
