/** One measured number, as bench/RESULTS.md and bench/SOAK.md print it. */
export interface Figure {
  what: string;
  value: number;
  /** Of value and budget, e.g. `ms`, `kB`, `×`; empty for a count. */
  unit: string;
  /** Number of measurements or cases. */
  n: number;
  /** null for informative figures. */
  budget: Budget | null;
}

type Budget = { at_most: number } | { at_least: number };

/** Whether a figure keeps its budget; one without a budget does. */
export function keepsBudget({ value, budget }: Figure): boolean {
  if (budget === null) return true;
  return 'at_most' in budget ? value <= budget.at_most : value >= budget.at_least;
}

/** The figures as a Markdown table. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((it) => [
    it.what,
    withUnit(it.value, it.unit),
    it.n.toLocaleString('en'),
    it.budget === null ? '' : budgetText(it.budget, it.unit),
    verdict(it),
  ]);
  return [
    ['what', 'measured', 'n', 'budget', 'met'],
    ['---', '---:', '---:', '---:', '---'],
    ...rows,
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function verdict(figure: Figure): string {
  if (figure.budget === null) return '';
  return keepsBudget(figure) ? 'yes' : '**no**';
}

function budgetText(budget: Budget, unit: string): string {
  return 'at_most' in budget
    ? `≤ ${withUnit(budget.at_most, unit)}`
    : `≥ ${withUnit(budget.at_least, unit)}`;
}

/** Three significant digits; counts are exact. */
function withUnit(value: number, unit: string): string {
  const digits = value.toLocaleString(
    'en',
    Math.abs(value) < 1_000 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 },
  );
  return unit === '' ? digits : `${digits} ${unit}`;
}

/** The median. Throws without measurements. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) throw new Error('median of nothing');
  return (low + high) / 2;
}

/** The `p`-quantile (nearest rank). Throws without measurements. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)];
  if (value === undefined) throw new Error('quantile of nothing');
  return value;
}
