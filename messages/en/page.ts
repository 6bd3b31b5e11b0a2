import type zhCN from '../zh-CN/page.ts';

export default {
  'list.separator': ', ',
  'sentence.separator': ' ',
  'fact.separator': ': ',
  'text.with_aside': '{text} ({aside})',

  'duration.seconds': '{n} s',
  'duration.minutes': '{n} min',
  'duration.minutes_before_seconds': '{n} min',
  'duration.hours': '{n} h',
  'duration.days': '{n} d',
  'duration.under_a_minute': 'less than a minute',
  'duration.pair': '{large} {small}',
  'relative.now': 'just now',
  'relative.ago': '{duration} ago',

  'state.unknown': 'Unknown',
  'state.unknown_because': 'Unknown: {why}',
  'state.operational': 'Normal',
  'state.degraded_performance': 'Slow or restricted',
  'state.partial_outage': 'Partly down',
  'state.major_outage': 'Down',
  'state.under_maintenance': 'Maintenance',
  'ailment.outage': 'Down',
  'ailment.says_maintenance': 'Says it is under maintenance, unannounced',
  'ailment.still_maintained': 'Says it is still under maintenance',
  'ailment.stalled': 'Stalled',
  'ailment.partial_outage': 'Partly down',
  'ailment.part_lost': 'Lacks some invoices',
  'ailment.some_users': 'Fails for some users',
  'ailment.catching_up': 'Catching up',
  'ailment.degraded': 'Restricted',
  'ailment.slow': 'Slow',

  'function.issue': 'Issue',
  'function.upload': 'Upload',
  'function.query': 'Query',
  'function.sync': 'Sync',
  'function.download': 'Download',
  'function.deliver': 'Delivery',
  'function.verify': 'Verify',
  'function.reach': 'Access',

  'task.because': '{state}: {function} of {system}, on which it depends',
  'task.partly_unknown': '{state}, partly unknown',
  'task.some_unknown': 'Partly unknown',
  'task.recovered': '{state}, just recovered',

  'well.answered': 'Answers (what the page says was not compared)',
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
  'verdict.separator': ', ',

  'advice.operational': 'What we measure can be used as usual.',
  'advice.all_answered':
    'Only that the entries answer was checked, not whether the work can be done.',
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

  'told.at': 'As of {time} ({zone})',

  'recovered.title': 'Just recovered',
  'recovered.since': '{state} since {time}',
  'troubles.more': '{n} more',

  'measured.at': 'Measured at {time}',
  'measured.until': 'valid until {time}',
  'measured.never': 'Not measured yet',
  'measured.never_judged': 'No measurement with a verdict yet',
  'measured.lines': 'Lines: {lines}',

  'figure.runs': '{n} {n|measurement|measurements} in the last {window}',
  'figure.runs_until': '{n} {n|measurement|measurements} in the {window} before the last of each',
  'figure.delays': 'median {median}, 95% within {p95}',
  'figure.median': 'median {median}',
  'figure.delays_few': 'too few measurements for a median',
  'figure.delays_unknown': 'most attempts failed',
  'figure.window': 'last {window}',
  'figure.window_until': '{window} until {time}',
  'figure.n': 'n = {n}',
  'figure.bad': '{bad} failed',
  'figure.range': '{from} to {to}',
  'figure.of': '{figure} ({basis})',
  'figure.separator': ', ',
  'figure.none': '–',
  'figure.since': ' since {since}',
  'figure.available': '{percent} available{since}',
  'figure.runs_good': '{n} {n|measurement|measurements}, {share} good',
  'figure.partly': 'some users affected for {duration}',
  'figure.unmeasured': 'no availability yet',
  'figure.all_excused': 'no availability: all that is known is maintenance announced in time',
  'figure.promise': '{percent} arrived within {within}{since}',
  'figure.invoices': '{n} {n|invoice|invoices} due',
  'figure.overdue': '{share} overdue',
  'figure.nothing_due': 'no invoice is due yet',
  'figure.excused':
    '{excluded} down in maintenance announced in time do not count; with them {percent} available',
  'figure.day_excused': '{percent} (with maintenance {raw})',
  'figure.watermark': 'Synced up to {time}',
  'figure.watermark_none': 'No invoice was seen to arrive yet',
  'figure.sample': 'sample of {n} {n|invoice|invoices} in 24 h',
  'figure.waiting': '{n} {n|invoice is|invoices are} waiting, the oldest accepted {time}.',
  'figure.none_waiting': 'No invoice is waiting.',
  'figure.young': '{share} of {n} not due yet {n|is|are} not there after more than {limit}.',
  'figure.stragglers': '{n} more missing, the oldest accepted {time}',
  'figure.above': 'more than {from}',
  'figure.accepted': '{n} {n|invoice was|invoices were} accepted in the last {window}.',
  'figure.invoice_median':
    'Of {n} accepted in the last {window}, the median delay is {median} (95% confidence).',
  'figure.invoice_delays':
    'Of {n} accepted in the last {window}, the median delay is {median}, the 95th percentile ' +
    '{p95} (95% confidence).',
  'figure.lost': '{n} more did not arrive within the limit (last 7 days).',

  'bars.label': '{system}, {function}: state of each of the last {days} {days|day|days}',
  'bars.start': '{days} {days|day|days} ago',
  'bars.end': 'today',
  'bars.table': 'List by day',
  'bars.table_caption':
    '{system}, {function}: days in {zone}; a day shows the worst state that lasted 5 minutes ' +
    'or more',
  'bars.day': 'Day',
  'bars.state': 'State',
  'bars.shorter': '{state} for {duration}',
  'bars.down': 'Down for',
  'bars.partial': 'Some affected',
  'bars.day_availability': 'Available',
  'bars.day_promise': 'In time',
  'bars.runs': 'Measurements',
  'bars.good': 'Good',
  'bars.invoices': 'Invoices due',
  'bars.no_data': 'Not measured',
  'bars.little_data': 'Measured for less than 5 min',
  'bars.down_none': 'none',
  'bars.span': '{from} to {to}',
  'bars.day_gap': '{duration} not measured ({cause})',

  'note.checks_failing': '{checks} failing repeatedly: {reason}.',
  'note.checks_failing_plain': 'Failing repeatedly: {reason}.',
  'note.no_reason': 'no success',
  'note.line_failing':
    'Measurements over {lines} fail: {reason}. Other lines are fine, so only some networks may ' +
    'be affected.',
  'note.some_users_affected':
    'Some users are affected: {bad} of {n} measurements failed in the last {window}.',
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

  'checked.bytes': 'The file is unchanged, byte by byte',
  'checked.digests': 'The digests in the file agree',
  'checked.structure': 'The structure of the file is intact',
  'checked.none': 'The file could not be checked',

  'noticed.weak_key': 'The key of the certificate is weak',
  'noticed.legacy_renegotiation': 'The encryption uses the old kind of renegotiation',
  'noticed.missing_intermediate':
    'The certificate chain is incomplete: works in browsers, perhaps not for programs',
  'noticed.answered_only': 'Known to answer only, whether with the right page was not compared',
  'noticed.bytes_appended': 'There is more behind the end of the file',
  'noticed.repaired': 'The file has a fault; readers open it all the same',
  'noticed.number_not_found': 'The invoice number was not found in the file, nor compared',
  'noticed.file_updated': 'The file was updated',
  'noticed.in_archive': 'The file comes in an archive',
  'noticed.our_delay': 'A delay of our own was part of it, so its duration does not count',

  'reason.timeout_resolve': 'timeout, the name was not resolved',
  'reason.timeout_connect': 'timeout, no connection',
  'reason.timeout_tls': 'timeout, no encrypted connection',
  'reason.timeout_processing': 'timeout, no answer',
  'reason.timeout_transfer': 'timeout, the content was not complete in time',
  'reason.overlap': 'the measurement before had not ended',
  'reason.name_not_resolved': 'the name does not resolve',
  'reason.connection_refused': 'connection refused',
  'reason.connection_reset': 'connection broken off',
  'reason.host_unreachable': 'network unreachable',
  'reason.certificate_invalid': 'certificate not valid',
  'reason.certificate_incomplete': 'the server does not send its whole certificate chain',
  'reason.browser_refuses': 'browsers refuse such a connection',
  'reason.protocol_error': 'the answer is not HTTP',
  'reason.unreadable_http': 'the form of the answer could not be read; a browser may',
  'reason.unknown_charset': 'the character set of the answer is not known to us',
  'reason.unknown_coding': 'the content coding of the answer is not known to us',
  'reason.needs_script': 'the page shows itself by scripts, which we do not run',
  'reason.http_status': 'the system reports an error',
  'reason.error_code': 'the system returns an error code',
  'reason.unexpected_answer': 'the answer is not what it should be',
  'reason.empty_page': 'the page is empty',
  'reason.not_recognised': 'the page lacks what it should show',
  'reason.error_page': 'the page says that there is an error',
  'reason.says_maintenance': 'the system says that it is under maintenance',
  'reason.blocked': 'blocked, our measurement is not let in',
  'reason.maybe_blocked': 'perhaps blocked, it refused us lately and is silent now',
  'reason.link_refused': 'our delivery link is not accepted any more',
  'reason.waits_for_query': 'it needs a query first, which failed',
  'reason.answer_too_large': 'the answer is too large',
  'reason.redirect_loop': 'redirected in circles',
  'reason.redirect_refused': 'redirected to an address that we do not visit',
  'reason.known_not_found': 'an invoice that exists was not found',
  'reason.unknown_found': 'an invoice that does not exist was found',
  'reason.truncated': 'the file is incomplete',
  'reason.not_a_file': 'what came is not an invoice file',
  'reason.structure': 'the structure of the file is broken',
  'reason.crc_mismatch': 'the content of the file is damaged (checksum)',
  'reason.digest_mismatch': 'the content of the file was changed (digest)',
  'reason.missing_part': 'the file lacks a part that a page needs',
  'reason.not_well_formed': 'the file is not well-formed XML',
  'reason.stream': 'data in the file is damaged',
  'reason.copies_differ': 'two downloads differ, at least one of them from what is known',
  'reason.sums_mismatch': 'amounts or number in the file do not agree',
  'reason.number_mismatch': 'the file is of another invoice',
  'reason.text_mismatch': 'the file says something else than before',
  'reason.too_large': 'the file is beyond the limits of our check',
  'reason.unknown_filter': 'the file uses an encoding that we do not know',
  'reason.unknown_digest': 'the file uses a digest that we do not know',
  'reason.unknown_kind': 'not a kind of file that we check',
  'reason.unknown_compression': 'the file uses a compression that we do not know',
  'reason.encrypted': 'the file is encrypted',
  'reason.stream_unread': 'part of the data could not be read, but a reader opens the file',
  'reason.no_second_reader': 'the structure is odd, and no second reader was there to confirm',
  'reason.judging_failed': 'we did not finish reading the file',
  'reason.late_start': 'the measurement started late',
  'reason.missed_slot': 'a measurement was missed',
  'reason.neutral_host_failed': 'the neutral hosts do not answer either',
  'reason.line_failed': 'none of several independent hosts can be reached from our line',
  'reason.unproven': 'cannot be told from a failure of our own line',
  'reason.resolver_differs': 'our own name resolver failed',
  'reason.name_misled': 'its name leads elsewhere on our side',
  'reason.no_route': 'our network has no route to it',
  'reason.clock_wrong': 'our clock may be wrong, and so may be whether a certificate is valid',
  'reason.starved': 'our own machine was too busy',
  'reason.worker_died': 'the measuring process died',
  'reason.probe_error': 'the measuring program failed',
  'reason.proxy_failed': 'our own proxy did not connect',

  'outcome.ok': 'ok',
  'outcome.timeout': 'timeout',
  'outcome.network': 'network',
  'outcome.system': 'system error',
  'outcome.degraded': 'degraded',
  'outcome.throttled': 'throttled',
  'outcome.maintenance': 'maintenance',
  'outcome.credential': 'credentials refused',
  'outcome.user_data': 'data',
  'outcome.mismatch': 'wrong file',
  'outcome.corrupt': 'damaged file',
  'outcome.unreadable': 'unreadable',
  'outcome.prerequisite': 'an earlier step failed',
  'outcome.self': 'our own problem',

  'incident.title': '{system}: {what}',
  'incident.separator': ' · ',
  'incident.now.outage': '{functions} down',
  'incident.now.says_maintenance':
    '{functions} {n|says it is|say they are} under maintenance, unannounced',
  'incident.now.still_maintained':
    '{functions} {n|says it is|say they are} still under maintenance',
  'incident.now.stalled': '{functions} stalled',
  'incident.now.partial_outage': '{functions} partly down',
  'incident.now.part_lost': '{functions} {n|lacks|lack} some invoices',
  'incident.now.some_users': '{functions} {n|fails|fail} for some users',
  'incident.now.catching_up': '{functions} catching up',
  'incident.now.degraded': '{functions} restricted',
  'incident.now.slow': '{functions} slow',
  'incident.was.outage': '{functions} {n|was|were} down',
  'incident.was.says_maintenance': '{functions} said {n|it was|they were} under maintenance',
  'incident.was.still_maintained': '{functions} said {n|it was|they were} still under maintenance',
  'incident.was.stalled': '{functions} {n|was|were} stalled',
  'incident.was.partial_outage': '{functions} {n|was|were} partly down',
  'incident.was.part_lost': '{functions} lacked some invoices',
  'incident.was.some_users': '{functions} failed for some users',
  'incident.was.catching_up': '{functions} {n|was|were} catching up',
  'incident.was.degraded': '{functions} {n|was|were} restricted',
  'incident.was.slow': '{functions} {n|was|were} slow',
  'incident.was_for': '{was} for {duration}',
  'incident.unclear': '{was}, not known at present',
  'incident.changed': '{functions} from {from} to {to}',
  'incident.well': '{functions} recovered',
  'incident.maintained': '{functions} under maintenance now',
  'incident.unknown': '{functions} not known at present',
  'incident.withdrawn': 'disruption of {functions}, withdrawn',
  'claim.seen_from': '{claim} (seen from {line})',
  'claim.maybe_our_line': '{claim} (perhaps our own line)',
  'incident_status.investigating': 'Ongoing',
  'incident_status.identified': 'Identified',
  'incident_status.monitoring': 'Recovered, monitoring',
  'incident_status.unclear': 'Not known at present',
  'incident_status.under_maintenance': 'Under maintenance',
  'incident_status.resolved': 'Resolved',
  'incident_status.postmortem': 'Postmortem',
  'impact.none': 'none',
  'impact.minor': 'minor',
  'impact.major': 'major',
  'impact.critical': 'critical',
  'update.opened': '{affected}. We go on measuring and will write here when something changes.',
  'update.joined': 'More is affected: {affected}.',
  'update.worse': 'It got worse: {affected}.',
  'update.better': 'It got better: {affected}.',
  'update.known': 'Measured again: {affected}.',
  'update.unclear': 'Not known at present: {affected}. We will write here once it is.',
  'update.unclear_in_part': 'A function is not known any more: {affected}.',
  'update.recovered': 'Measurements are normal again: {affected}. We watch it for a while.',
  'update.resolved': 'Back to normal and steady; the incident is closed.',
  'update.dropped': 'Measured no longer, so how it went on is not known: {affected}.',
  'update.closed': 'Not measured any more; that it ended was not seen, and the incident is closed.',
  'update.still': 'At present: {affected}.',
  'update.held_back':
    'It had happened {n} more {n|time|times} before, which was not told each time.',
  'update.reopened': 'It happened again: {affected}. The incident is open again.',
  'update.affected': '{function}: {from} → {to}',
  'update.not_recorded': 'which functions was not recorded',
  'update.length': 'Time affected: {length}.',
  'update.maybe_our_line': 'Perhaps our own line, not the system.',

  'gap.restart': 'our measuring was stopped',
  'gap.suspended': 'our machine was suspended',
  'gap.clock': 'our clock was set forward',
  'gap.disk': 'our disk could not be written',
  'gap.lock': 'our database was locked',
  'gaps.title': 'When we did not measure',
  'gaps.about':
    'Times that we did not measure or could not record. They count neither as working nor as down.',
  'gaps.time': 'Time',
  'gaps.duration': 'Length',
  'gaps.cause': 'Cause',
  'gaps.cut': 'Only the last {n} are listed.',
  'gap.of_incident': 'Not measured from {from} to {to}: {cause}.',

  'own.line': 'Our line has a problem',
  'own.line_named': 'Our line ({line}) has a problem',
  'own.clock': 'Our clock has a problem',
  'own.disk': 'Our disk has a problem',
  'own.lock': 'Our database is locked by another program',
  'own.ledger': 'Our record of states differs from what the results say',
  'own.machine': 'Our machine has a problem',
  'own.process': 'A program of ours ends again and again',
  'own.stopped': 'All measuring has stopped',
  'own.line_effect':
    'Failures seen from it are not laid at the systems; what we cannot tell is shown as unknown.',
  'own.clock_effect': 'Times here may be off; a time that was skipped counts as not measured.',
  'own.disk_effect': 'New measurements may not be recorded; such a time counts as not measured.',
  'own.lock_effect':
    'New measurements cannot be recorded for now and are recorded later; a time without a record ' +
    'counts as not measured.',
  'own.ledger_effect':
    'Some times of the last days may be recorded wrongly and are being checked; what is said of ' +
    'now is judged as ever.',
  'own.machine_effect':
    'Failures while we are too busy, paused or broken ourselves are not laid at the systems; ' +
    'what we cannot tell is shown as unknown.',
  'own.process_effect':
    'It is started again each time; what is not measured meanwhile is shown as unknown.',
  'own.stopped_effect':
    'From now on nothing is measured and nobody is told, until somebody starts it again.',
  'own.told': '{what}. {effect}',
  'unavailable.title': 'Cannot be stored right now',
  'unavailable.about':
    'Our database is not available for the moment, and what you sent was not stored. Please try ' +
    'again in a little while.',
  'own.title': 'Trouble of our own',
  'own.since': 'since {time}',
  'own.tag': 'our own',
  'own.goes_on': 'not over yet',
  'own.over': 'Over',
  'own.unseen': 'Its end was not seen',

  'maintenance_status.draft': 'Draft',
  'maintenance_status.scheduled': 'Planned maintenance',
  'maintenance_status.in_progress': 'Under maintenance',
  'maintenance_status.overrun': 'Past its announced end',
  'maintenance_status.verifying': 'Ended, being verified',
  'maintenance_status.completed': 'Completed',
  'maintenance_status.passed': 'Its announced time has passed',
  'maintenance_status.cancelled': 'Cancelled',
  'maintenance_update.announced': 'Maintenance is announced.',
  'maintenance_update.revised': 'The plan has changed; the times and scope announced now apply.',
  'maintenance_update.reminder': 'Maintenance is about to start; please plan ahead.',
  'maintenance_update.started': 'Maintenance has started.',
  'maintenance_update.extended': 'Maintenance takes longer; the end announced now applies.',
  'maintenance_update.overrun':
    'The announced end has passed, and nobody has said that maintenance is over.',
  'maintenance_update.ended': 'The work is done; we measure whether everything works again.',
  'maintenance_update.completed': 'Everything in scope works again; maintenance is completed.',
  'maintenance_update.passed':
    'The announced time has passed. We did not measure then and do not know whether maintenance ' +
    'took place; we are measuring whether everything works.',
  'maintenance_update.found_well': 'Everything in scope is measured as working.',
  'maintenance_update.cancelled': 'Maintenance is cancelled and will not take place.',

  'maintenance_time.planned': 'had been planned for {period}',
  'maintenance_time.began': 'began {from} (planned: {period})',
  'maintenance_time.overrun': 'began {from}, was to end {until}, not said to be over',
  'maintenance_time.otherwise': '{is} (planned: {period})',

  'maintenance.scope': 'Affected',
  'maintenance.time': 'Time',
  'maintenance.recovery': 'Expected to work again',
  'maintenance.recovery_was': 'Had been expected to work again',
  'maintenance.stays_open': 'Stays open',
  'maintenance.workaround': 'What to do instead',
  'maintenance.progress': 'Details and progress',
  'maintenance.fact': '{term}: {text}',
  'maintenance.scope_of': '{system}: {functions}',
  'maintenance.scope_separator': '; ',
  'maintenance.chat_title': '[{status}] {title}',
  'maintenance.tag': 'Maintenance',
  'maintenances.title': 'Maintenance',
  'maintenance.of_component': '{status}: {period}',
  'maintenance.actual': 'Actual time',
  'maintenance.actual_from': 'since {from}',
  'maintenance.announced_at': 'Announced',
  'maintenance.ahead': '{time} ({duration} ahead)',
  'maintenance.behind': '{time} (not ahead)',
  'maintenance.revised_at': 'Last revised',
  'maintenance.accounting': 'In availability',
  'maintenance.excluded':
    '{period} was announced in time: what is down in it does not count; any other time does.',
  'maintenance.excluded_in_part':
    '{period} was announced in time for these: {scope}. What of them is down in it does not ' +
    'count; anything else does.',
  'maintenance.announced_late': 'Not announced {notice} ahead, so what is down in it counts.',
  'maintenance.revised_late':
    'Last revised less than {notice} ahead, so what is down in it counts.',
  'maintenance.ran_otherwise':
    'It ran at another time than was announced in time, so what is down in it counts.',
  'maintenance.counted_cancelled': 'Cancelled; what is down then counts as ever.',
  'maintenance.timeline': 'Progress (newest first)',
  'maintenance.chat': 'Share in a chat',
  'maintenance.chat_about': 'Copy this text into a chat; it can be understood without this page.',
  'maintenance.copy': 'Copy text',
  'maintenance.copied': 'Copied',
  'maintenance.qr': 'Scan to open this page',
  'maintenance.calendar': 'Subscribe to the maintenance calendar (iCalendar)',

  'incidents.open': 'Happening now',
  'incidents.recent': 'Recent incidents and maintenance',
  'incidents.none': 'No incidents and no maintenance in the last {days} {days|day|days}.',
  'incidents.none_since': 'No incidents and no maintenance since we began to measure on {since}.',
  'incidents.none_ended': 'None that has ended; what is under way stands above.',
  'incidents.none_measured': 'Not measured yet, so of incidents nothing is known yet.',
  'incidents.details': 'Progress and evidence',
  'incidents.started': 'Started {time}',
  'incidents.lasted': 'lasted {duration}',
  'incidents.lasted_parts': '{duration} in all, in {n} parts',
  'incidents.end_not_seen': 'its end was not seen',
  'incidents.simulated': 'simulated',
  'incident.back': 'Back to the overview',
  'incident.corrected':
    'Corrected on {time}: measurements known only later changed the times told before.',
  'incident.affected': 'Functions affected',
  'incident.span': '{what}, {from} – {to}',
  'incident.span_since': '{what}, since {from}',
  'incident.timeline': 'Progress (newest first)',
  'incident.waiting': 'Evidence: invoices that waited',
  'incident.waiting_about':
    'Invoices that waited when it began or when it ended, by the minute in which they were ' +
    'accepted. Digests are made of their numbers and do not reveal them.',
  'incident.waiting_about_open':
    'Invoices that waited when it began or wait now, by the minute in which they were ' +
    'accepted. Digests are made of their numbers and do not reveal them.',
  'incident.waiting_kept':
    'Invoices that do not wait any more are kept for {duration} after they were accepted: ' +
    'those accepted earlier may be missing here.',
  'incident.waiting_cut': 'Only the first {n} are listed.',
  'incident.accepted': 'Accepted',
  'incident.invoices': 'Invoices',
  'incident.not_arrived': 'Not there so far',
  'incident.digests': 'Digests of numbers',
  'incident.evidence': 'Evidence: failed measurements by minute',
  'incident.evidence_about':
    'Measurements that failed in this time, grouped by minute. The time is the start of the ' +
    'measurement.',
  'incident.evidence_none':
    'No failed measurement of this time is kept. Details are kept for {duration}.',
  'incident.evidence_cut': 'Only the first {n} are listed.',
  'incident.minute': 'Time',
  'incident.function': 'Function',
  'incident.outcome': 'Result',
  'incident.reason': 'Reason',
  'incident.count': 'Count',
  'incident.impact': 'Impact: {impact}',

  'feed.title': '{title}: incidents and maintenance',
  'calendar.title': '{title}: maintenance',

  'page.skip': 'Skip to the systems',
  'page.subscribe': 'Subscribe',
  'page.languages': 'Languages',
  'page.tasks': 'Can I do it now',
  'page.components': '{n} {n|function|functions}',
  'page.no_systems': 'No system to measure is configured yet.',
  'page.simulator': 'simulated system',
  'page.sandbox': 'sandbox',
  'page.legend': 'Legend',
  'page.legend_shorter': 'An outage of less than 5 min that day too',
  'page.legend_no_data': 'Not measured',
  'page.unofficial': 'Unofficial, measured by {operator}',
  'page.method': 'How we measure',
  'page.method_body':
    'We use these systems from outside like anyone else and record every result. A failure ' +
    'counts only if it is not of our own line or machine; so many in a row that chance is ' +
    'unlikely (2 to 8 as a rule) make an outage, two successes in a row end it; without a new ' +
    'measurement in time the state is unknown. Availability = 1 − down time ÷ (measured time − ' +
    'failures in maintenance announced in time), truncated to two decimals; partial outages ' +
    'are told beside it and are not down. What was measured as working is never down, whatever ' +
    'was announced. Time in which we did not measure does not count.',
  'page.zone': 'All times in {zone}.',
  'page.year': 'Dates without a year are of {year}.',
  'page.feeds': 'Feeds of incidents and maintenance, calendar of maintenance:',
  'page.data': 'Data (Statuspage v2)',
  'page.description': '{title}: {verdict}',
  'page.stale_title': 'This page may be out of date',
  'page.stale_lost':
    'The connection to the server is lost; we are trying again. What you see is from before: ' +
    'do not take it for the present state.',
  'page.left_open':
    'It has been open for more than {duration} and was not updated. Open it again to see the ' +
    'present state.',
  'page.stale_not_fetched':
    'The latest content could not be fetched from the server; trying again. Below is what was ' +
    'fetched before; do not take it as the present state.',
  'page.stale_expired':
    'The time for which these results are valid has passed without a new measurement. The ' +
    'present state is unknown.',

  'demo.title': 'Demo data',
  'demo.about':
    'Systems and earlier history are simulated; no real system or company is behind them. Try ' +
    'it, it shows within half a minute:',
  'demo.slow_download': 'Slow down downloads',
  'demo.drills': 'More drills',
  'demo.stalled_sync': 'Stop sync',
  'demo.mailbox': 'See what subscribers get: demo mailbox',
  'demo.recover': 'Recover',
} satisfies Record<keyof typeof zhCN, string>;
