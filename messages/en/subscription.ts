import type zhCN from '../zh-CN/subscription.ts';

export default {
  'subscribe.title': 'Subscribe',
  'subscribe.about':
    'We send you a message when a system fails, recovers or is about to be maintained. No ' +
    'account needed; leave with one click at any time.',
  'subscribe.submit': 'Subscribe',
  'subscribe.channel': 'How to tell you',
  'subscribe.systems': 'Which systems',
  'systems.all': 'All systems, also those that come later',
  'systems.some': 'Only those chosen',
  'subscribe.kinds': 'What about',
  'kind.incident': 'Incidents: when they begin, change and end',
  'kind.maintenance': 'Maintenance: announcements, reminders, start and end',
  'kind_name.incident': 'incidents',
  'kind_name.maintenance': 'maintenance',
  'subscribe.locale': 'In which language',

  'privacy.title': 'What we do with your address',
  'privacy.purpose':
    'Purpose: to send the messages you chose and nothing else. Nobody else gets it; mails hold ' +
    'no tracking.',
  'privacy.retention':
    'Kept: address, chosen systems and kinds, language, when you subscribed and confirmed. ' +
    'Deleted after 48 hours if not confirmed, otherwise kept until you unsubscribe.',
  'privacy.deletion':
    'Deletion: at once when you unsubscribe; copies in backups go when the backups do. Every ' +
    'message has a link to unsubscribe.',
  'privacy.contact': 'Responsible: {operator}, contact {contact}.',

  'sent.title': 'One more step: please confirm',
  'sent.about':
    'We have sent a message to the address you gave. Open the link in it and confirm within 48 ' +
    'hours; only then do messages begin. If the address was subscribed before, the message ' +
    'holds the link to manage it.',
  'sent.missing':
    'Nothing after some minutes? See whether the address is right, look among junk mail, then ' +
    'subscribe once more.',
  'sent.again': 'Back to the form',

  'confirm.title': 'Confirm your subscription',
  'confirm.about': 'Once you confirm, the following messages go to {address}.',
  'confirm.submit': 'Confirm',
  'confirm.not_me':
    'Was it not you? Do nothing and the address is deleted after 48 hours, or delete it now:',
  'confirm.delete': 'Not me, delete it',
  'confirmed.title': 'You are subscribed',
  'confirmed.about': 'From now on {address} is told of what you chose.',
  'confirmed.manage': 'Manage the subscription',
  'already.title': 'Confirmed already',
  'already.about': 'This subscription is active; there is nothing left to confirm.',

  'manage.title': 'Manage your subscription',
  'manage.stored': 'Everything we keep',
  'manage.id': 'Number',
  'manage.channel': 'Channel',
  'manage.address': 'Address',
  'manage.status': 'Status',
  'manage.pending': 'Not confirmed yet: no messages are sent',
  'manage.active': 'Active',
  'manage.asked': 'Subscribed',
  'manage.confirmed': 'Confirmed',
  'manage.not_yet': 'not yet',
  'manage.secret_kept': 'kept, not shown again',
  'manage.change': 'Change',
  'manage.save': 'Save',
  'manage.saved': 'Saved.',
  'manage.end': 'Unsubscribe',
  'manage.end_about': 'No more messages, and all of the above is deleted at once.',

  'unsubscribe.title': 'Unsubscribe',
  'unsubscribe.about': '{address} gets no more messages, and the address is deleted at once.',
  'unsubscribe.submit': 'Unsubscribe',
  'unsubscribed.title': 'You are unsubscribed',
  'unsubscribed.about': 'There will be no more messages; the address is deleted.',
  'unsubscribed.again': 'Subscribe again',

  'link.forged_title': 'This link does not work',
  'link.forged_about':
    'It may not have been copied whole. Open it from the message again, or subscribe anew.',
  'link.expired_title': 'This link has expired',
  'link.expired_about':
    'Links to confirm work for 48 hours; an address that is not confirmed by then is deleted. ' +
    'Please subscribe again.',
  'link.gone_title': 'This subscription is no longer there',
  'link.gone_about': 'It was ended, or not confirmed in time. The address is deleted.',

  'problem.summary': 'Not subscribed yet; please correct {n} {n|field|fields}:',
  'problem.summary_change': 'Not saved yet; please correct {n} {n|field|fields}:',
  'problem.channel': 'Choose how to be told.',
  'problem.systems_none': 'Choose at least one system, or all of them.',
  'problem.systems_unknown': 'A chosen system does not exist here; please choose again.',
  'problem.kinds': 'Choose at least one kind.',
  'problem.locale': 'Choose a language.',
  'problem.too_many':
    'Too many requests to subscribe; please try again in {duration}. What you entered is still ' +
    'below.',
} satisfies Record<keyof typeof zhCN, string>;
