import type { ScheduledCheck } from '../../model/configuration.ts';
import type { Integrity, Result } from '../../model/result.ts';
import { HOUR } from '../../model/time.ts';
import {
  type EpochMs,
  type FileFormat,
  FORMATS,
  type InvoiceFunction,
  isFileReason,
} from '../../model/vocabulary.ts';
import { lognormal } from './random.ts';
import type { Effect, PastDisturbance } from './scenario.ts';

/** Close to the simulators' latencies, so that live results continue the history smoothly. */
const USUAL_MS: Partial<Record<InvoiceFunction, number>> = {
  upload: 140,
  query: 170,
  download: 240,
};
const ELSE_MS = 150;
/** UTC offset of China Standard Time. */
const CHINA_AHEAD_MS = 8 * HOUR;
/** Share of isolated random failures. */
const RANDOM_FAILURE_SHARE = 0.0008;

export interface SimulatedRun {
  check: ScheduledCheck;
  slot_at: EpochMs;
  disturbance: PastDisturbance | null;
  /** Excludes random failures. */
  clean: boolean;
  random: () => number;
}

/** The result of a simulated run: usual for the hour and the day, or disturbed. */
export function simulatedResult(run: SimulatedRun): Result {
  const { check, slot_at, disturbance, clean, random } = run;
  const usual_ms =
    lognormal(random, USUAL_MS[check.function] ?? ELSE_MS, 0.22) * loadFactor(slot_at);
  const fails = random() < RANDOM_FAILURE_SHARE && !clean;
  const effect = disturbance?.effect ?? (fails ? RANDOM_FAILURE : null);
  const duration_ms = Math.round(durationMs(effect, usual_ms, check.deadline_ms));
  const failed = effect?.kind === 'bad' ? effect : null;
  return {
    check: check.id,
    slot_at,
    started_at: slot_at,
    duration_ms,
    confirming: false,
    simulated: true,
    outcome: failed?.outcome ?? 'ok',
    reason: failed?.reason ?? null,
    detail: failed?.detail ?? null,
    notes: [],
    phases: { connect: 1, processing: duration_ms - 1 },
    bytes: failed ? 0 : 2_000,
    http_status: failed ? failed.http_status : 200,
    asked: null,
    certificate_expires_at: null,
    certificates: [],
    tls_version: null,
    integrity: check.function === 'download' ? integrity(formatOf(check), failed) : null,
    file: null,
    accepted: null,
    contact: null,
    proof: null,
  };
}

const RANDOM_FAILURE: Effect = {
  kind: 'bad',
  outcome: 'network',
  reason: 'connection_reset',
  detail: 'the connection was closed early',
  http_status: null,
};

/** The format requested by a download check. */
export function formatOf(check: ScheduledCheck): FileFormat | null {
  return FORMATS.find((format) => format === check.options.format) ?? null;
}

function durationMs(effect: Effect | null, usual_ms: number, deadline_ms: number): number {
  if (effect?.kind === 'slow') return Math.min(usual_ms * effect.factor, deadline_ms - 100);
  return effect?.kind === 'bad' && effect.outcome === 'timeout' ? deadline_ms : usual_ms;
}

/** Slower from 10:00 to 16:00 in China, and in the filing period, the first half of each month. */
function loadFactor(at: EpochMs): number {
  const local = new Date(at + CHINA_AHEAD_MS);
  const hour = local.getUTCHours() + local.getUTCMinutes() / 60;
  const by_day = Math.exp(-(((hour - 13) / 3.5) ** 2));
  return (1 + 0.6 * by_day) * (local.getUTCDate() <= 15 ? 1.25 : 1);
}

/** The simulated verdict of the file check; null when no file was received. */
function integrity(
  format: FileFormat | null,
  failed: Extract<Effect, { kind: 'bad' }> | null,
): Integrity | null {
  if (format === null) return null;
  const checked = format === 'ofd' ? 'digests' : 'structure';
  if (failed === null) return { format, verdict: 'sound', checked, reason: null, where: null };
  const { outcome, reason, detail: where } = failed;
  if (outcome !== 'corrupt' && outcome !== 'mismatch') return null;
  const by = 'structure';
  return isFileReason(reason) ? { format, verdict: outcome, checked: by, reason, where } : null;
}
