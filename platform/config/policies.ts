import type { Policy } from '../../model/configuration.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import type { ComponentId } from '../../model/vocabulary.ts';
import { hint } from './issues.ts';
import type { Report } from './report.ts';
import type { PolicyEntry } from './schema.ts';
import type { Entries } from './sections.ts';

/** The entry that applies to every component, overridden by its own entry. */
const FOR_ALL = 'default';

/** The policy of every component: its own entry, then `default`, then the built-in defaults. */
export function readPolicies(
  entries: Entries<PolicyEntry>,
  components: readonly ComponentId[],
  report: Report,
): Record<ComponentId, Policy> {
  for (const key of entries.keys()) {
    if (key === FOR_ALL || components.includes(key)) continue;
    report.problem(
      ['policies', key],
      `no check measures "${key}"${hint(key, [FOR_ALL, ...components])}`,
    );
  }
  const base = overlay(DEFAULT_POLICY, entries.get(FOR_ALL));
  const policies = components.map((component) => {
    const policy = overlay(base, entries.get(component));
    checkPolicy(entries.has(component) ? component : FOR_ALL, policy, report);
    return [component, policy] as const;
  });
  return Object.fromEntries(policies);
}

function overlay(base: Policy, entry: PolicyEntry | null | undefined): Policy {
  if (!entry) return base;
  return {
    slow_ms: entry.slow ?? base.slow_ms,
    confirmations: entry.confirmations ?? base.confirmations,
    confirm_distance_ms: entry.confirm_distance ?? base.confirm_distance_ms,
    proof_wait_ms: entry.proof_wait ?? base.proof_wait_ms,
    well_after: entry.well_after ?? base.well_after,
    slow_after: entry.slow_after ?? base.slow_after,
    slow_window: entry.slow_window ?? base.slow_window,
    quorum: entry.quorum ?? base.quorum,
    slow_wait_ms: entry.slow_wait ?? base.slow_wait_ms,
    slow_over_ms: entry.slow_over ?? base.slow_over_ms,
    slow_for_ms: entry.slow_for ?? base.slow_for_ms,
    overdue_after_ms: entry.overdue_after ?? base.overdue_after_ms,
    stalled_after_ms: entry.stalled_after ?? base.stalled_after_ms,
    stalled_waiting: entry.stalled_waiting ?? base.stalled_waiting,
    visible_within_ms: entry.visible_within ?? base.visible_within_ms,
    lost_after_ms: entry.lost_after ?? base.lost_after_ms,
    settle_ms: entry.settle ?? base.settle_ms,
    resolve_after_ms: entry.resolve_after ?? base.resolve_after_ms,
    degraded_opens_after_ms: entry.degraded_opens_after ?? base.degraded_opens_after_ms,
    reopen_within_ms: entry.reopen_within ?? base.reopen_within_ms,
  };
}

function checkPolicy(key: string, policy: Policy, report: Report) {
  if (policy.slow_after > policy.slow_window) {
    report.problem(
      ['policies', key, 'slow_after'],
      `${policy.slow_after} slow results of the last ${policy.slow_window} can never be; ` +
        'expected slow_after up to slow_window',
    );
  }
  for (const name of BEFORE_LOST) {
    const ms = policy[`${name}_ms`];
    if (ms === null || ms < policy.lost_after_ms) continue;
    report.problem(
      ['policies', key, name],
      `is not below lost_after, so that ${NEVER[name]}; expected ${name} below lost_after`,
    );
  }
}

const BEFORE_LOST = ['overdue_after', 'visible_within', 'stalled_after'] as const;

/** What would never be said of an invoice, as it is lost by then. */
const NEVER: Record<(typeof BEFORE_LOST)[number], string> = {
  overdue_after: 'an invoice would be lost before it is overdue',
  visible_within: 'an invoice would be lost before its promise has passed',
  stalled_after: 'those that wait would be lost before a stall is told',
};
