import type { Params } from '../../../messages/fill.ts';
import { reasonText } from '../../../messages/notes.ts';
import { wellText } from '../../../messages/tasks.ts';
import { AILMENTS } from '../../../model/ailment.ts';
import { GAP_CAUSES } from '../../../model/component.ts';
import { MAINTENANCE_STATUSES } from '../../../model/maintenance.ts';
import { SEND_TROUBLES } from '../../../model/send-trouble.ts';
import { DAY, HOUR } from '../../../model/time.ts';
import { WELLS } from '../../../model/well.ts';
import { offsetText } from '../../../model/zone.ts';
import type { Setting } from './setting.ts';

type Filled = (setting: Setting) => string | number;

const count: Filled = ({ n }) => n;
const length: Filled = ({ words, ms }) => words.duration(ms);
const time: Filled = ({ words, at }) => words.dateTime(at);
const later: Filled = ({ words, at }) => words.dateTime(at + 26 * HOUR);
const share: Filled = ({ pick }) => pick(['99.99%', '0.00%', '100.00%']);
const clock: Filled = ({ words, at }) => words.clockToday(at);
const near: Filled = ({ words, at, pick }) => words.timeNear(at, at + pick([HOUR, 30 * HOUR]));
const appointment: Filled = ({ words, at }) => words.appointment(at);
const period: Filled = ({ words, at }) => words.period(at, at + HOUR);
const field: Filled = ({ pick }) => pick(['2026-11-22 02:30', '2027-10-31 02:30']);
const state: Filled = ({ words, pick }) =>
  words.text(`state.${pick(['major_outage', 'unknown', 'operational'] as const)}`);
const ailment: Filled = ({ words, pick }) => words.text(`ailment.${pick(AILMENTS)}`);
const status: Filled = ({ words, pick }) =>
  words.text(`maintenance_status.${pick(MAINTENANCE_STATUSES)}`);
const system: Filled = ({ name }) =>
  name({ 'zh-CN': '北京电子发票', en: 'Beijing e-invoices' }, 'beijing');
const line: Filled = ({ name }) => name({ 'zh-CN': '电信', en: 'Telecom' }, 'telecom');
const title: Filled = ({ name }) =>
  name({ 'zh-CN': '发票系统状态', en: 'Invoice systems' }, 'https://status.example.org');
const operator: Filled = ({ name }) => name({ 'zh-CN': '某公司', en: 'A company' }, 'ops');
const FUNCTIONS_TOLD = [['download'], ['upload', 'query', 'sync']] as const;
const functions: Filled = ({ words, pick }) =>
  words.list(pick(FUNCTIONS_TOLD).map((it) => words.text(`function.${it}`)));
const functionCount: Filled = ({ pick }) => pick(FUNCTIONS_TOLD).length;
const one_function: Filled = ({ words, pick }) =>
  words.text(`function.${pick(['download', 'sync'] as const)}`);
const clause: Filled = (setting) =>
  setting.words.text('incident.now.outage', {
    functions: functions(setting),
    n: functionCount(setting),
  });
const was: Filled = (setting) =>
  setting.words.text('incident.was.outage', {
    functions: functions(setting),
    n: functionCount(setting),
  });
const stage: Filled = ({ words, pick }) =>
  words.text(`stage.${pick(['issued', 'sealed', 'accepted'] as const)}`);
const reason: Filled = ({ words, pick }) =>
  pick([
    reasonText('http_status', 'HTTP 503', words),
    reasonText('timeout_processing', null, words),
    reasonText(null, null, words),
    reasonText(null, 'timeout', words),
  ]);
/** A component of an update, by how it changed. */
const changed =
  (from: 'operational' | 'major_outage' | 'unknown', to?: 'operational' | 'unknown'): Filled =>
  (setting) =>
    setting.words.text('update.affected', {
      function: one_function(setting),
      from: setting.words.text(`state.${from}`),
      to: to === undefined ? ailment(setting) : setting.words.text(`state.${to}`),
    });
const since: Filled = (setting) =>
  setting.pick([
    '',
    setting.words.text('figure.since', { since: setting.words.dateTime(setting.at) }),
  ]);

