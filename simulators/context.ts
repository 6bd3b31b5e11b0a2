import { setTimeout as sleep } from 'node:timers/promises';
import type { SimulatorContext } from '../probes/simulator.ts';
import { drillsOf, isActive } from './drills.ts';
import type { SimulatorParts } from './parts.ts';
import { normal } from './random.ts';
import { type Disturbance, syncDelayMs, workedMs } from './sync.ts';

/** Spread of latencies: 5 % take 1.6 times the usual or more. */
const LATENCY_SIGMA = 0.3;

/** Creates the context of one system's simulator. */
export function createSimulatorContext(system: string, parts: SimulatorParts): SimulatorContext {
  const { ledger, clock, seed, latency, pace } = parts;
  let steps = 0;

  const drill: SimulatorContext['drill'] = (kind, fn, format) =>
    drillsOf(ledger, system).find(
      (candidate) =>
        candidate.kind === kind &&
        isActive(candidate, clock.now()) &&
        (candidate.function === null || candidate.function === fn) &&
        (candidate.format === null || candidate.format === format),
    ) ?? null;

  /** Periods of stalled or slow sync, with the remaining rate. */
  function disturbances(): Disturbance[] {
    return drillsOf(ledger, system)
      .filter(({ kind }) => kind === 'stalled_sync' || kind === 'slow_sync')
      .map(({ kind, from, until, rate }) => ({
        from,
        to: until,
        rate: kind === 'stalled_sync' ? 0 : (rate ?? 1),
      }));
  }

  return {
    clock,
    seed,
    drill,
    async takeTime(fn, usual_ms) {
      steps += 1;
      const usual = latency * usual_ms * Math.exp(LATENCY_SIGMA * normal(seed, system, fn, steps));
      const total_ms = usual + (drill('latency', fn)?.ms ?? 0);
      if (total_ms > 0) await sleep(total_ms);
    },
    acceptanceOf: ledger.acceptanceOf,
    accept: ledger.accept,
    arrived(number) {
      const invoice = ledger.acceptedInvoice(number);
      if (invoice === null) return null;
      const { issued, accepted_at } = invoice;
      const worked = pace * workedMs(accepted_at, clock.now(), disturbances());
      return worked >= syncDelayMs(seed, number, accepted_at) ? { number, issued } : null;
    },
  };
}
