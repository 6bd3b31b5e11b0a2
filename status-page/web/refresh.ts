const SECTIONS = [
  '#open-incidents',
  '#near-maintenances',
  '.system-maintenances',
  '#recent-incidents',
  '#gaps',
  '.history',
];

/**
 * Updates sections that are not in the live stream from the server's page, when `version` shows
 * that the lists of incidents and maintenance are out of date. Keeps open details open.
 */
export async function refreshSections(version: string): Promise<void> {
  const shown = document.querySelector<HTMLElement>('#open-incidents');
  if (!shown || shown.dataset.version === version) return;
  const response = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(
    () => null,
  );
  if (!response?.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const section of document.querySelectorAll(SECTIONS.join())) {
    const next = fresh.getElementById(section.id);
    if (next && !section.querySelector('details[open]')) section.replaceWith(next);
  }
}
