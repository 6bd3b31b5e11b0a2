import type zhCN from '../../zh-CN/page/frame.ts';

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

  'told.at': 'As of {time} ({zone})',

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