/** What is filled in, by the name of the parameter; `message.name` where it is something else. */
const FILLED: Readonly<Record<string, Filled>> = {
  ...all(count, 'n days waiting overdue'),
  ...all(({ n }) => Math.ceil(n / 2), 'bad missing told'),
  ...all(({ n }) => String(n), 'seconds revision limit'),
  ...all(share, 'percent share raw'),
  ...all(time, 'time from since'),
  ...all(later, 'to until'),
  ...all(field, 'before after'),
  ...all(length, 'duration window lead notice median p95 within excluded span delay length limit'),
  ...all(period, 'is period'),
  'maintenance_time.otherwise.is': ({ words, at }) => words.period(at, at + 2 * HOUR),
  ...all(({ words, ms, pick }) => `${pick(['+', '\u2212'])}${words.duration(ms)}`, 'by ahead'),
  year: ({ pick }) => pick(['2026', '2027']),
  offset: ({ words, at }) => offsetText(words.zone().includes('Berlin') ? BERLIN : CHINA, at),
  zone: ({ words }) => words.zone(),
  'told.at.zone': ({ words, at }) => words.zoneName(at),
  ...all(({ words, at }) => words.zoneName(at), 'form.which_first.zone form.which_second.zone'),
  'told.at.time': ({ words, at }) => words.inFull().dateTimeSeconds(at),
  ...all(clock, 'measured.until.time'),
  ...all(({ words, at }) => words.dateTimeSeconds(at), 'measured.at.time measured.told_at.time'),
  ...all(({ words, at }) => words.dateTimeSeconds(at), 'own_detail.ledger_differs.from'),
  ...all(({ words, at }) => words.dateTimeSeconds(at + HOUR), 'own_detail.ledger_differs.to'),
  ...all(near, 'figure.watermark.time figure.waiting.time figure.stragglers.time'),
  stage,
  'figure.stages_waiting.stages': (setting) => {
    const { words, pick, at } = setting;
    const its = { stage: stage(setting), n: Math.max(1, setting.n) };
    return pick([
      words.text('figure.at_stage', its),
      words.text('figure.at_stage_since', { ...its, time: words.dateTime(at) }),
    ]);
  },
  ...all(near, 'advice.maintenance_until.until'),
  ...all(appointment, 'maintenance_time.began.from maintenance_time.overrun.from'),
  ...all(appointment, 'maintenance_time.overrun.until maintenance.actual_from.from'),
  ...all(appointment, 'maintenance.ahead.time maintenance.behind.time'),
  ...all(appointment, 'maintenance_details.published_about.time'),
  'gap.of_incident.to': ({ words, at }) => words.timeNear(at + HOUR, at),
  'gap.of_incident_unrecorded.to': ({ words, at }) => words.timeNear(at + HOUR, at),
  'bars.span.from': ({ words, at }) => words.day(new Date(at).toISOString().slice(0, 10)),
  'bars.span.to': ({ words, at }) => words.day(new Date(at + HOUR * 50).toISOString().slice(0, 10)),
  ...all(field, 'form.which.time problem.skipped_time.before problem.in_the_past.time'),
  ...all(() => '2026-11-22 03:30', 'problem.skipped_time.after'),
  ...all(field, 'problem.too_far.time problem.too_long_a_time.time problem.not_after_start.time'),
  ...all(field, 'problem.before_end.time problem.has_begun.time problem.not_later.time'),
  'problem.too_long.limit': ({ pick }) => pick(['100', '2000']),
  ...all(({ pick }) => pick(['0', '0.3', '59']), 'duration.seconds.n'),
  ...all(({ n }) => String(n), 'duration.minutes.n duration.minutes_before_seconds.n'),
  ...all(({ n }) => String(n), 'duration.hours.n duration.days.n'),
  large: ({ words }) => words.text('duration.hours', { n: '3' }),
  small: ({ words }) => words.text('duration.minutes', { n: '10' }),
  'figure.range.from': ({ words }) => words.duration(5000),
  'figure.range.to': ({ words }) => words.duration(11_000),
  'figure.above.from': ({ words }) => words.duration(11_000),
  'figure.available.since': since,
  'figure.promise.since': since,
  'figure.bad.bad': count,
  'verdict.answered.n': functionCount,
  'verdict.quiet.n': functionCount,
  ...all(
    functionCount,
    ...AILMENTS.flatMap((it) => [`incident.now.${it}.n`, `incident.was.${it}.n`]),
  ),
  figure: ({ words }) => words.text('figure.available', { since: '', percent: '99.99%' }),
  basis: ({ words, n }) => words.text('figure.runs_good', { n: Math.max(1, n), share: '99.51%' }),
  state,
  'title.in_state.state': ({ words, pick }) =>
    words.text(`state.${pick(['unknown', 'under_maintenance'] as const)}`),
  'bars.shorter.state': ({ words, pick }) =>
    words.text(`state.${pick(['major_outage', 'partial_outage'] as const)}`),
  'task.partly_unknown.state': ({ words, pick }) =>
    pick([words.text('ailment.outage'), words.text('state.operational')]),
  ...all(({ words, pick }) => wellText(pick(WELLS), words), 'task.recovered.state'),
  ...all(({ words, pick }) => wellText(pick(WELLS), words), 'recovered.since.state'),
  ...all(ailment, 'alert.state_body.state alert.then_body.state'),
  'alert.then_body.now': ({ words, pick }) =>
    words.text(`state.${pick(['unknown', 'under_maintenance'] as const)}`),
  ...all(status, 'status tag'),
  ...all(({ words }) => words.text('maintenance_status.verifying'), 'seen expected'),
  'title.tagged.tag': ({ words, pick }) =>
    pick([words.text('incident_status.investigating'), words.text('maintenance_status.scheduled')]),
  'refusal.status.status': ({ pick }) => pick(['404', '503']),
  'form.in.field': ({ words }) => words.text('maintenance_details.title'),
  'form.in.language': ({ pick }) => pick(['中文', 'English']),
  impact: ({ words, pick }) =>
    words.text(`impact.${pick(['minor', 'major', 'critical'] as const)}`),
  'incident.changed.from': ({ words }) => words.text('ailment.outage'),
  'incident.changed.to': ({ words }) => words.text('ailment.partial_outage'),
  'update.affected.from': ({ words }) => words.text('state.operational'),
  'update.affected.to': ailment,
  reason,
  why: ({ words, pick }) =>
    pick([
      words.text('outcome.throttled'),
      words.text('reason.blocked'),
      words.text('text.with_aside', {
        text: words.text('outcome.self'),
        aside: words.text('reason.starved'),
      }),
    ]),
  'state.unknown_because.why': ({ words, pick }) =>
    pick([words.text('outcome.throttled'), words.text('gap.restart')]),
  'note.self.reason': ({ words, pick }) =>
    words.text(`reason.${pick(['late_start', 'worker_died'] as const)}`),
  cause: ({ words, pick }) => words.text(`gap.${pick(GAP_CAUSES)}`),
  what: clause,
  'alert.own_ended.what': ({ words }) => words.text('own.disk'),
  'note.noticed.what': ({ words }) => words.text('noticed.file_updated'),
  'note.noticed_plain.what': ({ words }) => words.text('noticed.file_updated'),
  'own.told.what': ({ words }) => words.text('own.disk'),
  effect: ({ words }) => words.text('own.disk_effect'),
  verdict: clause,
  claim: clause,
  affected: changed('operational'),
  'update.better.affected': changed('major_outage', 'operational'),
  'update.recovered.affected': changed('major_outage', 'operational'),
  'update.recovered_before.affected': changed('major_outage', 'operational'),
  'update.known.affected': changed('unknown'),
  ...all(
    changed('major_outage', 'unknown'),
    'update.unclear.affected update.unclear_in_part.affected',
  ),
  was,
  advice: ({ words }) => words.text('advice.outage'),
  detail: () => 'rate must be at most 10',
  ...all(ailment, 'recorded derived'),
  text: clause,
  'maintenance.fact.text': system,
  aside: length,
  term: ({ words }) => words.text('maintenance.scope'),
  scope: (setting) =>
    setting.words.text('maintenance.scope_of', {
      system: system(setting),
      functions: functions(setting),
    }),
  title,
  'title.component.title': clause,
  ...all(
    (setting) =>
      setting.words.text('title.component', {
        system: system(setting),
        function: one_function(setting),
      }),
    'title.in_state.title alert.stale_title.title alert.unjudged_title.title',
    'alert.unjudged_body.title alert.state_body.title alert.ended_body.title',
    'alert.then_body.title',
    'alert.unmeasured_end_body.title',
    'alert.stale_body.title alert.stale_ended_body.title alert.own_silent_title.title',
    'alert.own_silent_body.title alert.own_silent_ended_body.title',
  ),
  ...all(
    ({ words, at }) => words.dateTimeSeconds(at),
    'own_detail.certificate_ends.measured own_detail.certificate_replaced.measured',
    'own_detail.domain_ends.measured own_detail.domain_renewed.measured',
  ),
  ...all(
    ({ words, at }) => words.dateTimeSeconds(at + 26 * HOUR),
    'own_detail.certificate_ends.ends own_detail.certificate_replaced.ends',
    'own_detail.domain_ends.ends own_detail.domain_renewed.ends',
  ),
  ...all(
    ({ words, at }) => words.dateTimeSeconds(at + 90 * DAY),
    'own_detail.certificate_replaced.until own_detail.domain_renewed.until',
  ),
  ...expiryDetail('alert.certificate_body.detail', 'own_detail.certificate_ends'),
  ...expiryDetail('alert.certificate_replaced_body.detail', 'own_detail.certificate_replaced'),
  ...expiryDetail('alert.domain_body.detail', 'own_detail.domain_ends'),
  ...expiryDetail('alert.domain_renewed_body.detail', 'own_detail.domain_renewed'),
  domain: () => 'example.com',
  callback: () => 'nuonuo',
  place: () => '/type',
  'alert.is.is': ({ words }) => words.text('state.major_outage'),
  'alert.got_code.text': ({ words }) => reasonText('http_status', 'HTTP 503', words),
  code: () => 'http_status',
  check: () => 'beijing-download-pdf',
  set: () => 'notify.smtp.port',
  ...all(() => 'mail.example.org:587', ...SEND_TROUBLES.map((it) => `own_detail.${it}.host`)),
  'alert.is.name': system,
  'acknowledge.done_by.name': ({ pick }) => pick(['王芳', 'Lee']),
  'note.waits_for.function': (setting) =>
    setting.words.text('verdict.of_system', {
      system: system(setting),
      function: one_function(setting),
    }),
  'acknowledge.no_name.limit': () => '40',
  items: (setting) =>
    setting.words.text('alert.is', {
      name: system(setting),
      is: setting.words.text('state.operational'),
    }),
  'title.tagged.title': clause,
  'title.with_others.title': clause,
  'maintenance.chat_title.title': ({ name }) =>
    name({ 'zh-CN': '核心系统升级', en: 'Core upgrade' }, 'mnt000000001'),
  system,
  function: one_function,
  ...all(functions, 'functions tasks'),
  checks: ({ pick }) => pick(['known', 'beijing-known']),
  component: () => 'beijing.download',
  name: ({ pick }) => pick(['example.org', 'neutral']),
  channel: ({ pick }) => pick(['email', 'webhook']),
  ...all(line, 'line lines'),
  'note.own_failing.lines': ({ words }) => words.text('note.own_traffic'),
  host: () => 'example.org',
  operator,
  contact: () => 'ops@example.org',
  address: () => 'name@example.com',
};

