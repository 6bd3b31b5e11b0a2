/** Feeds, as paths below the language; each is also at the root, in the page's first language. */
export const FEEDS = [
  {
    name: 'Atom',
    file: 'history.atom',
    type: 'application/atom+xml',
    about: 'Incidents, maintenance and trouble of our own as Atom (RFC 4287)',
  },
  {
    name: 'RSS',
    file: 'history.rss',
    type: 'application/rss+xml',
    about: 'The same as RSS 2.0',
  },
  {
    name: 'JSON Feed',
    file: 'history.json',
    type: 'application/feed+json',
    about: 'The same as JSON Feed 1.1',
  },
  {
    name: 'iCalendar',
    file: 'maintenance.ics',
    type: 'text/calendar',
    about: 'All maintenance as a calendar (RFC 5545)',
  },
] as const;
