import type zhCN from './zh-CN.ts';

export default {
  name: 'E-mail',
  label: 'E-mail address',
  'problem.missing': 'Enter an e-mail address.',
  'problem.line_break': 'An e-mail address holds no line breaks or other control characters.',
  'problem.no_mailbox': 'This is no e-mail address. Enter a single one, such as name@example.com.',
  'mail.simulated': 'Simulated data: no real system or company is behind it.',
  'mail.because': 'You get this because {address} is subscribed to “{title}”.',
  'mail.because_operator': 'You get this because {address} is on call for “{title}”.',
  'mail.manage': 'Change the subscription',
  'mail.unsubscribe': 'Unsubscribe',
  'mail.zone': 'All times are {zone}.',
} satisfies Record<keyof typeof zhCN, string>;
