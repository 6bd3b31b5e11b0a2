import { COMPONENTS_OF_MONTH } from '../site.ts';
import type { Instant } from './instant.ts';
import { type Checks, type Context, scopeOf } from './reading.ts';

const CHECK_NAMES: Record<string, string> = {
  PDF: 'download-pdf',
  OFD: 'download-ofd',
  here: 'seen-from-here',
  there: 'seen-from-there',
};

/** Which checks and lines fail or are slow. */
export const CHECK_CHECKS: Checks = {
  failing: ({ checks }, context) => wrongChecks(checks, context, isFailing),
  slow: ({ checks }, context) => wrongChecks(checks, context, isSlow),
  line_fails: ({ lines }, context) => {
    const wrong = factsOf(context).filter(
      (it) => lines.includes(it.line) !== isFailing(it.check, context.instant),
    );
    return wrong.length === 0 ? null : `not so of ${wrong.map(({ check }) => check)}`;
  },
};

function factsOf(context: Context) {
  const own = scopeOf(context);
  return COMPONENTS_OF_MONTH.flatMap((it) => (own.includes(it.component) ? it.checks : []));
}

function wrongChecks(
  names: readonly string[] | null,
  context: Context,
  isSo: (check: string, instant: Instant) => boolean,
): string | null {
  const named = names?.map((it) => CHECK_NAMES[it] ?? it);
  const checks = named ?? factsOf(context).map(({ check }) => check);
  const wrong = checks.filter((it) => !isSo(it, context.instant));
  return wrong.length === 0 ? null : `not ${wrong}`;
}

/** Two bad in a row at least, and not two good since. */
function isFailing(check: string, { judged }: Instant): boolean {
  const is_bad = judged(check).map(({ found }) => found === 'bad');
  const last_bad = is_bad.findLastIndex((it, i) => it && is_bad[i - 1] === true);
  return (
    last_bad >= 0 && !is_bad.some((it, i) => i > last_bad + 1 && !it && is_bad[i - 1] === false)
  );
}

function isSlow(check: string, { judged }: Instant): boolean {
  const found = judged(check)
    .slice(-6)
    .map((it) => it.found);
  return found.includes('slow') && found.slice(-2).some((it) => it !== 'good');
}
