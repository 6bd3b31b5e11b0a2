import { describe, expect, test } from 'vitest';
import { alertChanges } from '../../collector/judging/alerts.ts';
import type { JudgingContext } from '../../collector/judging/evaluation.ts';
import { advance, emptyLiveState } from '../../collector/state/live-state.ts';
import { siteOf } from '../../collector/state/site.ts';
import { alertKey } from '../../model/alert.ts';
import type { ComponentStatus, Note } from '../../model/component.ts';
import type { Configuration } from '../../model/configuration.ts';
import { unmeasured } from '../../model/judge/validity.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import type { Result } from '../../model/result.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import { result } from '../model/builders.ts';
import { configuration, START } from './configuration.ts';
import { FAILED, judgedSite, query } from './judged-site.ts';
import { knownOpenIncidents } from './recording.ts';

const FAILING: Note = { code: 'checks_failing', checks: [], reason: 'http_status', detail: null };
const EXPIRED: Note = { code: 'expired', last_slot_at: START };
const GAP: Note = { code: 'gap', from: START };

/** Alerts of one component in memory. */
function alertedComponent({ started_at = START - MINUTE * 60 } = {}) {
  const site = siteOf(configuration());
  const live = { ...emptyLiveState(site, START), started_at };
  let ids = 0;
  return {
    live,
    /**
     * What is told at `now` of a component that is in the state since `since`, as "notice state".
     */
    see(now: number, state: State, since: number, notes: Note[] = [FAILING]) {
      const newId = () => `id${String(++ids).padStart(10, '0')}`;
      const context: JudgingContext = { site, live, now, newId };
      const status: ComponentStatus = {
        ...unmeasured('bureau.query', START),
        state,
        since,
        notes,
      };
      const changes = alertChanges(context, [status]);
      advance(live, { recording: { alerts: changes.map(({ alert }) => alert) } });
      return changes.map(({ alert, notice }) => {
        expect(notice).toMatchObject({ ref: alert.id, created_at: now });
        return { told: `${notice.kind} ${alert.kind}`, alert };
      });
    },
  };
}

test('an outage is told when it opens, changes and ends, with its true duration', () => {
  const { see } = alertedComponent();
  const [opened] = see(START + 12 * SECOND, 'partial_outage', START);
  expect(opened).toMatchObject({
    told: 'alert_opened state',
    alert: {
      subject: 'bureau.query',
      state: 'partial_outage',
      notes: [FAILING],
      since: START,
      opened_at: START + 12 * SECOND,
      resolved_at: null,
    },
  });
  expect(see(START + 20 * SECOND, 'partial_outage', START)).toEqual([]);
  const [changed] = see(START + 30 * SECOND, 'major_outage', START + 25 * SECOND);
  expect(changed).toMatchObject({
    told: 'alert_changed state',
    alert: { id: opened?.alert?.id, state: 'major_outage', since: START },
  });
  const [ended] = see(START + 5 * MINUTE, 'operational', START + 4 * MINUTE, []);
  expect(ended).toMatchObject({
    told: 'alert_resolved state',
    alert: {
      id: opened?.alert?.id,
      since: START,
      resolved_at: START + 5 * MINUTE,
      resolved_since: START + 4 * MINUTE,
    },
  });
  expect(see(START + 6 * MINUTE, 'operational', START + 4 * MINUTE, [])).toEqual([]);
});

test('inside a maintenance nothing is told, and what still fails after it is no news', () => {
  const { see } = alertedComponent();
  expect(see(START, 'under_maintenance', START, [])).toEqual([]);
  expect(see(START + MINUTE, 'major_outage', START + MINUTE)).toMatchObject([
    { told: 'alert_opened state' },
  ]);
  expect(see(START + 2 * MINUTE, 'under_maintenance', START + 2 * MINUTE, [])).toEqual([]);
  expect(see(START + 3 * MINUTE, 'major_outage', START + 3 * MINUTE)).toEqual([]);
  expect(see(START + 4 * MINUTE, 'operational', START + 4 * MINUTE, [])).toMatchObject([
    { told: 'alert_resolved state', alert: { since: START + MINUTE } },
  ]);
});

