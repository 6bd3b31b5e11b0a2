import { isIP } from 'node:net';
import type { ComponentStatus } from '../model/component.ts';
import { type Check, isFollowing, isOwnTraffic, isScheduled } from '../model/configuration.ts';
import type { AskedDomain } from '../model/domain.ts';
import type { OwnResult } from '../model/event.ts';
import { type Journey, type JourneyDelay, journeyDelay, type Look } from '../model/journey.ts';
import { oldestAcceptance } from '../model/judge/sync.ts';
import { ownSubject } from '../model/own-trouble.ts';
import type { Clock, Labels, Telemetry } from '../model/ports.ts';
import { hasOurDelay, PHASES, type Result, TLS_VERSIONS } from '../model/result.ts';
import {
  type Checked,
  FILE_VERDICTS,
  type FileVerdict,
  FORMATS,
  type State,
} from '../model/vocabulary.ts';
import type { Recording } from '../store/record.ts';
import type { StageTook } from './judging/reached.ts';
import type { Outage } from './recording/outage.ts';
import { type LiveState, syncMemoryOf } from './state/live-state.ts';
import type { Site } from './state/site.ts';
import { lastUnseen } from './state/unseen.ts';

/**
 * Updates the collector's metrics after each commit. Names and labels:
 * platform/telemetry/instruments.ts.
 */
export interface Metrics {
  /** With the ids of its trace, if that is exported. */
  result(result: Result, trace?: Labels): void;
  committed(recording: Recording, duration_ms: number): void;
  /** What events say of stages of followed invoices. */
  reached(stages: readonly StageTook[]): void;
  /** What a registry says of a domain. */
  domain(known: AskedDomain): void;
  /** Results that will never be recorded. */
  dropped(count: number): void;
  /** Updates ages, which grow without events. To be called every second. */
  time(): void;
}

const STATE_NUMBERS: Record<State, number> = {
  unknown: 0,
  operational: 1,
  degraded_performance: 2,
  partial_outage: 3,
  major_outage: 4,
  under_maintenance: 5,
};

/** The stage at which journeys end: the other system shows the invoice. */
const STAGE = 'queryable';

export interface MetricsParts {
  telemetry: Telemetry;
  site: Site;
  live: LiveState;
  clock: Clock;
  /** Of the ingest API. */
  senders: readonly { id: string }[];
  callbacks?: readonly { id: string }[];
  /** Whether recording is impossible at present, and how many results wait for it. */
  recording: () => { outage: Outage | null; waiting: number };
}

