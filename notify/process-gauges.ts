import type { Clock, Telemetry } from '../model/ports.ts';
import { ownTroublesOf, type ProcessTrouble } from '../model/process-trouble.ts';

/** What is wrong with our processes, only a supervisor knows; all else the collector says. */
const KINDS = ['process', 'machine', 'stopped'] as const;

export interface ProcessGaugesParts {
  /** What the supervisor knows of its processes. */
  troubles(): readonly ProcessTrouble[];
  clock: Clock;
  telemetry: Telemetry;
}

/** Updates the gauges of trouble of our own that is not the collector's to measure. */
export function createProcessGauges(parts: ProcessGaugesParts): () => Promise<void> {
  const { troubles, clock, telemetry } = parts;
  return async () => {
    const open = new Set(ownTroublesOf(troubles(), clock.now()).map(({ kind }) => kind));
    for (const kind of KINDS)
      telemetry.gauge('fapiao_own_trouble', { kind, line: '' }, open.has(kind) ? 1 : 0);
  };
}
