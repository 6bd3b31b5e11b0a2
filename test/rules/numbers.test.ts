import { describe, expect, it } from 'vitest';
import { NUMBERS } from '../../model/numbers.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { ROWS } from './rows.ts';

/** The rules whose examples have to fail when the number is another: some of each. */
const RULES_OF: Record<string, string | readonly string[]> = {
  'proof.answer_within_ms': ['PROOF-3', 'PROOF-7'],
  'proof.starved_from_ms': ['PROOF-5', 'PROOF-17', 'SLOW-4', 'SLOW-7'],
  'proof.starved_share_of_deadline': 'PROOF-5',
  'proof.neutrals': 'PROOF-7',
  'proof.neutral_answered_within_ms': 'PROOF-7',
  'proof.neutral_dead_after': 'PROOF-7',
  'proof.line_hosts': ['PROOF-6', 'PROOF-8'],
  'proof.tried_within_at_least_ms': 'PROOF-8',
  'proof.tried_within_at_most_ms': 'PROOF-8',
  'proof.lost_names': 'PROOF-6',
  'proof.name_resolved_within_ms': 'PROOF-6',
  'proof.refused_us_within_ms': 'PROOF-11',
  'proof.recognised_here': 'PROOF-14',
  'dates.agrees_within_ms': 'PROOF-16',
  'dates.said_within_ms': 'PROOF-16',
  'dates.owners': 'CLOCK-6',
  'dates.zone_step_ms': 'PROOF-16',
  'dates.furthest_zone_ms': 'PROOF-16',
  'own.clock_step_ms': 'CLOCK-1',
  'own.clock_settles_ms': 'CLOCK-5',
  'own.gap_from_ms': ['CLOCK-2', 'CLOCK-3'],
  'own.slot_lag_ms': 'CLOCK-3',
  'own.timer_ms': 'CLOCK-4',
  'own.usual_delay_ms': 'CLOCK-4',
  'own.starved_ms': 'CLOCK-4',
  'own.starved_of_ms': 'CLOCK-4',
  'own.starved_until_quiet_ms': 'CLOCK-4',
  'own.thread_away_ms': 'CLOCK-13',
  'own.run_patience_ms': 'CLOCK-7',
  'own.watched_ms': 'ALERT-1',
  'crash_loop.ends': 'CLOCK-14',
  'crash_loop.within_ms': 'CLOCK-14',
  'crash_loop.over_after_ms': 'CLOCK-14',
  'expiry.told_days.first': 'ALERT-2',
  'expiry.told_days.second': 'ALERT-2',
  'expiry.told_days.third': 'ALERT-2',
  'expiry.told_days.last': 'ALERT-2',
  'expiry.of_lifetime': 'ALERT-2',
  'expiry.replaced_after': 'ALERT-4',
  'first_slot.within_ms': 'CHECK-14',
  'first_slot.unless_within_ms': ['CHECK-14', 'CLOCK-7'],
  'page.notice_characters': 'PAGE-3',
  'confirmations.chance_outages_a_year': 'CHECK-2',
  'confirmations.least_bad_share': 'CHECK-2',
  'confirmations.results': 'CHECK-3',
  'confirmations.at_least': 'CHECK-2',
  'confirmations.at_most': 'CHECK-2',
  'check.degraded_after': 'CHECK-7',
  'check.maintenance_after': 'CHECK-12',
  'check.goes_on_within_ms': 'CHECK-11',
  'incident.given_up_after_ms': 'INCIDENT-6',
  'incident.held_ms': 'INCIDENT-7',
  'incident.common_cause_ms': 'INCIDENT-8',
  'incident.reopenings_apart_ms.0': 'INCIDENT-7',
  'incident.reopenings_apart_ms.1': 'INCIDENT-7',
  'incident.reopenings_apart_ms.2': 'INCIDENT-7',
  'share.results': 'COMPONENT-5',
  'share.bad': 'COMPONENT-5',
  'share.tolerated': 'COMPONENT-5',
  'share.ends_after_ms': 'COMPONENT-8',
  'share.ends_after_results': 'COMPONENT-8',
  'usual.days': 'SLOW-5',
  'usual.results': 'SLOW-5',
  'usual.journeys': 'SLOW-5',
  'usual.holds_after_ms': 'SLOW-5',
  'usual.all_hours_over_ms': 'SLOW-6',
  'slow.times_usual': 'SLOW-2',
  'slow.times_usual_of_all_hours': 'SLOW-2',
  'slow.usual_and_ms': 'SLOW-2',
  'sync.first_look_ms': 'SYNC-1',
  'sync.rarest_look_ms': 'SYNC-1',
  'sync.age_share': 'SYNC-1',
  'sync.valid_distances': 'SYNC-3',
  'sync.overtaken_by': 'SYNC-6',
  'sync.stragglers_share': 'SYNC-6',
  'sync.slow_journeys': 'SYNC-4',
  'sync.few_followed': 'SYNC-7',
  'sync.few_stalled': 'SYNC-7',
  'sync.one_arrival_ms': 'SYNC-11',
  'traffic.window_ms': ['OWN-2', 'OWN-6'],
  'traffic.results': 'OWN-2',
  'traffic.longest_ms': 'OWN-2',
  'traffic.tolerated': 'OWN-3',
  'traffic.times_usual': 'OWN-3',
  'traffic.usual_at_most': 'OWN-3',
  'traffic.usual_of_hours': 'OWN-4',
  'traffic.usual_hours': 'OWN-4',
  'traffic.last': 'OWN-5',
  'traffic.last_over_ms': 'OWN-5',
  'traffic.quiet_ms': 'OWN-7',
  'sync.distances': 'SYNC-11',
  'sync.overdue_journeys': 'SYNC-11',
  'sync.stalled_times_apart': 'SYNC-2',
  'sync.stalled_after_ms': 'SYNC-2',
  'sync.delays_over_apart': 'SYNC-12',
  'sync.delays_over_at_most_ms': 'SYNC-12',
  'sync.delays_over_ms': 'SYNC-12',
  'sync.lost_from': 'SYNC-9',
  'sync.lost_share': 'SYNC-9',
  'sync.lost_n': 'SYNC-9',
  'sync.lost_over_ms': 'SYNC-9',
  'sync.lost_over_at_most_ms': 'SYNC-9',
  'figure.bar_ms': 'FIGURE-1',
  'figure.median_from': 'FIGURE-2',
  'figure.p95_from': 'FIGURE-2',
  'figure.stage_p95_from': 'FIGURE-3',
  'maintenance.failing_opens_after_ms': 'MAINTENANCE-2',
  'maintenance.end_proposed_after_ms': 'MAINTENANCE-3',
  covered_for_ms: 'COMPONENT-11',
  'windows_ms.first': 'COMPONENT-6',
  'windows_ms.second': 'COMPONENT-6',
  'windows_ms.third': 'COMPONENT-6',
  'windows_ms.last': 'COMPONENT-6',
  'policy.confirm_distance_ms': ['CHECK-1', 'CHECK-13'],
  'policy.proof_wait_ms': 'PROOF-13',
  'policy.well_after': 'CHECK-5',
  'policy.slow_after': 'CHECK-6',
  'policy.slow_window': 'CHECK-6',
  'policy.quorum': 'COMPONENT-2',
  'policy.slow_over_ms': 'SYNC-4',
  'policy.slow_for_ms': 'SYNC-4',
  'policy.stalled_waiting': 'SYNC-2',
  'policy.visible_within_ms': 'SYNC-2',
  'policy.lost_after_ms': 'SYNC-5',
  'policy.settle_ms': 'INCIDENT-5',
  'policy.resolve_after_ms': 'INCIDENT-2',
  'policy.degraded_opens_after_ms': 'INCIDENT-1',
  'policy.reopen_within_ms': 'INCIDENT-3',
};