export function createMetrics(parts: MetricsParts): Metrics {
  const { telemetry, site, live, clock } = parts;
  for (const status of live.statuses.values()) observeState(status);
  if (live.heartbeat_at !== null) observeHeartbeat(live.heartbeat_at);
  for (const check of site.checks.values()) startCounters(telemetry, check);
  for (const { id } of parts.senders) telemetry.start('fapiao_ingest_events_total', { token: id });
  for (const { id } of parts.callbacks ?? [])
    telemetry.start('fapiao_ingest_callbacks_total', { callback: id });

  return {
    result(result, trace) {
      const check = site.checks.get(result.check);
      if (check) observeResult(telemetry, check, result, trace);
    },
    committed(recording, duration_ms) {
      const { results = [], components = [], journeys = [], looks = [] } = recording;
      const { gaps = [], own_troubles = [], heartbeat_at } = recording;
      if (results.length > 0)
        telemetry.observe('fapiao_collector_record_duration_seconds', {}, duration_ms / 1_000);
      for (const status of components) observeState(status);
      for (const result of recording.own_results ?? []) observeOwnResult(result);
      for (const journey of journeys) observeJourney(journey);
      for (const look of looks)
        observeLook(
          look,
          journeys.find((it) => it.id === look.journey),
        );
      for (const { cause } of gaps) telemetry.count('fapiao_gap_total', { cause });
      if (own_troubles.length > 0) observeOwnTroubles();
      if (heartbeat_at !== undefined) observeHeartbeat(heartbeat_at);
    },
    reached(stages) {
      for (const { system, stage, delay_ms } of stages)
        observeStage(stage, system, { from_ms: delay_ms, to_ms: delay_ms });
    },
    domain({ name, expires_at }) {
      if (expires_at !== null)
        telemetry.gauge(
          'fapiao_domain_expiry_timestamp_seconds',
          { domain: name },
          expires_at / 1_000,
        );
    },
    dropped: (count) => telemetry.count('fapiao_collector_dropped_results_total', {}, count),
    time() {
      observeAges();
      observeOwnTroubles();
      telemetry.gauge('fapiao_collector_waiting_results', {}, parts.recording().waiting);
    },
  };

  /** What cannot be recorded yet is known here already. */
  function observeOwnTroubles(): void {
    const lines = [...site.lines.keys()].flatMap((line) =>
      (['line', 'machine', 'process'] as const).map((kind) => ({ kind, line })),
    );
    const whole = (['clock', 'disk', 'lock', 'ledger'] as const).map((kind) => ({
      kind,
      line: null,
    }));
    for (const { kind, line } of [...lines, ...whole]) {
      const is_open =
        live.own_troubles.has(ownSubject({ kind, line })) ||
        parts.recording().outage?.cause === kind;
      telemetry.gauge('fapiao_own_trouble', { kind, line: line ?? '' }, is_open ? 1 : 0);
    }
  }

  function observeOwnResult({ check: id, outcome, duration_ms }: OwnResult): void {
    const check = site.checks.get(id);
    if (!check) return;
    const { system, function: fn, line } = check;
    const labels = { system, function: fn };
    telemetry.count('fapiao_check_total', { ...labels, check: id, line, outcome });
    if (outcome === 'ok' && duration_ms !== null)
      telemetry.observe('fapiao_own_traffic_duration_seconds', labels, duration_ms / 1_000);
  }

  function observeState({ component, state, sync }: ComponentStatus): void {
    const measured = site.components.get(component);
    if (!measured) return;
    const { system } = measured;
    const labels = { system, function: measured.function };
    telemetry.gauge('fapiao_function_state', labels, STATE_NUMBERS[state]);
    const watermark_at = sync?.watermark_at ?? null;
    if (watermark_at !== null)
      telemetry.gauge('fapiao_sync_watermark_timestamp_seconds', { system }, watermark_at / 1_000);
  }

  function observeHeartbeat(at: number): void {
    telemetry.gauge('fapiao_collector_heartbeat_timestamp_seconds', {}, at / 1_000);
  }

  function observeAges(): void {
    for (const component of site.components.values()) {
      if (component.function !== 'sync') continue;
      const waiting = [...syncMemoryOf(live, component).waiting.values()];
      const labels = { system: component.system, stage: STAGE };
      const oldest = oldestAcceptance(waiting);
      const age_ms = oldest === null ? 0 : clock.now() - oldest;
      telemetry.gauge('fapiao_invoice_pending', labels, waiting.length);
      telemetry.gauge('fapiao_invoice_oldest_pending_seconds', labels, age_ms / 1_000);
    }
  }

  function observeJourney(journey: Journey): void {
    const check = site.checks.get(journey.check);
    if (!check || (journey.state === 'waiting' && journey.looks > 0)) return;
    const { system } = check;
    telemetry.count('fapiao_journey_total', { system, state: journey.state });
    const delay = journeyDelay(journey, lastUnseen(live));
    if (delay === null) return;
    observeStage(STAGE, system, delay);
  }

  function observeStage(stage: string, system: string, { from_ms, to_ms }: JourneyDelay): void {
    const labels = { system, stage };
    telemetry.observe('fapiao_invoice_stage_delay_seconds', labels, to_ms / 1_000);
    telemetry.observe('fapiao_invoice_stage_delay_at_least_seconds', labels, from_ms / 1_000);
  }

  function observeLook({ finding }: Look, journey: Journey | undefined): void {
    const check = journey && site.checks.get(journey.check);
    if (!check) return;
    const labels = { system: check.system, check: check.id, line: check.line };
    telemetry.count('fapiao_look_total', { ...labels, result: finding });
  }
}