type OfExpiry = `${'certificate' | 'domain'}_ends` | 'certificate_replaced' | 'domain_renewed';

/** The detail of an alert of what ends, as its sentence has it. */
function expiryDetail(name: string, key: `own_detail.${OfExpiry}`): Record<string, Filled> {
  const filled: Filled = ({ words, at, n }) =>
    words.text(key, {
      days: Math.max(1, n),
      check: 'beijing-reach',
      ends: words.dateTimeSeconds(at + 26 * HOUR),
      until: words.dateTimeSeconds(at + 90 * DAY),
      measured: words.dateTimeSeconds(at),
    });
  return { [name]: filled };
}

const BERLIN = 'Europe/Berlin';
const CHINA = 'Asia/Shanghai';

function all(filled: Filled, ...names: string[]): Record<string, Filled> {
  return Object.fromEntries(names.flatMap((it) => it.split(' ')).map((name) => [name, filled]));
}

/** The parameters of a message in a setting. @throws when it is not known what is filled in */
export function filledWith(key: string, names: readonly string[], setting: Setting): Params {
  return Object.fromEntries(
    names.map((name) => {
      const filled = FILLED[`${key}.${name}`] ?? FILLED[name];
      if (filled === undefined) throw new Error(`${key}: say in FILLED what {${name}} may be`);
      return [name, filled(setting)];
    }),
  );
}
