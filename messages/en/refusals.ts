import type zhCN from '../zh-CN/refusals.ts';

export default {
  'refusal.400_title': 'The request is incomplete',
  'refusal.400_about':
    'A part of the address or of what was sent is missing or wrong. Please go back and try again.',
  'refusal.403_title': 'Not accepted',
  'refusal.403_about':
    'This was not sent from our own page, and nothing was changed. Please send it from our page.',
  'refusal.404_title': 'There is nothing at this address',
  'refusal.404_about':
    'The address may be wrong or incomplete, or what it was about is not here any more.',
  'refusal.405_title': 'This address cannot be used like that',
  'refusal.405_about': 'Nothing was changed. Please use the links and buttons of the page.',
  'refusal.410_title': 'Not here any more',
  'refusal.410_about': 'What was here has expired or was deleted, and will not come back.',
  'refusal.413_title': 'Too much was sent',
  'refusal.413_about': 'Nothing was stored. Please shorten it and try again.',
  'refusal.429_title': 'Too often',
  'refusal.429_about':
    'We do not answer for a while, so that others are not slowed down. That says nothing of the ' +
    'invoice systems.',
  'refusal.500_title': 'Something went wrong here',
  'refusal.500_about':
    'It is this web page that failed, not the invoice systems. It was logged; please try again ' +
    'in a moment.',
  'refusal.503_title': 'This web page is not available right now',
  'refusal.503_about':
    'It is this web page that is not available, not the invoice systems; how they are cannot be ' +
    'said here now.',
  'refusal.other_title': 'Not done',
  'refusal.other_about': 'We did not accept this request, and nothing was changed.',
  'refusal.retry': 'Please try again in {duration}.',
  'refusal.to_front': 'How the systems are now',
  'refusal.status': 'HTTP {status}',
} as const satisfies Record<keyof typeof zhCN, string>;