interface Held {
  path: string;
  /** Which holds the number under the name. */
  holder: Record<string, unknown>;
  name: string;
}

function numbersIn(value: Record<string, unknown>, prefix = ''): Held[] {
  return Object.entries(value).flatMap(([name, it]) => {
    if (typeof it === 'number') return [{ path: prefix + name, holder: value, name }];
    return typeof it === 'object' && it !== null
      ? numbersIn(it as Record<string, unknown>, `${prefix}${name}.`)
      : [];
  });
}

const HELD = [
  ...numbersIn(NUMBERS),
  ...numbersIn(DEFAULT_POLICY as unknown as Record<string, unknown>, 'policy.'),
];

/** Titles of the rows of the rule that fail while the number is `factor` times itself. */
async function failingWith({ holder, name }: Held, factor: number, rule: string) {
  const value = holder[name] as number;
  holder[name] = value * factor;
  try {
    const failing: string[] = [];
    for (const row of ROWS.filter((it) => it.id === rule))
      if (await fails(row)) failing.push(row.says);
    return failing;
  } finally {
    holder[name] = value;
  }
}

async function fails({ shows }: (typeof ROWS)[number]): Promise<boolean> {
  try {
    await shows();
    return false;
  } catch {
    return true;
  }
}

describe('every number of the rules', () => {
  it('has a rule', () => {
    expect(HELD.map((it) => it.path).filter((it) => !(it in RULES_OF))).toEqual([]);
  });
  describe.each(HELD)('$path', (held) => {
    const rules = [RULES_OF[held.path] ?? ''].flat();
    const cases = rules.flatMap((rule) => [2, 0.5].map((factor) => ({ rule, factor })));
    it.each(cases)('times $factor is noticed by $rule', async ({ rule, factor }) => {
      expect(await failingWith(held, factor, rule)).not.toEqual([]);
    });
  });
});