/** What each verdict on a file may rest on. */
const CHECKED_BY_VERDICT: Record<FileVerdict, readonly Checked[]> = {
  sound: ['structure', 'digests', 'bytes'],
  corrupt: ['structure', 'bytes'],
  mismatch: ['structure', 'bytes'],
  unjudged: ['none'],
};

/** All counts of a check start at 0: the increase from absent to 1 would be invisible. */
function startCounters(telemetry: Telemetry, check: Check): void {
  const { system, id, line } = check;
  if (!isFollowing(check)) {
    const labels = { system, function: check.function, check: id, line };
    telemetry.start('fapiao_check_total', labels);
    if (isOwnTraffic(check))
      telemetry.start('fapiao_own_traffic_duration_seconds', { system, function: check.function });
  } else {
    telemetry.start('fapiao_look_total', { system, check: id, line });
    telemetry.start('fapiao_journey_total', { system });
    for (const its of new Set([system, check.follows])) {
      telemetry.start('fapiao_invoice_stage_delay_seconds', { system: its });
      telemetry.start('fapiao_invoice_stage_delay_at_least_seconds', { system: its });
    }
  }
  startFileCounters(telemetry, check);
}

function startFileCounters(telemetry: Telemetry, check: Check): void {
  const format = FORMATS.find((it) => isScheduled(check) && check.options.format === it);
  if (format === undefined) return;
  const { system, id, line } = check;
  for (const result of FILE_VERDICTS) {
    for (const checked of CHECKED_BY_VERDICT[result]) {
      const labels = { system, check: id, line, format, result, checked };
      telemetry.count('fapiao_download_integrity_total', labels, 0);
    }
  }
}

function observeResult(
  telemetry: Telemetry,
  check: Check,
  result: Result,
  trace: Labels | undefined,
): void {
  const { system, id, line } = check;
  const labels: Labels = { system, function: check.function, check: id, line };
  telemetry.count('fapiao_check_total', { ...labels, outcome: result.outcome }, 1, trace);
  // Results of our own fault measured nothing: the gauges keep the last real run.
  if (result.outcome === 'self') return;
  telemetry.gauge('probe_success', labels, result.outcome === 'ok' ? 1 : 0);
  telemetry.gauge('probe_http_status_code', labels, result.http_status ?? 0);
  if (!hasOurDelay(result)) observeDurations(telemetry, labels, result);
  if (result.certificate_expires_at !== null)
    telemetry.gauge(
      'probe_ssl_earliest_cert_expiry',
      labels,
      result.certificate_expires_at / 1_000,
    );
  observeWay(telemetry, labels, result);
  if (result.integrity) {
    const { format, verdict, checked } = result.integrity;
    const of_file = { system, check: id, line, format, result: verdict, checked };
    telemetry.count('fapiao_download_integrity_total', of_file);
  }
  if (result.duration_ms > 0) {
    const lag_ms = Math.max(0, result.started_at - result.slot_at);
    telemetry.observe('fapiao_collector_slot_lag_seconds', {}, lag_ms / 1_000, trace);
  }
}

/** By what the last run came there; nothing where it came nowhere, or a proxy went for it. */
function observeWay(telemetry: Telemetry, labels: Labels, result: Result): void {
  for (const version of TLS_VERSIONS) {
    const is_its = version === result.tls_version;
    const name = version.replace('TLSv', 'TLS ');
    telemetry.gauge('probe_tls_version_info', { ...labels, version: name }, is_its ? 1 : null);
  }
  const protocol = isIP(result.contact?.address ?? '');
  telemetry.gauge('probe_ip_protocol', labels, protocol === 0 ? null : protocol);
}

/** How long a run took; one that our own delay made longer says nothing of that. */
function observeDurations(telemetry: Telemetry, labels: Labels, result: Result): void {
  telemetry.gauge('probe_duration_seconds', labels, result.duration_ms / 1_000);
  for (const phase of PHASES) {
    const seconds = (result.phases[phase] ?? 0) / 1_000;
    telemetry.gauge('probe_http_duration_seconds', { ...labels, phase }, seconds);
  }
}
