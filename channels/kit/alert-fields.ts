import type { AlertDetails } from '../../model/alert-details.ts';
import { iso, isoOrNull } from '../../model/time.ts';

/** What an alert of a component says, for programs that read it: the facts of its message. */
export function alertFields(details: AlertDetails) {
  const { got, got_from, expected_within_ms, last_good_at, answered, silent } = details;
  const { component, system, tasks, lines, by_line, same_system, other_systems } = details;
  return {
    component,
    system,
    function: details.function,
    tasks,
    lines,
    expected_within_seconds: expected_within_ms === null ? null : expected_within_ms / 1_000,
    got: got && {
      check: got.check,
      line: got_from,
      started_at: iso(got.started_at),
      duration_seconds: got.duration_ms / 1_000,
      outcome: got.outcome,
      reason: got.reason,
      detail: got.detail,
      http_status: got.http_status,
      trace_id: got.trace_id,
    },
    last_good_at: isoOrNull(last_good_at),
    by_line,
    answered,
    silent,
    same_system,
    other_systems,
    runbook_url: details.runbook,
    page_url: details.page,
    incident_url: details.incident,
  };
}
