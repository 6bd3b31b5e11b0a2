import type { Result } from '../../model/result.ts';
import type { RegisteredCheck } from '../../store/ports/checks.ts';
import { createRandom } from '../random.ts';

export function sampleChecks(count: number): RegisteredCheck[] {
  return Array.from({ length: count }, (_, index) => ({
    check: `system-${index}-query`,
    component: `system-${index}.query`,
    system: `system-${index}`,
    function: 'query',
    line: 'telecom',
  }));
}

export interface WantedResults {
  checks: RegisteredCheck[];
  count: number;
  first_slot_at: number;
  interval_ms: number;
  seed: number;
}

/**
 * Results as HTTPS checks bring them: every phase, some kB, a certificate, 2 % not ok. Checks take
 * turns.
 */
export function sampleResults(wanted: WantedResults): Result[] {
  const { checks, count, first_slot_at, interval_ms } = wanted;
  const random = createRandom(wanted.seed);
  return Array.from({ length: count }, (_, n) => {
    const turn = n % checks.length;
    const round = (n - turn) / checks.length;
    const offset_ms = Math.floor((turn * interval_ms) / checks.length);
    const slot_at = first_slot_at + round * interval_ms + offset_ms;
    return sampleResult(checks[turn]?.check ?? '', slot_at, random);
  });
}

function sampleResult(check: string, slot_at: number, random: () => number): Result {
  const upTo = (most: number) => Math.floor(random() * most);
  const ok = random() >= 0.02;
  const processing = 40 + upTo(900);
  const transfer = upTo(200);
  return {
    check,
    slot_at,
    started_at: slot_at + upTo(4),
    duration_ms: processing + transfer + 60,
    confirming: false,
    simulated: false,
    outcome: ok ? 'ok' : 'system',
    reason: ok ? null : 'http_status',
    detail: ok ? null : 'HTTP 503',
    phases: { resolve: upTo(8), connect: 5 + upTo(40), tls: 10 + upTo(60), processing, transfer },
    bytes: 200 + upTo(60_000),
    http_status: ok ? 200 : 503,
    certificate_expires_at: 1_790_000_000_000,
    certificates: [],
    tls_version: null,
    integrity: null,
    notes: [],
    file: null,
    asked: null,
    accepted: null,
    contact: null,
    proof: null,
  };
}
