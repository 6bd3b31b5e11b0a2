import type { Answer } from './exchange.ts';

/** What the addresses and pages of a planned interruption are called: 维护 weihu, 停机 tingji, 升级 shengji. */
const IN_ADDRESS = /maintenance|maintain|weihu|tingji|shengji|维护|停机/i;
const IN_PAGE = /maintenance|系统维护|停机维护|维护中|系统升级|升级维护/i;

/** A page that says so does it in its first kilobytes. */
const READ_BYTES = 4_096;

/** Whether a redirect leads to a maintenance page, by the words of its path. */
export function pointsToMaintenance(location: string): boolean {
  const path = URL.parse(location, 'http://localhost')?.pathname ?? '';
  return IN_ADDRESS.test(decoded(path));
}

/** Whether a 503 is a maintenance the system itself declares: by the header `X-Maintenance` or the words of its page. */
export function saysMaintenance(answer: Answer): boolean {
  if (answer.status !== 503) return false;
  if (answer.headers['x-maintenance'] !== undefined) return true;
  return IN_PAGE.test(answer.body.toString('utf8', 0, READ_BYTES));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
