import type { Clock, Log } from '../model/ports.ts';
import { iso, SECOND } from '../model/time.ts';

const FROM_MS = 75 * SECOND;
const UNTIL_MS = 165 * SECOND;

/**
 * Plans a drill that makes downloads fail for a minute and a half shortly after the start, so that
 * the demo shows an incident from end to end. A refusal is logged; the demo continues without it.
 */
export async function planDrill(simulator_url: string, clock: Clock, log: Log): Promise<void> {
  const now = clock.now();
  const drill = {
    kind: 'outage',
    function: 'download',
    from: iso(now + FROM_MS),
    until: iso(now + UNTIL_MS),
  };
  try {
    const answer = await fetch(`${simulator_url}/beijing/drills`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(drill),
      signal: AbortSignal.timeout(5 * SECOND),
    });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    log.info({ drill }, 'demo drill planned');
  } catch (err) {
    log.warn({ err }, 'demo drill not planned');
  }
}
