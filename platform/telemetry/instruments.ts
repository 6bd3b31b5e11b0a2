import { GAP_CAUSES } from '../../model/component.ts';
import { OUTCOMES } from '../../model/vocabulary.ts';

/**
 * Every metric of the product. Names are an API: exporters, dashboards, rules and docs/metrics.md
 * follow this table. Names and units follow Prometheus conventions (base units, `_total`), and
 * blackbox_exporter where possible.
 */
export interface Instrument {
  name: string;
  type: 'counter' | 'gauge' | 'histogram';
  help: string;
  labels: readonly string[];
  /**
   * The values of labels that are closed sets: the series of a counter or histogram are started
   * with all of them at 0, because the increase from absent to 1 is invisible to Prometheus.
   */
  closed?: Readonly<Record<string, readonly string[]>>;
  /** Upper bounds of a histogram's buckets, in the unit of its name. */
  buckets?: readonly number[];
}

/** Processes with metrics, each on its own private listener. */
export const MEASURED_PROCESSES = ['collector', 'page', 'notifier'] as const;
export type MeasuredProcess = (typeof MEASURED_PROCESSES)[number];

const CHECK = ['system', 'function', 'check', 'line'] as const;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Of a followed invoice, after its acceptance. */
const STAGES = [
  'reviewed',
  'issued',
  'sealed',
  'delivered',
  'queryable',
  'downloadable',
  'verified',
] as const;

const WITHIN_A_PROCESS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const SLOT_LAG = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Sealing and synchronising take minutes to days, far beyond default buckets. */
const INVOICE_STAGE = [
  0.1,
  0.5,
  1,
  2.5,
  5,
  10,
  30,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  3 * DAY,
  7 * DAY,
];
const NOTIFICATION = [
  0.1,
  0.25,
  0.5,
  1,
  2,
  5,
  10,
  30,
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  3 * HOUR,
  DAY,
];

/** Of the collector, and what only a supervisor knows, of the notifier. */
const OWN_TROUBLE: Instrument = {
  name: 'fapiao_own_trouble',
  type: 'gauge',
  help:
    'Whether something is wrong with ourselves: a line, its machine or its measuring thread, or ' +
    '(line empty) the clock, the disk, the lock of the database or its ledger; of the notifier, ' +
    'a process that ends again and again, a process that does not work (machine), or all, ' +
    'stopped for good.',
  labels: ['kind', 'line'],
};

const BUILD_INFO: Instrument = {
  name: 'fapiao_build_info',
  type: 'gauge',
  help: 'Always 1: the version of the product, and of Node.',
  labels: ['version', 'node'],
};