test('a measurement that stopped is told beside the outage it left open', () => {
  const { see } = alertedComponent();
  see(START, 'major_outage', START);
  const stopped = see(START + MINUTE, 'unknown', START + MINUTE - SECOND, [EXPIRED]);
  expect(stopped).toMatchObject([
    { told: 'alert_opened stale', alert: { state: 'unknown', since: START + MINUTE - SECOND } },
  ]);
  const again = see(START + 2 * MINUTE, 'operational', START + 2 * MINUTE, []);
  expect(again.map(({ told }) => told)).toEqual(['alert_resolved state', 'alert_resolved stale']);
});

test('what was never measured is stale only after a while', () => {
  const { see } = alertedComponent();
  const never: Note[] = [{ code: 'never_measured' }];
  expect(see(START + 5 * MINUTE - 1, 'unknown', START, never)).toEqual([]);
  expect(see(START + 5 * MINUTE, 'unknown', START, never)).toMatchObject([
    { told: 'alert_opened stale' },
  ]);
  expect(see(START + 9 * MINUTE, 'unknown', START, never)).toEqual([]);
});

test('our own downtime is not held against a measurement', () => {
  const { see, live } = alertedComponent();
  const back_at = START + 60 * MINUTE;
  live.last_gaps = [{ from: START, to: back_at, cause: 'restart' }];
  expect(see(back_at, 'unknown', START + MINUTE, [GAP])).toEqual([]);
  expect(see(back_at + 5 * MINUTE, 'unknown', START + MINUTE, [GAP])).toMatchObject([
    { told: 'alert_opened stale', alert: { since: back_at } },
  ]);
});

test('whatever the reason, nothing is late until measured for five minutes again', () => {
  const { see, live } = alertedComponent();
  live.last_gaps = [{ from: START, to: START + MINUTE, cause: 'restart' }];
  const unanswered: Note[] = [{ code: 'look_unanswered', last_answered_at: START }];
  const since = START + 2 * MINUTE;
  expect(see(START + 6 * MINUTE - 1, 'unknown', since, unanswered)).toEqual([]);
  expect(see(START + 6 * MINUTE, 'unknown', since, unanswered)).toMatchObject([
    { told: 'alert_opened stale', alert: { since } },
  ]);
});

test('suspensions of ours, however many, do not keep a stopped measurement from being told', () => {
  const { see, live } = alertedComponent();
  const stopped: Note[] = [{ code: 'expired', last_slot_at: START }];
  const at = START + 4 * MINUTE;
  live.last_gaps = [{ from: at - 11 * SECOND, to: at, cause: 'suspended' }];
  expect(see(at + SECOND, 'unknown', START + MINUTE, stopped)).toMatchObject([
    { told: 'alert_opened stale', alert: { since: START + MINUTE } },
  ]);
});

test('after a start that left no gap, five minutes are watched first (T4)', () => {
  const { see } = alertedComponent({ started_at: START + 2 * SECOND });
  const since = START + SECOND;
  const end = START + 2 * SECOND + 5 * MINUTE;
  expect(see(START + 30 * SECOND, 'unknown', since, [EXPIRED])).toEqual([]);
  expect(see(end - 1, 'unknown', since, [EXPIRED])).toEqual([]);
  expect(see(end, 'unknown', since, [EXPIRED])).toMatchObject([{ told: 'alert_opened stale' }]);
  expect(see(end + MINUTE, 'unknown', since, [EXPIRED])).toEqual([]);
  const [over] = see(end + 2 * MINUTE, 'operational', end + 2 * MINUTE, []);
  expect(over?.told).toBe('alert_resolved stale');
});

