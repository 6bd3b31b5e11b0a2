import { MINUTE, SECOND } from '../../model/time.ts';
import { REFRESHED } from './wire.ts';

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
export async function refreshSections(version: string, tries = TRIES): Promise<void> {
  wanted = version;
  const shown = document.querySelector<HTMLElement>('#open-incidents');
  if (!shown || shown.dataset.version === version) return;
  const fresh = await fetchPage();
  if (fresh === null) return;
  for (const section of document.querySelectorAll(SECTIONS.join())) {
    const next = fresh.getElementById(section.id);
    if (next && !section.querySelector('details[open]')) section.replaceWith(next);
  }
  const got = fresh.getElementById(shown.id)?.dataset.version;
  if (got !== version && (await isStillWanted(version, tries)))
    await refreshSections(version, tries - 1);
}

/** A cache between us may have what was before for so long, and asks for it anew meanwhile. */
const SHARED_MS = 1.5 * SECOND;
/** So often a page is asked for while what comes is older than what is wanted. */
const TRIES = 4;
/** The version of the lists that the stream told last. */
let wanted = '';

/** Once a cache may have it; false where another one is wanted by then, or it was tried enough. */
async function isStillWanted(version: string, tries: number): Promise<boolean> {
  if (tries <= 1) return false;
  await new Promise((resolve) => setTimeout(resolve, SHARED_MS));
  return wanted === version;
}

/** Longest time between two tries, which doubles from a second on while they fail. */
const LONGEST_WAIT_MS = MINUTE;
/** After which an answer is not waited for any more. */
const ANSWER_MS = 15 * SECOND;
/** Tries that failed in a row. */
let failures = 0;
let ask_again_at = 0;
let is_asking = false;

/** Whether this page could not be had from the server when it was asked for last. */
export function isNotFetched(): boolean {
  return failures > 0;
}

/** This page as the server has it now; null when it cannot be had, or was asked for just now. */
async function fetchPage(): Promise<Document | null> {
  if (is_asking || performance.now() < ask_again_at) return null;
  is_asking = true;
  const fresh = await askForPage().catch(() => null);
  is_asking = false;
  failures = fresh === null ? failures + 1 : 0;
  const wait_ms = failures === 0 ? 0 : SECOND * 2 ** (failures - 1);
  ask_again_at = performance.now() + Math.min(wait_ms, LONGEST_WAIT_MS);
  return fresh;
}

async function askForPage(): Promise<Document | null> {
  const response = await fetch(location.href, {
    headers: { accept: 'text/html' },
    // Not even what is a second old: this is asked for because something has changed.
    cache: 'no-cache',
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  // What does not exist any more is not shown any longer.
  if (response.status === 404) location.reload();
  if (!response.ok) return null;
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

/** How old what an article says may get while a browser shows it. */
const ARTICLE_MS = 15 * SECOND;
let asked_at = performance.now();

/**
 * Keeps an article as the server has it, part by part: at once when `version` shows that the lists
 * of incidents and maintenance have changed, else every 15 seconds while it is seen.
 */
export async function refreshArticle(version: string, tries = TRIES): Promise<void> {
  wanted = version;
  const main = document.querySelector<HTMLElement>('main[data-version]');
  if (!main) return;
  const is_due = !document.hidden && performance.now() - asked_at >= ARTICLE_MS;
  if (main.dataset.version === version && !is_due && !isNotFetched()) return;
  asked_at = performance.now();
  const fresh = await fetchPage();
  const next = fresh?.querySelector<HTMLElement>('main[data-version]');
  if (!fresh || !next) return;
  document.title = fresh.title;
  main.dataset.version = next.dataset.version;
  replaceChanged(main, next);
  document.dispatchEvent(new Event(REFRESHED));
  if (next.dataset.version !== version && (await isStillWanted(version, tries)))
    await refreshArticle(version, tries - 1);
}

function replaceChanged(shown: Element, fresh: Element): void {
  const [old, now] = [[...shown.children], [...fresh.children]];
  if (old.length !== now.length) shown.replaceChildren(...now);
  else {
    for (const [i, part] of now.entries())
      if (old[i]?.outerHTML !== part.outerHTML) old[i]?.replaceWith(part);
  }
}
