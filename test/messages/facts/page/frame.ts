import type texts from '../../../../messages/zh-CN/page/frame.ts';
import { type Facts, fact, label, lasting, some, time } from '../fact.ts';

export default {
  'list.separator': label,

  'sentence.separator': label,

  'fact.separator': label,

  'text.with_aside': label,

  'duration.under_a_minute': fact('A maintenance that ran for less than a minute.'),
  'duration.seconds': fact('A length of less than a minute, or its part.', time('n')),
  'duration.minutes': fact('A length of whole minutes, or its part.', some('n')),
  'duration.minutes_before_seconds': fact('Minutes of a length that has seconds too.', some('n')),
  'duration.hours': fact('A length of whole hours, or its part.', some('n')),
  'duration.days': fact('A length of whole days, or its part.', some('n')),
  'duration.pair': fact('A length in two units, both not 0.', lasting('large'), lasting('small')),

  'relative.now': fact('It was less than 2 s ago by the clock of the server.'),
  'relative.ago': fact('It was so long ago by the clock of the server.', lasting('duration')),

  'told.at': fact('When what is printed was so, with the zone of that time.', time('time')),

  'feed.title': label,

  'calendar.title': label,

  'page.skip': label,
  'page.subscribe': label,
  'page.languages': label,
  'page.tasks': label,
  'page.components': fact('Components of a system.', some('n')),
  'page.no_systems': fact('No system that is shown is configured.'),
  'page.simulator': fact('Environment of the system: simulator.'),
  'page.sandbox': fact('Environment of the system: sandbox.'),
  'page.legend': label,
  'page.legend_shorter': label,
  'page.legend_no_data': label,
  'page.unofficial': fact('PageSettings.operator.'),
  'page.zone': fact('PageSettings.zone.'),
  'page.year': fact('Dates of that page that have no year are of it.', some('year')),
  'page.feeds': label,
  'page.data': label,
  'page.description': label,
  'page.stale_title': fact('The page is older than its results are valid, or lost its server.'),
  'page.stale_lost': fact('The stream of the page ended, and it tries again.'),
  'page.left_open': fact(
    'The page has been open for so long without scripts.',
    lasting('duration'),
  ),
  'page.stale_not_fetched': fact('An article could not be fetched when last tried.'),
  'page.stale_expired': fact('valid_until of the page has passed without a new one.'),

  'demo.title': label,
  'demo.about': fact('The demo runs: every system is a simulator, the history is made up.'),
  'demo.slow_download': label,
  'demo.drills': label,
  'demo.stalled_sync': label,
  'demo.mailbox': label,
  'demo.recover': label,
} satisfies Facts<keyof typeof texts>;
