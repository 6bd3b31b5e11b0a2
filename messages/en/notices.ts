import type zhCN from '../zh-CN/notices.ts';

export default {
  'title.with_others': '{title}, and {n} more',
  'title.tagged': '[{tag}] {title}',
  'title.component': '{system}: {function}',
  'title.in_state': '{title}: {state}',
  'link.separator': ': ',

  'incident.functions': 'Affected',
  'incident.since': 'Since',
  'incident.duration': 'Lasted',
  'incident.impact_term': 'Impact',
  'incident.action': 'See progress and evidence',

  'maintenance.action': 'See the maintenance',

  'subscription.title': 'Please confirm your subscription: {title}',
  'subscription.asked':
    'Somebody (you, we hope) subscribed this address to “{title}”. Please open the link below ' +
    'and confirm within 48 hours; only then do messages begin.',
  'subscription.not_me':
    'Not you? Do nothing: without confirmation no message follows, and the address is deleted ' +
    'after 48 hours.',
  'subscription.confirm': 'Confirm the subscription',
  'subscription.known_title': 'You are subscribed already: {title}',
  'subscription.known':
    'Somebody (perhaps you) subscribed this address to “{title}” once more. It is subscribed ' +
    'already and nothing was changed. To change or end the subscription, open the link below.',
  'subscription.manage': 'Manage the subscription',
  'subscription.systems': 'Systems',
  'subscription.all_systems': 'all',
  'subscription.kinds': 'About',
  'subscription.incident': 'incidents',
  'subscription.maintenance': 'maintenance',

  'alert.opened': 'Alert',
  'alert.changed': 'Alert changed',
  'alert.resolved': 'Alert resolved',
  'alert.repeated': 'Alert, unanswered',
  'alert.escalated': 'Alert escalated',
  'alert.repeated_body': 'Nobody has said for {length} that they see to it.',
  'alert.escalated_body': 'Nobody has said for {length} that they see to it, so you are told too.',
  'alert.stale_title': '{title}: measuring stopped',
  'alert.own_silent_title': '{title}: no events of own traffic',
  'alert.unjudged_title': '{title} cannot be judged: {why}',
  'alert.unjudged_body':
    '{title} is measured, but without a verdict, so its present state is unknown. The system may ' +
    'work or not.',
  'alert.channel_title': 'Channel {channel} does not deliver',
  'alert.state': 'State',
  'alert.reason': 'Reason',
  'alert.functions': 'For whom',
  'alert.tasks': 'Tasks concerned',
  'alert.expected': 'Expected',
  'alert.expected_within': 'a right answer within {within}',
  'alert.got': 'Got',
  'alert.got_code': '{text} (code {code})',
  'alert.measured': 'Last failure',
  'alert.took': 'took {length}',
  'alert.by_check': 'check {check}',
  'alert.from_line': 'from {line}',
  'alert.last_good': 'Last good',
  'alert.by_line': 'Last on each line',
  'alert.is': '{name}: {is}',
  'alert.answered': 'Hosts that answered',
  'alert.silent': 'Neutral hosts that did not',
  'alert.same_system': 'Its other functions',
  'alert.other_systems': 'Other systems',
  'alert.and_more': '{items} and {n} more',
  'alert.trace': 'Trace id',
  'alert.page': 'See it on the page',
  'alert.runbook': 'What to do (runbook)',
  'alert.lines': 'Measured from',
  'alert.since': 'Since',
  'alert.known': 'Found at',
  'alert.ended': 'Ended at',
  'alert.duration': 'Lasted',
  'alert.acknowledged': 'Acknowledged',
  'alert.error': 'Last error',
  'alert.state_body': '{title} is now “{state}”.',
  'alert.then_body': '{title} was “{state}” and is now “{now}”.',
  'alert.then_maintained': '{was}, now under maintenance',
  'alert.ended_body': '{title} returned to normal at {time}.',
  'alert.stale_body':
    '{title} has no new measurement, so its present state is unknown. The system may work or not.',
  'alert.stale_ended_body': '{title} is measured again.',
  'alert.own_silent_body':
    '{title} has no new events of own traffic, so it is not known whether that works.',
  'alert.own_silent_ended_body': '{title} has events of own traffic again.',
  'alert.channel_body':
    'Channel {channel} fails again and again. What was not delivered is kept and tried again; ' +
    'please check its server and configuration.',
  'alert.channel_ended_body': 'Channel {channel} delivers again.',
  'alert.channel_removed_body':
    'Channel {channel} is in the configuration no longer, and is not used.',
  'alert.own_unseen': '{what}: its end was not seen',
  'alert.unmeasured_end_body': 'The alert of {title} ends; no recovery was measured.',
  'alert.unseen_end_body':
    'Our programs were started anew. It was not over before that, and whether it is over now is ' +
    'not known; if it goes on, there is another alert.',
  'alert.own_ended': '{what}: over',
  'alert.own_ended_body': 'It is over. What could not be measured or recorded counts as a gap.',
  'alert.neutral_title': 'The neutral host {name} does not answer',
  'alert.neutral_body':
    'The neutral host {name} does not answer. Alone it does not mean that our line is broken, ' +
    'and no state depends on it; until it is back there is one host less to compare with.',
  'alert.neutral_ended_body': 'The neutral host {name} answers again.',
  'alert.certificate_title': 'The certificate of {host} expires within {days} {days|day|days}',
  'alert.certificate_body':
    'The certificate of {host} expires soon: {detail}. After that browsers refuse to open it; ' +
    'please have it renewed before.',
  'alert.certificate_replaced': 'The certificate of {host} was replaced',
  'alert.certificate_replaced_body': 'By now, {detail}.',
  'alert.certificate_gone': 'The certificate of {host} is measured no longer',
  'alert.certificate_gone_body':
    'The checks do not connect to {host} any more. Whether its certificate was replaced is not ' +
    'known.',
  'alert.domain_title': 'The registration of {domain} ends within {days} {days|day|days}',
  'alert.domain_expired': 'The registration of {domain} has ended',
  'alert.domain_body':
    '{detail}. After that its names may not resolve any more, and every system with one is out ' +
    'of reach; please have it renewed.',
  'alert.domain_renewed': 'The registration of {domain} was renewed',
  'alert.domain_renewed_body': '{detail}.',
  'alert.domain_gone': 'The registration of {domain} is asked for no longer',
  'alert.domain_gone_body':
    'The domain {domain} is in the configuration no longer. Whether it was renewed is not known.',
  'alert.callback_title': 'What comes by the callback {callback} cannot be used',
  'alert.callback_body':
    'Something came by the callback {callback} and was not recorded. Until that is mended, what ' +
    'it tells of invoices is missing from own traffic.',
  'alert.callback_ended_body': 'What comes by the callback {callback} can be used again.',
  'alert.callback_gone_body': 'The callback {callback} is in the configuration no longer.',
  'alert.detail': 'Detail',
  'own_detail.neutrals_silent': 'none of {n} neutral hosts answers',
  'own_detail.hosts_silent': 'none of {n} independent hosts answers',
  'own_detail.hosts_answer': 'hosts answer again',
  'own_detail.no_route': 'this machine has no route to anywhere',
  'own_detail.route_back': 'there is a route again',
  'own_detail.host_silent': '{host} does not answer',
  'own_detail.host_answers': '{host} answers again',
  'own_detail.loop_delayed': 'within {span} the measuring program stood still for {delay}',
  'own_detail.loop_in_time': 'the measuring program did not stand still for a minute',
  'own_detail.thread_dies':
    'within {span} the measuring thread ended {n} times; the log says why each time',
  'own_detail.thread_runs': 'the measuring thread has run for two minutes again',
  'own_detail.clock_differs': 'it differs from the clocks of other hosts by {ahead}',
  'own_detail.clock_agrees': 'it agrees with the clocks of other hosts again',
  'own_detail.clock_set': 'the clock was set by {by}',
  'own_detail.space_left': '{percent}% of the disk is free',
  'own_detail.ledger_differs':
    '{n} in all, first {component}, {from} to {to}: recorded as {recorded}, judged again ' +
    'as {derived}',
  'own_detail.certificate_ends':
    'the first of its chain to expire is valid until {ends}, at most {days} {days|day|days} ' +
    'after check {check} measured it ({measured})',
  'own_detail.certificate_replaced':
    'as check {check} measured it at {measured}, it is valid until {until}; the one before, ' +
    'until {ends}',
  'own_detail.domain_ends': 'At {measured} its registry said that it is registered until {ends}',
  'own_detail.domain_renewed':
    'At {measured} its registry said that it is registered until {until}; before, until {ends}',
  'own_detail.callback_unmapped': 'the body does not fit {place} of the mapping',
  'own_detail.callback_refused': 'an event that it tells of is refused for its {place}',
  'own_detail.callback_too_large': 'the body is too large',
  'own_detail.callback_foreign': '{address} is in none of its networks',
  'own_detail.callback_busy': 'too much waited, or nothing could be recorded: 429 or 503',
  'own_detail.no_name':
    'The name of {host} does not resolve: check {set} and the name servers of this machine.',
  'own_detail.refused':
    '{host} refuses the connection: no server is on that port, or a firewall is before it. ' +
    'Check {set}.',
  'own_detail.unreachable':
    'There is no route to {host}: check the network of this machine, and {set}.',
  'own_detail.silent': '{host} does not answer in time: check {set}, and firewalls in between.',
  'own_detail.broken_off': '{host} broke the connection off: check {set}.',
  'own_detail.unknown_ca':
    'The certificate of {host} is from an authority that is not trusted: add its certificate ' +
    'by {set}.',
  'own_detail.wrong_name':
    'The certificate of {host} is for another name: write the name that is in it in {set}.',
  'own_detail.expired_certificate':
    'The certificate of {host} has expired or is not valid yet: ask for a new one ({set}), ' +
    'and check the clock of this machine.',
  'own_detail.bad_tls':
    'No encrypted connection with {host}: check {set}; port and kind of encryption belong ' +
    'together.',
  'own_detail.no_starttls':
    '{host} does not offer STARTTLS, and a password is never sent in clear: check {set}.',
  'own_detail.refused_login': '{host} refuses the user or the password: check {set}.',
  'own_detail.no_connection': 'No connection with {host}: check {set}.',
  'alert.look': 'What to look at',
  'alert.look_line':
    'Cable, router, name servers and proxy of this machine; then npm run check, to see whether ' +
    'no address can be reached.',
  'alert.look_clock':
    'timedatectl or chronyc tracking: is the clock kept in time? Was the virtual machine paused ' +
    'or moved?',
  'alert.look_disk':
    'Space (df -h) and permissions of the disk with the data. It recovers by itself once it can ' +
    'write; no restart is needed.',
  'alert.look_lock':
    'Which program holds the database file (lsof, fuser): a backup, the sqlite3 shell, another ' +
    'instance. It recovers by itself once it is released; no restart is needed.',
  'alert.look_ledger':
    'Run npm run replay, which lists every difference. Report it with the version and the log; ' +
    'quote no state or length of those times until then.',
  'alert.look_machine':
    'Load of this machine (uptime, top): does another program take all CPU or memory? Was the ' +
    'virtual machine paused? Of a process that ends again and again or does not answer, its log.',
  'alert.look_process':
    'Its log and how it ended (see the detail); whether memory suffices (oom in dmesg).',
  'alert.look_stopped':
    'The cause in the detail. Start again after that; until then nothing is measured and nobody ' +
    'is alerted.',
  'alert.look_neutral':
    'Open the site in a browser. If it is gone for good, configure another (at least two neutral ' +
    'hosts).',
  'alert.look_certificate':
    'Whether it is renewed automatically: did that program fail, and has the server loaded the ' +
    'new one? Where there are several servers, each needs it.',
  'alert.look_domain':
    'The account at the registrar: is automatic renewal on, is the payment still valid, and who ' +
    'reads the mailbox of its reminders?',
  'alert.look_callback':
    'The log names each time what did not fit. Compare mapping and networks in the configuration ' +
    'with what the provider publishes; then ask it to send again what was refused.',
  'alert.acknowledge': 'I see to it',
  'alert.evidence': 'See the evidence',

  'acknowledge.title': 'I see to this alert',
  'acknowledge.about':
    'The others on call are told by this name who sees to it, and reminders end. You are still ' +
    'told when it is over.',
  'acknowledge.name': 'Your name',
  'acknowledge.no_name':
    'Enter a name of at most {limit} characters, so that others know who sees to it.',
  'acknowledge.done_title': 'Noted',
  'acknowledge.done': 'Somebody has been at it since {time}. You are told when it is over.',
  'acknowledge.done_by': '{name} has seen to it since {time}. You are told when it is over.',
  'acknowledge.over': 'The alert was resolved at {time}.',
  'acknowledge.wrong_title': 'This link does not work',
  'acknowledge.wrong': 'It is incomplete or was changed. Please open it from the alert again.',

  'alerts.title': 'Open alerts',
  'alerts.none': 'No alert is open.',
  'alerts.unanswered': 'Nobody has said that they see to it.',

  'test.title': 'Test message',
  'test.body':
    'npm run check sent this as a test; there is no alert. That you read it shows that th' +
    'is channel reaches you.',

  'mailbox.title': 'Demo mailbox',
  'mailbox.about':
    'The demo sends no mail: what would be sent is kept here, where anybody can read it, so ' +
    'please enter no real address. Only the latest are kept.',
  'mailbox.none': 'No mail yet. Subscribe, or break a function, and mails appear here.',
  'mailbox.to': 'To',
  'mailbox.from': 'From',
  'mailbox.sent': 'Sent',
  'mailbox.subject': 'Subject',
  'mailbox.back': 'Back to the demo mailbox',
  'mailbox.text': 'Plain text',
  'mailbox.html': 'HTML',
  'mailbox.frame': 'The mail in HTML',
} satisfies Record<keyof typeof zhCN, string>;
