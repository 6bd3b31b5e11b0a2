/** What is known of one check from an instant on. */
export interface KnownFrom {
  from: number;
  verdict: 'well' | 'failing' | 'unknown';
  /** Unknown, and failing when it was last known. */
  is_lost: boolean;
}

interface Reading {
  /** A letter a slot: `g`ood, `b`ad; anything else is not judged, or nothing came. */
  word: string;
  first_slot: number;
  every: number;
  /** A judged result is valid for so long after its slot. */
  valid: number;
}

/**
 * What is known of a check over time, read from its results afterwards by the sentences of
 * docs/judging.md: two bad in a row fail it, two good ones make it well, each since the first of
 * them; it expires, and what failed before goes on with one bad result. Shares no code with the
 * judge.
 */
export function checkLedger({ word, first_slot, every, valid }: Reading): KnownFrom[] {
  const ledger: KnownFrom[] = [{ from: 0, verdict: 'unknown', is_lost: false }];
  const results = [...word]
    .map((letter, i) => ({ at: first_slot + i * every, letter }))
    .filter(({ letter }) => letter === 'g' || letter === 'b');
  let run: { letter: string; since: number; n: number } = { letter: '', since: 0, n: 0 };
  for (const [i, { at, letter }] of results.entries()) {
    const last = results[i - 1];
    if (last && at - last.at > valid) {
      const { verdict, is_lost } = now();
      turn(last.at + every, 'unknown', verdict === 'failing' || is_lost);
      run = { letter: '', since: 0, n: 0 };
    }
    run = letter === run.letter ? { ...run, n: run.n + 1 } : { letter, since: at, n: 1 };
    const { verdict, is_lost } = now();
    if (letter === 'b' && is_lost) turn(at, 'failing', false);
    else if (letter === 'b' && run.n >= 2) turn(run.since, 'failing', false);
    else if (letter === 'g' && (run.n >= 2 || (verdict === 'unknown' && !is_lost)))
      turn(run.since, 'well', false);
  }
  const end = results.at(-1);
  if (end) turn(end.at + every, 'unknown', now().verdict === 'failing' || now().is_lost);
  return ledger;

  function now(): KnownFrom {
    return ledger.at(-1) as KnownFrom;
  }

  function turn(from: number, verdict: KnownFrom['verdict'], is_lost: boolean): void {
    if (verdict !== now().verdict || is_lost !== now().is_lost)
      ledger.push({ from, verdict, is_lost });
  }
}

/** The state of a function of two checks on one line. */
export function stateOfBoth(checks: readonly KnownFrom[]): string {
  const failing = checks.filter(({ verdict }) => verdict === 'failing').length;
  if (failing > 0) return failing === checks.length ? 'major_outage' : 'partial_outage';
  if (checks.some(({ is_lost }) => is_lost)) return 'unknown';
  return checks.some(({ verdict }) => verdict === 'well') ? 'operational' : 'unknown';
}
