/** Feeds, as paths below the language; each is also at the root, in the page's first language. */
export const FEEDS = [
  { name: 'Atom', file: 'history.atom', type: 'application/atom+xml' },
  { name: 'RSS', file: 'history.rss', type: 'application/rss+xml' },
  { name: 'iCalendar', file: 'maintenance.ics', type: 'text/calendar' },
] as const;
