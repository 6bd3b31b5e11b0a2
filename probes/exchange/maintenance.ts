import type { Answer } from './answer.ts';

/** Names used in URLs and pages of planned maintenance: 维护 weihu, 停机 tingji, 升级 shengji. */
const IN_ADDRESS = /maintenance|maintain|weihu|tingji|shengji|维护|停机/i;
const IN_PAGE = /maintenance|系统维护|停机维护|维护中|系统升级|升级维护/i;

/** A maintenance notice is in the first kilobytes of a page. */
const READ_BYTES = 4_096;

/**
 * Whether the answer declares maintenance: a redirect to a maintenance page, or a 503 with the
 * header `X-Maintenance` or a maintenance notice.
 */
export function declaresMaintenance({ status, headers, body }: Answer): boolean {
  if (status === 503) {
    return (
      headers['x-maintenance'] !== undefined || IN_PAGE.test(body.toString('utf8', 0, READ_BYTES))
    );
  }
  const { location } = headers;
  return (
    status >= 300 && status < 400 && typeof location === 'string' && isMaintenancePage(location)
  );
}

function isMaintenancePage(location: string): boolean {
  const path = URL.parse(location, 'http://localhost')?.pathname ?? '';
  try {
    return IN_ADDRESS.test(decodeURIComponent(path));
  } catch {
    return IN_ADDRESS.test(path);
  }
}
