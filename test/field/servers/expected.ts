import type { LineRun } from '../../../probes/line/line.ts';
import type { OddServer } from './odd-server.ts';
import type { BrowserRecord } from './recorded.ts';

/** What a browser reads and we do not, and say so: what only scripts show or send, and HTTP/2. */
export const UNREADABLE = ['shell-script-title', 'form-sent-by-script'];

/** Whether the browser shows the page that the check expects. */
export function isReadable({ loaded, status, as_expected }: BrowserRecord): boolean {
  return loaded && as_expected && status !== null && status >= 200 && status <= 299;
}

/** What is wrong about our run of a server; null if nothing is. */
export function faultOf(server: OddServer, seen: BrowserRecord, run: LineRun): string | null {
  const { judged, notes } = server;
  const said = `${run.outcome} ${run.reason} (${run.detail})`;
  if (judged !== undefined) {
    const { outcome, reason = run.reason } = judged;
    const fits = outcome === 'not_well' ? isNotWell(run) : run.outcome === outcome;
    if (!fits || run.reason !== reason) {
      return `${said}, not ${outcome} ${judged.reason ?? ''}: ${judged.because}`;
    }
  } else if (UNREADABLE.includes(server.id)) {
    if (run.outcome !== 'unreadable') return `${said}, not unreadable`;
  } else if (isReadable(seen)) {
    if (run.outcome !== 'ok') return `${said}, and the browser reads it`;
  } else if (!isNotWell(run)) return `${said}, and the browser says ${seen.error}`;
  if (notes !== undefined && notes.join() !== run.notes.join()) {
    return `noted ${run.notes.join(', ') || 'nothing'}, not ${notes.join(', ') || 'nothing'}`;
  }
  return null;
}

const isNotWell = ({ outcome }: LineRun) => outcome !== 'ok' && outcome !== 'self';
