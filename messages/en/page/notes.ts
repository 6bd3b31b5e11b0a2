import type zhCN from '../../zh-CN/page/notes.ts';

export default {
  'note.checks_failing': '{checks} failing repeatedly: {reason}.',
  'note.checks_failing_plain': 'Failing repeatedly: {reason}.',
  'note.no_reason': 'no success',
  'note.line_failing':
    'Measurements over {lines} fail: {reason}. Other lines are fine, so only some networks may ' +
    'be affected.',
  'note.own_failing': '{lines} failing repeatedly: {reason}.',
  'note.some_users_affected':
    'Some users are affected: {bad} of {n} measurements failed in the last {window}.',
  'note.some_own_affected':
    "Some users are affected: of {n} attempts in the operator's own traffic {bad} failed within " +
    '{window}.',
  'note.own_traffic': 'own traffic',
  'note.slow': '{checks} slower than usual.',
  'note.slow_plain': 'Slower than usual, but it works.',
  'note.sync_slow':
    'Slow: of {n} {n|invoice|invoices} accepted lately more than half {n|takes|take} longer than ' +
    '{limit}.',
  'note.stalled':
    'Sync has stalled: {waiting} {waiting|invoice is|invoices are} waiting and none arrives; the ' +
    'oldest was accepted {time}.',
  'note.catching_up':
    'Catching up: invoices arrive again, and {overdue} {overdue|is|are} still overdue.',
  'note.part_lost':
    'Some invoices are missing: of {n} that should have arrived {missing} {missing|has|have} ' +
    'not, although later ones have.',
  'note.maybe_our_line':
    'Perhaps our own line ({line}): no other host can be compared, so it need not be the system.',
  'note.says_maintenance':
    '{checks}: the system says that it is under maintenance, of which there was no notice.',
  'note.says_maintenance_plain':
    'The system says that it is under maintenance, of which there was no notice.',
  'note.still_maintained':
    '{checks}: the system says that it is still under maintenance; the announced time is over.',
  'note.still_maintained_plain':
    'The system says that it is still under maintenance; the announced time is over.',
  'note.degraded': '{checks} working with restrictions: {reason}.',
  'note.degraded_plain': 'Works with restrictions: {reason}.',
  'note.learning': 'What is usual is still being learned, so it cannot be called slow yet.',
  'note.quiet':
    'No own traffic to judge by after {time}, and little is usual at such a time, so we only ' +
    'know that it worked then.',
  'note.not_known': '{checks}: nothing can be said at the moment.',
  'note.not_known_plain': 'Of some measurements nothing can be said at the moment.',
  'note.unconfirmed':
    'The measurement of {time} failed ({reason}); we are confirming whether it is an outage.',
  'note.recovering':
    'The measurement of {time} was good; whether it has recovered is being confirmed.',
  'note.never_measured': 'Never measured so far. The first result will appear here.',
  'note.expired': 'No new measurement after {time}, so we cannot say that it works.',
  'note.not_judged': 'We cannot tell whether it works: {why} (last answer {time}).',
  'note.not_judged_unanswered': 'We cannot tell whether it works: {why} (measurement of {time}).',
  'note.waits_for':
    'We cannot tell whether it works: its measurement of {time} failed, and {function}, ' +
    'on which it depends, did not succeed.',
  'note.last_judged': 'Last measurement with a verdict: {time}.',
  'note.look_unanswered':
    'We cannot look: no answer after {time}, so we do not know whether invoices arrive.',
  'note.look_unanswered_never':
    'We cannot look: no answer so far, so we do not know whether invoices arrive.',
  'note.nothing_to_follow_yet':
    'There is no invoice to follow yet, so we do not know whether sync works.',
  'note.nothing_to_follow':
    'No invoice to follow after {time}, so we do not know whether sync works.',
  'note.none_arrived':
    'Of {n} {n|invoice|invoices} that we follow none has arrived yet, so we do not know whether ' +
    'sync works.',
  'note.self': 'Our own measuring has a problem ({reason}); this says nothing about the system.',
  'note.gap':
    'Our measuring stopped for a while from {time}. This says nothing about ' + 'the system.',
  'note.gap_because':
    'Our measuring stopped for a while from {time} ({cause}). This says ' +
    'nothing about the system.',
  'note.maintenance': 'Announced maintenance is under way.',
  'note.maintenance_up': 'Announced maintenance is under way; measured as working.',
  'note.maintenance_partly': 'Announced maintenance is under way; measured as partly down.',
  'note.maintenance_down': 'Announced maintenance is under way; measured as down.',
  'note.noticed': '{checks}: {what}.',
  'note.noticed_plain': '{what}.',
  'note.since': 'Since {time}.',

  'gap.restart': 'our measuring was stopped',
  'gap.suspended': 'our machine was suspended',
  'gap.clock': 'our clock was set forward',
  'gap.disk': 'our disk could not be written',
  'gap.lock': 'our database was locked',
  'gap.restored': 'our data was restored from a backup',
  'gap.of_incident': 'Not measured from {from} to {to}: {cause}.',
  'gap.of_incident_unrecorded': 'Not recorded in time from {from} to {to}: {cause}.',
} satisfies Record<keyof typeof zhCN, string>;
