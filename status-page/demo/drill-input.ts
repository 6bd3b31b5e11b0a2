import { iso, MINUTE } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

/** The request to the simulators' API for each kind; ignores form fields of other kinds. */
export function drillOf(form: URLSearchParams, now: EpochMs): Record<string, unknown> {
  const kind = form.get('kind') ?? '';
  const minutes = Number(form.get('minutes'));
  const number = (name: string) => ({ [name]: Number(form.get(name)) });
  const choice = (name: string) => (form.get(name) ? { [name]: form.get(name) } : {});
  const common = { kind, until: inMinutes(now, minutes) };
  switch (kind) {
    case 'latency':
      return { ...common, ...choice('function'), ...number('ms') };
    case 'error_code':
      return { ...common, ...choice('function'), ...number('code') };
    case 'outage':
    case 'maintenance':
    case 'throttling':
      return { ...common, ...choice('function') };
    case 'slow_sync':
      return { ...common, ...number('rate') };
    case 'stalled_sync':
      return common;
    default:
      return { ...common, ...choice('format') };
  }
}

/** Invalid input becomes the present, which the simulators refuse. */
function inMinutes(now: EpochMs, minutes: number): string {
  const until = now + minutes * MINUTE;
  return iso(Math.abs(until) < 8.64e15 ? until : now);
}
