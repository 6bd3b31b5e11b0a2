import type zhCN from '../../zh-CN/page/verdict.ts';

export default {
  'task.because': '{state}: {function} of {system}, on which it depends',
  'task.partly_unknown': '{state}, partly unknown',
  'task.some_unknown': 'Partly unknown',
  'task.recovered': '{state}, just recovered',

  'well.answered': 'Answers (what the page says was not compared)',
  'well.quiet': 'Worked when last used (no own traffic now)',
  'well.reachable': 'Reachable',
  'well.tax_entry': 'Entry reachable (filing itself is not measured)',

  'verdict.all_operational': 'Everything we measure works',
  'verdict.all_reachable': 'All measured entries are reachable',
  'verdict.under_maintenance': '{tasks} under maintenance',
  'verdict.unknown': '{tasks} unknown',
  'verdict.all_unknown': 'We cannot tell right now',
  'verdict.nothing_measured': 'Nothing measured yet',
  'verdict.rest_operational': 'the rest is normal',
  'verdict.rest_reachable': 'the rest is reachable',
  'verdict.of_system': '{system} {function}',
  'verdict.all_answered': 'All measured entries answer',
  'verdict.answered': '{tasks} {n|answers|answer}',
  'verdict.quiet': '{tasks} {n|has|have} no own traffic now',
  'verdict.separator': ', ',

  'advice.operational': 'What we measure can be used as usual.',
  'advice.all_answered':
    'Only that the entries answer was checked, not whether the work can be done.',
  'advice.all_quiet':
    'There is no own traffic to judge by now; we only know that it worked when last used. If it ' +
    'is important, please check with the system itself.',
  'advice.all_reachable':
    'Only that the entries open was measured, not whether the work can be done.',
  'advice.for': '{functions}: {advice}',
  'advice.outage': 'Please wait until it is back instead of trying again and again.',
  'advice.still_maintained':
    'It says that it is still under maintenance though the announced time is over; we do not ' +
    'know when it ends. Please come back later.',
  'advice.says_maintenance':
    'It says that it is under maintenance; we saw no announcement and do not know when it ends. ' +
    'Please come back later.',
  'advice.stalled':
    'New invoices have not arrived; please do not issue them again because they cannot be found.',
  'advice.partial_outage': 'It may fail; if it is not urgent, come back later.',
  'advice.part_lost':
    'Some invoices did not arrive in time; please do not issue them again because they cannot be ' +
    'found.',
  'advice.some_users': 'It fails for some people; if it does for you, try again a little later.',
  'advice.catching_up':
    'The backlog is arriving; please wait for what cannot be found yet, and do not issue it again.',
  'advice.degraded':
    'It works with restrictions; do what can be done now, and try the rest again later.',
  'advice.slow': 'It works, but takes longer.',
  'advice.under_maintenance': 'Please come back after the maintenance.',
  'advice.maintenance_usable':
    'It is measured to work now: try it if it is urgent, else wait for the end.',
  'advice.maintenance_until': 'Maintenance is announced until {until}. {advice}',
  'advice.maybe_our_line': 'It may only be our own line that fails; please try the system itself.',
  'advice.unknown':
    'No measurement allows a verdict now: that says neither that it is down nor that it works. ' +
    'If it ' +
    'is urgent, check in the system itself.',
  'advice.never_measured': 'Measuring has just begun; results appear here in a minute.',
  'advice.submitted': 'Do not submit an invoice again that was accepted.',
  'advice.sync': 'New invoices may not be found yet; please do not issue them again.',

  'recovered.title': 'Just recovered',
  'recovered.since': '{state} since {time}',

  'troubles.more': '{n} more',

  'claim.seen_from': '{claim} (seen from {line})',
  'claim.maybe_our_line': '{claim} (perhaps our own line)',
} satisfies Record<keyof typeof zhCN, string>;
