/** What may be subscribed to, below the language; each is at the root too, in the page's first. */
export const FEEDS = [
  { name: 'Atom', file: 'history.atom', type: 'application/atom+xml' },
  { name: 'RSS', file: 'history.rss', type: 'application/rss+xml' },
  { name: 'iCalendar', file: 'maintenance.ics', type: 'text/calendar' },
] as const;
