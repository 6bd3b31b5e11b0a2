import type zhCN from '../zh-CN/embed.ts';

export default {
  'embed.title': 'Invoice system status',
  'embed.asking': 'Asking',
  'embed.lost': 'Unknown: page not reached',
  'embed.expired': 'Unknown: no new result',
  'embed.missing': 'Unknown: no such function',
  'embed.page': 'Status page',
  'embed.now': 'measured just now',
  'embed.seconds_ago': 'measured {n} s ago',
  'embed.minutes_ago': 'measured {n} min ago',
  'embed.hours_ago': 'measured {n} h ago',
} as const satisfies Record<keyof typeof zhCN, string>;