test.each([
  ['a restart after 17 minutes', 17 * MINUTE, 'restart'],
  ['a suspension of 76 s', 76 * SECOND, 'suspended'],
  ['a suspension of 11 s', 11 * SECOND, 'suspended'],
  ['a full disk for 35 s', 35 * SECOND, 'disk'],
] as const)('%s in which the state expired is watched out of first (T4)', (_, ms, cause) => {
  const { see, live } = alertedComponent();
  live.last_gaps = [{ from: START, to: START + ms, cause }];
  const since = START + 10 * SECOND;
  const end = START + ms + 5 * MINUTE;
  expect(see(START + ms + SECOND, 'unknown', since, [GAP])).toEqual([]);
  expect(see(end - 1, 'unknown', since, [EXPIRED])).toEqual([]);
  expect(see(end, 'unknown', since, [EXPIRED])).toHaveLength(1);
});

test('a clock that was set back behind our start delays nothing for hours', () => {
  const { see } = alertedComponent({ started_at: START + 60 * MINUTE });
  expect(see(START + MINUTE, 'unknown', START, [EXPIRED])).toHaveLength(1);
});

test('a suspension as long as a downtime is given the same time', () => {
  const { see, live } = alertedComponent();
  const stopped: Note[] = [{ code: 'expired', last_slot_at: START }];
  const back_at = START + 6 * MINUTE;
  live.last_gaps = [{ from: START + MINUTE, to: back_at, cause: 'suspended' }];
  expect(see(back_at + 5 * MINUTE - 1, 'unknown', START + MINUTE, stopped)).toEqual([]);
  expect(see(back_at + 5 * MINUTE, 'unknown', START + MINUTE, stopped)).toHaveLength(1);
});

test('a sync without any invoice to follow is not a measurement that stopped', () => {
  const { see } = alertedComponent();
  const idle: Note[] = [{ code: 'nothing_to_follow', last_answered_at: null }];
  expect(see(START + 60 * MINUTE, 'unknown', START, idle)).toEqual([]);
});

test.each(['unconfirmed', 'recovering'] as const)('what is measured is not stale: %s', (code) => {
  const { see } = alertedComponent();
  const measured = { code, reason: null, detail: null, ended_at: START } as Note;
  expect(see(START + 60 * MINUTE, 'unknown', START, [measured])).toEqual([]);
  expect(see(START + 61 * MINUTE, 'unknown', START, [EXPIRED])).toHaveLength(1);
});

test('less is not told while a part is not known, nor the same state again', () => {
  const { see } = alertedComponent();
  const partly: Note[] = [FAILING, { code: 'not_known', checks: ['second'] }];
  see(START, 'major_outage', START);
  expect(see(START + MINUTE, 'partial_outage', START, partly)).toEqual([]);
  expect(see(START + 2 * MINUTE, 'major_outage', START)).toEqual([]);
  const better = see(START + 3 * MINUTE, 'partial_outage', START);
  expect(better).toMatchObject([{ told: 'alert_changed state' }]);
  expect(see(START + 4 * MINUTE, 'major_outage', START, partly)).toHaveLength(1);
});

