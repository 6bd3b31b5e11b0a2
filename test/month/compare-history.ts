import { daysOf } from './compare-published.ts';
import { type Difference, differences } from './expected.ts';
import type { LivedMonth } from './lived-month.ts';
import { availableShare } from './oracle/days.ts';
import type { Published } from './published.ts';
import { COMPONENTS_OF_MONTH } from './site.ts';

/** Where the states that are handed out as CSV are others than the oracle's. */
export function wrongStatesInCsv({ expected }: LivedMonth, { history }: Published): Difference[] {
  return [...expected].flatMap(([component, spans]) => {
    const told = rowsOf(history.states.get(component)?.csv).map(
      ({ from = '', to = '', state = '' }) => ({
        from: Date.parse(from),
        to: Date.parse(to),
        state,
      }),
    );
    return differences(component, spans, told);
  });
}

/** Figures of days that are handed out as CSV and are not what the oracle says. */
export function wrongDaysInCsv(month: LivedMonth, { history }: Published): string[] {
  return COMPONENTS_OF_MONTH.flatMap((facts) => {
    const rows = rowsOf(history.days.get(facts.component)?.csv);
    return daysOf(month, facts).flatMap((day, i) => {
      const share = availableShare(day);
      const expected = {
        n: String(day.n),
        ok: String(day.good),
        known_ms: String(day.known_ms),
        down_ms: String(day.down_ms),
        partial_ms: String(day.partial_ms),
        availability_percent: share === null ? '' : String(Number(share)),
      };
      const said: Record<string, string | undefined> = rows[i] ?? {};
      return Object.entries(expected)
        .filter(([name, value]) => said[name] !== value)
        .map(
          ([name, value]) =>
            `${facts.component}, day ${i + 1}: ${name} ${said[name]}, not ${value}`,
        );
    });
  });
}

/** Rows that are handed out otherwise as JSON than as CSV. */
export function otherwiseInJson({ history }: Published): string[] {
  return [...history.states, ...history.days].flatMap(([component, { csv, json }]) => {
    const { rows } = JSON.parse(json) as { rows: Record<string, unknown>[] };
    const as_text = rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, it]) => [name, String(it ?? '')])),
    );
    const [a, b] = [rowsOf(csv), as_text].map((it) => it.map((row) => JSON.stringify(row)));
    const same = a?.length === b?.length && a?.every((row, i) => row === b?.[i]);
    return same ? [] : [`${component}: ${a?.length} rows as CSV, ${b?.length} others as JSON`];
  });
}

/** Rows of a CSV of which no field is quoted, by the names of its header. */
function rowsOf(csv = ''): Record<string, string>[] {
  const [header = '', ...lines] = csv.trim().split('\r\n');
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
}
