import { CHECK_CHECKS } from './check-checks.ts';
import { FIGURE_CHECKS } from './check-figures.ts';
import { STATE_CHECKS } from './check-states.ts';
import { TIME_CHECKS } from './check-times.ts';
import { WINDOW_CHECKS } from './check-windows.ts';
import type { Claim } from './claim.ts';
import type { Checks, Context, Reading } from './reading.ts';

const CHECKS: Checks = {
  ...STATE_CHECKS,
  ...TIME_CHECKS,
  ...FIGURE_CHECKS,
  ...CHECK_CHECKS,
  ...WINDOW_CHECKS,
};

/** What of the claims of a text is false, in sentences. */
export function falseClaims(claims: readonly Claim[], reading: Reading): string[] {
  let about: readonly string[] | null = null;
  return claims.flatMap((claim) => {
    if (claim.says === 'about') about = claim.of;
    const check = CHECKS[claim.says] as
      | ((it: Claim, context: Context) => string | null)
      | undefined;
    const wrong = check?.(claim, { ...reading, about, claims }) ?? null;
    return wrong === null ? [] : [`${claim.says}: ${wrong}`];
  });
}