export const INSTRUMENTS: Record<MeasuredProcess, readonly Instrument[]> = {
  collector: [
    BUILD_INFO,
    {
      name: 'probe_success',
      type: 'gauge',
      help: 'Whether the last run of the check was good (1) or bad (0).',
      labels: CHECK,
    },
    {
      name: 'probe_duration_seconds',
      type: 'gauge',
      help: 'How long the last run of the check took that no delay of ours made longer.',
      labels: CHECK,
    },
    {
      name: 'probe_http_duration_seconds',
      type: 'gauge',
      help: 'Duration of the HTTP exchanges of the last run by phase, summed over all of them.',
      labels: [...CHECK, 'phase'],
    },
    {
      name: 'probe_http_status_code',
      type: 'gauge',
      help: 'HTTP status of the last answer of the last run.',
      labels: CHECK,
    },
    {
      name: 'probe_ssl_earliest_cert_expiry',
      type: 'gauge',
      help: 'Earliest expiry in the certificate chain seen by the last run, in unixtime.',
      labels: CHECK,
    },
    {
      name: 'probe_tls_version_info',
      type: 'gauge',
      help: 'Always 1: the oldest version of TLS that the last run agreed on with a host.',
      labels: [...CHECK, 'version'],
    },
    {
      name: 'probe_ip_protocol',
      type: 'gauge',
      help: 'The IP protocol of the address that the last run reached: 4 or 6.',
      labels: CHECK,
    },
    {
      name: 'fapiao_domain_expiry_timestamp_seconds',
      type: 'gauge',
      help: 'Until when a domain is registered, as its registry said last, in unixtime.',
      labels: ['domain'],
    },
    {
      name: 'fapiao_check_total',
      type: 'counter',
      help: 'Results by outcome.',
      labels: [...CHECK, 'outcome'],
      closed: { outcome: OUTCOMES },
    },
    {
      name: 'fapiao_function_state',
      type: 'gauge',
      help:
        'State of a function: 0 unknown, 1 operational, 2 degraded, 3 partial outage, ' +
        '4 major outage, 5 under maintenance.',
      labels: ['system', 'function'],
    },
    {
      name: 'fapiao_invoice_stage_delay_seconds',
      type: 'histogram',
      help:
        'From the acceptance of an invoice until the stage was first seen to have ended; read it ' +
        'with fapiao_invoice_pending.',
      labels: ['system', 'stage'],
      closed: { stage: STAGES },
      buckets: INVOICE_STAGE,
    },
    {
      name: 'fapiao_invoice_stage_delay_at_least_seconds',
      type: 'histogram',
      help:
        'From the acceptance of the same invoices until the stage was last seen not to have ' +
        'ended: the true delay lies between both.',
      labels: ['system', 'stage'],
      closed: { stage: STAGES },
      buckets: INVOICE_STAGE,
    },
    {
      name: 'fapiao_own_traffic_duration_seconds',
      type: 'histogram',
      help: 'How long what the events of own traffic tell of took, where it did not fail.',
      labels: ['system', 'function'],
      buckets: INVOICE_STAGE,
    },
    {
      name: 'fapiao_invoice_pending',
      type: 'gauge',
      help: 'Followed invoices that have not reached the stage.',
      labels: ['system', 'stage'],
    },
    {
      name: 'fapiao_invoice_oldest_pending_seconds',
      type: 'gauge',
      help: 'Age of the oldest followed invoice that has not reached the stage; 0 when none waits.',
      labels: ['system', 'stage'],
    },
    {
      name: 'fapiao_sync_watermark_timestamp_seconds',
      type: 'gauge',
      help: 'Every followed invoice accepted up to this moment has arrived, in unixtime.',
      labels: ['system'],
    },
    {
      name: 'fapiao_download_integrity_total',
      type: 'counter',
      help: 'Downloaded files by verdict (result), and what it rests on (checked).',
      labels: ['system', 'check', 'line', 'format', 'result', 'checked'],
    },
    {
      name: 'fapiao_look_total',
      type: 'counter',
      help: 'Attempts to see a followed invoice, by result: found, absent, failed.',
      labels: ['system', 'check', 'line', 'result'],
      closed: { result: ['found', 'absent', 'failed'] },
    },
    {
      name: 'fapiao_journey_total',
      type: 'counter',
      help:
        'Followed invoices by the state they entered: ' +
        'waiting, arrived, rejected, voided, lost.',
      labels: ['system', 'state'],
      closed: { state: ['waiting', 'arrived', 'rejected', 'voided', 'lost'] },
    },
    {
      name: 'fapiao_ingest_events_total',
      type: 'counter',
      help: 'Posted event lines by result: accepted, duplicate, refused.',
      labels: ['token', 'result'],
      closed: { result: ['accepted', 'duplicate', 'refused'] },
    },
    {
      name: 'fapiao_ingest_callbacks_total',
      type: 'counter',
      help:
        'What providers told by callbacks: events accepted, duplicate, refused or unmapped; ' +
        'bodies ignored, forbidden or busy; fields left out.',
      labels: ['callback', 'result'],
      closed: {
        result: [
          'accepted',
          'duplicate',
          'refused',
          'unmapped',
          'ignored',
          'forbidden',
          'busy',
          'left_out',
        ],
      },
    },
    {
      name: 'fapiao_collector_slot_lag_seconds',
      type: 'histogram',
      help: 'From the instant a check was due to its start: our own lateness.',
      labels: [],
      buckets: SLOT_LAG,
    },
    {
      name: 'fapiao_collector_record_duration_seconds',
      type: 'histogram',
      help: 'Duration of the transaction that writes a result and all it implies.',
      labels: [],
      buckets: WITHIN_A_PROCESS,
    },
    {
      name: 'fapiao_collector_heartbeat_timestamp_seconds',
      type: 'gauge',
      help: 'When the collector last wrote its heartbeat, in unixtime.',
      labels: [],
    },
    {
      name: 'fapiao_gap_total',
      type: 'counter',
      help:
        'Spans that we could not measure or record, by cause: ' +
        'restart, suspended, clock, disk, lock, restored.',
      labels: ['cause'],
      closed: { cause: GAP_CAUSES },
    },
    OWN_TROUBLE,
    {
      name: 'fapiao_collector_waiting_results',
      type: 'gauge',
      help: 'Results that wait to be recorded, because the disk or the database is away.',
      labels: [],
    },
    {
      name: 'fapiao_collector_dropped_results_total',
      type: 'counter',
      help: 'Results that could not be recorded for too long; they lie in a gap.',
      labels: [],
    },
    {
      name: 'fapiao_trace_spans_total',
      type: 'counter',
      help: 'Spans for OpenTelemetry by result: sent, failed, dropped (queue full).',
      labels: ['result'],
      closed: { result: ['sent', 'failed', 'dropped'] },
    },
  ],
  page: [
    BUILD_INFO,
    {
      name: 'fapiao_page_requests_total',
      type: 'counter',
      help: 'Requests answered, by class of route and HTTP status.',
      labels: ['route', 'status'],
    },
    {
      name: 'fapiao_page_overview_build_seconds',
      type: 'histogram',
      help: 'Duration of building the overview, without rendering and compression.',
      labels: [],
      buckets: WITHIN_A_PROCESS,
    },
    {
      name: 'fapiao_page_render_seconds',
      type: 'histogram',
      help: 'Duration of rendering and compressing the overview in every language.',
      labels: [],
      buckets: WITHIN_A_PROCESS,
    },
    {
      name: 'fapiao_page_overview_age_seconds',
      type: 'gauge',
      help: 'Age of the overview that is being served.',
      labels: [],
    },
    {
      name: 'fapiao_page_live_connections',
      type: 'gauge',
      help: 'Open connections to /live.',
      labels: [],
    },
    {
      name: 'fapiao_subscription_total',
      type: 'counter',
      help: 'Subscriptions by event: requested, refused, confirmed, ended.',
      labels: ['event'],
      closed: { event: ['requested', 'refused', 'confirmed', 'ended'] },
    },
  ],
  notifier: [
    BUILD_INFO,
    {
      name: 'fapiao_notification_total',
      type: 'counter',
      help:
        'Deliveries of notices by what became of them: sent; retry, never_again: an attempt ' +
        'failed; put_off: no attempt was made, because the receiver takes nothing or is busy; ' +
        'overtaken: a later one of the same matter tells it.',
      labels: ['channel', 'result'],
      closed: { result: ['sent', 'retry', 'never_again', 'put_off', 'overtaken'] },
    },
    {
      name: 'fapiao_notification_delay_seconds',
      type: 'histogram',
      help: 'From the cause of a notice to its delivery.',
      labels: ['channel'],
      buckets: NOTIFICATION,
    },
    {
      name: 'fapiao_notification_pending',
      type: 'gauge',
      help: 'Deliveries that wait to be sent or tried again.',
      labels: ['channel'],
    },
    {
      name: 'fapiao_notification_oldest_pending_seconds',
      type: 'gauge',
      help: 'Age of the oldest notice that waits for delivery; 0 when none does.',
      labels: ['channel'],
    },
    {
      name: 'fapiao_alert_open',
      type: 'gauge',
      help:
        'Open alerts by kind: state, stale, channel, own, neutral, certificate, domain, ' +
        'callback.',
      labels: ['kind'],
    },
    OWN_TROUBLE,
  ],
};
