import type zhCN from '../zh-CN/admin.ts';

export default {
  'admin.title': 'Administration',
  'admin.back_to_page': 'See the status page',
  'admin.languages': 'Languages',
  'admin.sign_out': 'Sign out',

  'sign_in.title': 'Sign in to administer',
  'sign_in.about':
    "Enter the administrator's token. It was shown once, at the first start; if it is lost, " +
    'run npm run admin-token on the server for a new one, which makes the old one void.',
  'sign_in.token': "Administrator's token",
  'sign_in.submit': 'Sign in',
  'sign_in.wrong':
    'This is not the token. See whether it was copied whole, without spaces around it.',
  'sign_in.wait': 'Too many attempts; please try again in {seconds} s.',
  'sign_in.expired':
    'You are no longer signed in, or the form is too old; please sign in again. What you ' +
    'entered was not saved.',
  'sign_in.other_site':
    'This request did not come from the administration, so nothing was done. Go back to it and ' +
    'try again.',

  'list.title': 'Maintenance',
  'list.about':
    'Announce maintenance ahead of time: subscribers are told and reminded, and the status ' +
    'page and the calendar follow.',
  'list.new': 'New maintenance',
  'list.running': 'Under way',
  'list.upcoming': 'Announced',
  'list.drafts': 'Drafts',
  'list.past': 'Past',
  'list.none': 'No maintenance yet. Announce it here before you take something down.',

  'maintenance_details.announced': 'Announced time',
  'maintenance_details.published': 'Announced at',
  'maintenance_details.published_about': '{time} (revision {revision})',
  'maintenance_details.would_be_in_time':
    'Announced now, it is {lead} ahead: what is down in it will not count.',
  'maintenance_details.would_be_late':
    'Announced now, it is only {lead} ahead, less than {notice}: what is down in it will count.',
  'maintenance_details.title': 'Title',
  'maintenance_details.description': 'Description',
  'maintenance_details.public_page': 'Public page',
  'maintenance_details.actions': 'Actions',
  'maintenance_details.overrun': 'The announced end has passed.',
  'maintenance_details.works_since':
    'Everything in scope has been measured as working for {duration}.',
  'maintenance_details.is_it_over': 'Is it over? Please end or extend it.',
  'maintenance_details.passed':
    'Its announced time has passed: it cannot be changed any more, but you can tell of it below.',
  'maintenance_details.no_actions':
    'This maintenance is completed or cancelled and cannot be changed any more.',
  'maintenance_details.back': 'Back to all maintenance',
  'maintenance_details.back_to_it': 'Back to this maintenance',

  'action.edit': 'Edit',
  'action.announce': 'Announce',
  'action.start': 'Start',
  'action.extend': 'Extend',
  'action.end': 'End',
  'action.cancel': 'Cancel maintenance',

  'done.saved': 'Saved.',
  'done.announced': 'Announced; subscribers are being told.',
  'done.started': 'Started.',
  'done.extended': 'Extended; subscribers are being told.',
  'done.ended': 'Ended. It completes by itself when every function works.',
  'done.cancelled': 'Cancelled.',
  'done.posted': 'Posted; subscribers are being told.',
  'done.as_asked': 'Nothing was changed: it already is so.',

  'confirm.announce.title': 'Announce this maintenance?',
  'confirm.announce.about':
    'The status page, the calendar and subscribers learn of it at once, and of every later ' +
    'change too.',
  'confirm.announce.submit': 'Announce and tell',
  'confirm.start.title': 'Start this maintenance now?',
  'confirm.start.about':
    'The functions in its scope are shown as under maintenance at once and alert nobody. Down ' +
    'time before the announced start counts as usual.',
  'confirm.start.submit': 'Start now',
  'confirm.extend.title': 'Extend this maintenance?',
  'confirm.extend.about':
    'Subscribers are told the new end. What is down in time published less than ' +
    '{notice} before the start counts.',
  'confirm.extend.submit': 'Extend and tell',
  'confirm.end.title': 'End this maintenance?',
  'confirm.end.about':
    'Measuring goes on; it completes by itself when every function in its scope works.',
  'confirm.end.submit': 'End now',
  'confirm.cancel.title': 'Cancel this maintenance?',
  'confirm.cancel.about':
    'Subscribers of an announced one are told, and the calendar marks it as cancelled. This ' +
    'cannot be undone.',
  'confirm.cancel.submit': 'Cancel this maintenance',
  'confirm.back': 'No, go back',
  'confirm.not_now': 'It is now “{status}”, so this cannot be done. See below how it stands.',
  'confirm.changed':
    'This maintenance changed since you opened it, so nothing was done yet. See how it stands, ' +
    'then decide.',

  'form.new': 'New maintenance',
  'form.edit': 'Edit maintenance',
  'form.required': 'Fields with * must be filled in.',
  'form.scope': 'Which functions are affected *',
  'form.scope_hint':
    'Tick only what will be affected. What fails outside the scope alerts and counts as usual.',
  'form.times': 'Time',
  'form.times_hint':
    'In {zone}. Announce at least {notice} before the start for what is down in it not to count.',
  'form.announced_from': 'Start *',
  'form.announced_until': 'End *',
  'form.expected_recovery_at': 'Expected recovery *',
  'form.expected_hint': 'Recovery is when people can use everything again, not before the end.',
  'form.which': '{time} comes twice: which one is it?',
  'form.which_first': 'The first: {zone}, {offset}',
  'form.which_second': 'The second: {zone}, {offset}',
  'form.texts': 'Words',
  'form.texts_hint':
    'In both languages: page, mails and calendar speak the language of the reader. Plain text ' +
    'only.',
  'form.title': 'Title *',
  'form.description': 'Description *',
  'form.description_hint': 'What is done and what it means for people.',
  'form.stays_open': 'Stays open',
  'form.stays_open_hint': 'What can be done meanwhile.',
  'form.workaround': 'Do instead',
  'form.workaround_hint': 'For people in a hurry.',
  'form.in': '{field} ({language})',
  'form.save_draft': 'Save as draft',
  'form.announce': 'Announce and tell',
  'form.save_revision': 'Save and tell',
  'form.update': 'Post progress',
  'form.update_hint': 'It appears on the public page and subscribers are told.',
  'form.update_submit': 'Post and tell',
  'form.problems': '{n} {n|thing needs|things need} correcting; nothing was saved yet:',
  'form.too_large': 'That is too much at once. Shorten the text and try again.',

  'difference.title': 'It changed while you were writing',
  'difference.about':
    'This maintenance changed since you opened it (it may have started or ended by itself). ' +
    'Nothing was saved yet. See what differs, and choose.',
  'difference.status': 'It was “{seen}” when you opened it; now it is “{status}”.',
  'difference.both': 'Changed both here and elsewhere: please choose',
  'difference.theirs': 'Changed elsewhere, not here',
  'difference.mine': 'Changed only here',
  'difference.opened': 'When you opened it:',
  'difference.keep': 'Keep what it is now:',
  'difference.keep_since': 'Keep what it is now (changed {time}):',
  'difference.use_mine': 'Use what you entered:',
  'difference.change_back': 'Change it back to what it was:',
  'difference.start_fixed': 'It has begun, so its start cannot change any more.',
  'difference.choose': 'Choose which one to use.',
  'difference.edit': 'Edit further with these choices',
  'difference.empty': '(empty)',
  'difference.comment':
    'This maintenance changed since you opened it, so nothing was posted yet. Your words are ' +
    'still below; if they still hold, post them again.',

  'problem.not_a_time': 'Expected a date and a time.',
  'problem.skipped_time':
    'There is no such time in this zone: the minute after {before} is {after}. Enter one of ' +
    'these, or another time.',
  'problem.repeated_time': 'This time comes twice in this zone. Choose which one it is.',
  'problem.in_the_past': 'Expected a time after now ({time}).',
  'problem.too_far': 'Expected no later than {time}.',
  'problem.too_long_a_time': 'A maintenance lasts 31 days at most: expected no later than {time}.',
  'problem.not_after_start': 'Expected a time after the start, {time}.',
  'problem.before_end': 'Expected no earlier than the end, {time}.',
  'problem.has_begun': 'It has begun, so its start cannot change: expected {time}.',
  'problem.not_later': 'Expected a time after the present end, {time}.',
  'problem.no_components': 'Expected at least one function.',
  'problem.unknown_component': 'There is no function {component}.',
  'problem.missing_text': 'Expected a text: it is required, or given in the other language.',
  'problem.too_long': 'Expected {limit} characters at most.',
  'problem.control_characters':
    'Holds characters that cannot be shown (such as tabs); a title has no line breaks.',
  'problem.wrong_status': 'It is “{status}”; this can be done only when it is: {expected}.',

  'not_found.title': 'No such maintenance',
  'not_found.about': 'It may never have existed, or the address is not complete.',
} satisfies Record<keyof typeof zhCN, string>;
