import type texts from '../../../../messages/zh-CN/page/verdict.ts';
import { type Facts, fact, label, some, time } from '../fact.ts';

const now = (what: string) => fact(`What functions are told to be now (ailmentOf): ${what}.`);

export default {
  'task.because': fact(
    'TaskView.because: a function that it depends on is in its state, none of its own.',
  ),
  'task.partly_unknown': fact('A task is in a known state, and TaskView.unknown is at least 1.'),
  'task.some_unknown': fact('The state of a task is unknown, and not all of it is.'),
  'task.recovered': fact('All of a task is well, and TaskView.is_recovered.'),

  'well.answered': fact('What is well was recognised by nothing: a note answered_only.'),
  'well.quiet': fact('What is well was so when it was used last: a note quiet.'),
  'well.reachable': fact('What is well is an entry (function reach), of no tax bureau.'),
  'well.tax_entry': fact('What is well is an entry of a tax bureau (is_tax_entry).'),

  'verdict.all_operational': fact('All is operational, and something is more than an entry.'),
  'verdict.all_reachable': fact('All is operational, and nothing is more than an entry.'),
  'verdict.under_maintenance': now('under_maintenance'),
  'verdict.unknown': now('unknown'),
  'verdict.all_unknown': fact('All is unknown, and something was measured once.'),
  'verdict.nothing_measured': fact(
    'Headline.measured_at is null, and nothing came that is no verdict.',
  ),
  'verdict.rest_operational': fact('What is not named before is operational, not entries alone.'),
  'verdict.rest_reachable': fact('What is not named before are entries, which are reached.'),
  'verdict.of_system': fact('Of the same function elsewhere something else is told.'),
  'verdict.all_answered': fact('All is operational by a note answered_only.'),
  'verdict.answered': now('operational by a note answered_only'),
  'verdict.quiet': now('operational by a note quiet'),
  'verdict.separator': label,

  'advice.operational': fact('All is operational, and something is more than an entry.'),
  'advice.all_answered': fact('All is operational; by notes answered_only all that is known.'),
  'advice.all_quiet': fact('All is operational; of no function more is known than a note quiet.'),
  'advice.all_reachable': fact('All is operational, and nothing is more than an entry.'),
  'advice.for': fact('There are several kinds of trouble, or something is unknown.'),
  'advice.outage': now('outage, and not by our line alone'),
  'advice.still_maintained': now('still_maintained'),
  'advice.says_maintenance': now('says_maintenance'),
  'advice.stalled': now('stalled'),
  'advice.partial_outage': now('partial_outage'),
  'advice.part_lost': now('part_lost'),
  'advice.some_users': now('some_users'),
  'advice.catching_up': now('catching_up'),
  'advice.degraded': now('degraded'),
  'advice.slow': now('slow'),
  'advice.under_maintenance': now('under_maintenance, and not measured to work'),
  'advice.maintenance_usable': now('under_maintenance; the note maintenance measured operational'),
  'advice.maintenance_until': fact(
    'Its maintenance is in_progress and announced until then.',
    time('until'),
  ),
  'advice.maybe_our_line': fact('An outage with a note maybe_our_line.'),
  'advice.unknown': fact('All, or the functions named before it, are unknown.'),
  'advice.never_measured': fact('Nothing was measured yet: measured_at null, nothing not judged.'),
  'advice.submitted': fact('Applying, issuing or uploading is disturbed or under maintenance.'),
  'advice.sync': fact('A sync is an outage, partial, degraded or slow, and no note says more.'),

  'recovered.title': fact('ComponentView.recovered: out shortly before, well now.'),
  'recovered.since': fact('Recovered.since: since when it is known to be well.', time('time')),

  'troubles.more': fact('So many more reasons unfold.', some('n')),

  'claim.seen_from': fact('Incident.seen_from: our only line, and all failed below HTTP.'),
  'claim.maybe_our_line': fact('maybe_our_line: nothing proves that it is not our own line.'),
} satisfies Facts<keyof typeof texts>;