describe('the incident that says the same publicly', () => {
  test('opens in the same step as the alert and is its evidence until the end', () => {
    const site = judgedSite();
    site.see(query(START, FAILED));
    const { recording } = site.see(query(START + 5 * SECOND, FAILED));
    const [incident] = recording.incidents ?? [];
    expect(incident?.components).toEqual(['bureau.query']);
    expect(recording.alerts).toMatchObject([{ subject: 'bureau.query', incident: incident?.id }]);
    site.see(query(START + MINUTE));
    const { recording: recovered } = site.see(query(START + 2 * MINUTE));
    expect(recovered.alerts).toMatchObject([
      { resolved_at: START + 2 * MINUTE + 200, incident: incident?.id },
    ]);
  });

  test('opens later than the alert: it makes the link, and nobody is told again', () => {
    const site = judgedSite();
    const from = START + MINUTE;
    slowFrom(site, from);
    expect(alertOf(site, 'bureau.query')).toMatchObject({
      state: 'degraded_performance',
      incident: null,
    });
    keepSlow(site, from, 5 * MINUTE - SECOND);
    site.wait(from + 5 * MINUTE - 1);
    const opened = site.wait(from + 5 * MINUTE);
    const [incident] = opened?.incidents ?? [];
    expect(opened?.alerts).toEqual([alertOf(site, 'bureau.query')]);
    expect(alertOf(site, 'bureau.query')).toMatchObject({ incident: incident?.id });
    expect(opened?.notices?.map(({ kind }) => kind)).toEqual(['incident_opened']);
    expect(site.wait(from + 5 * MINUTE + 1)).toBeNull();
  });

  test('is joined by what fails after it, alert or incident first', () => {
    const site = judgedSite(withDownload());
    for (const at of [START, START + 5 * SECOND]) site.see(query(at, FAILED));
    const incident = knownOpenIncidents(site.live)[0];
    // Slow is an alert at once, but joins the incident only when it lasts.
    for (let i = 0; i < 3; i += 1) site.see(download(START + i * SECOND, { duration_ms: 2_000 }));
    expect(alertOf(site, 'bureau.download')).toMatchObject({ incident: null });
    // Down joins at once, with an alert that changes in the same step.
    for (const at of [START + 10 * SECOND, START + 20 * SECOND]) site.see(download(at, FAILED));
    expect(knownOpenIncidents(site.live)[0]?.components).toContain('bureau.download');
    expect(alertOf(site, 'bureau.download')).toMatchObject({
      state: 'major_outage',
      incident: incident?.id,
    });
  });

  test('is another one when it fails anew after it was resolved', () => {
    const site = judgedSite();
    for (const at of [START, START + 5 * SECOND]) site.see(query(at, FAILED));
    const first = knownOpenIncidents(site.live)[0]?.id;
    for (const at of [10, 20].map((s) => START + s * SECOND)) site.see(query(at));
    site.wait(START + MINUTE);
    expect(knownOpenIncidents(site.live)).toEqual([]);
    const again = START + 30 * MINUTE;
    for (const at of [again, again + 5 * SECOND]) site.see(query(at, FAILED));
    const second = knownOpenIncidents(site.live)[0]?.id;
    expect(second).not.toBe(first);
    expect(alertOf(site, 'bureau.query')).toMatchObject({ incident: second });
  });

  test('of another system is no evidence', () => {
    const site = judgedSite();
    for (const at of [START, START + 5 * SECOND])
      site.see(result(at, { check: 'shop-upload', ...FAILED }));
    slowFrom(site, START);
    expect(alertOf(site, 'shop.upload')?.incident).not.toBeNull();
    expect(alertOf(site, 'bureau.query')).toMatchObject({ incident: null });
  });
});

type JudgedSite = ReturnType<typeof judgedSite>;

function alertOf({ live }: JudgedSite, subject: string) {
  return live.open_alerts.get(alertKey({ kind: 'state', subject }));
}

/** The query is slow from the instant on. */
function slowFrom(site: JudgedSite, from: number): void {
  for (let i = 0; i < 3; i += 1) site.see(query(from + i * SECOND, { duration_ms: 2_000 }));
}

function keepSlow(site: JudgedSite, from: number, for_ms: number): void {
  for (let at = from + 30 * SECOND; at < from + for_ms; at += 30 * SECOND)
    site.see(query(at, { duration_ms: 2_000 }));
}

const download = (slot_at: number, changed: Partial<Result> = {}) =>
  result(slot_at, { check: 'bureau-download', ...changed });

/** The bureau also lets invoices be downloaded. */
function withDownload(): Configuration {
  const settings = configuration();
  const [, asks] = settings.checks;
  if (!asks || asks.function === 'sync') throw new Error('no query');
  return {
    ...settings,
    checks: [...settings.checks, { ...asks, id: 'bureau-download', function: 'download' }],
    policies: {
      ...settings.policies,
      'bureau.download': settings.policies['bureau.query'] ?? DEFAULT_POLICY,
    },
  };
}
