import { FILES, read } from '../tidy/repository.ts';

/** One query of a panel or a variable of a dashboard in grafana/dashboards/. */
export interface DashboardQuery {
  dashboard: string;
  panel: string;
  expr: string;
}

interface Panel {
  title: string;
  type: string;
  description?: string;
  targets?: { expr: string }[];
}
interface Dashboard {
  uid: string;
  title: string;
  panels: Panel[];
  templating: { list: { name: string; type: string; definition?: string }[] };
}

export const DASHBOARDS: readonly Dashboard[] = FILES.filter((path) =>
  /^grafana\/dashboards\/.*\.json$/.test(path),
).map((path) => JSON.parse(read(path)));

export const QUERIES: readonly DashboardQuery[] = DASHBOARDS.flatMap(({ uid, panels }) =>
  panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ dashboard: uid, panel: title, expr })),
  ),
);

/** What a variable of a dashboard asks Prometheus for. */
export const VARIABLES = DASHBOARDS.flatMap(({ uid, templating }) =>
  templating.list.flatMap(({ name, definition }) => {
    const [, series, label] = /^label_values\((.+), (\w+)\)$/.exec(definition ?? '') ?? [];
    return series && label ? [{ dashboard: uid, name, series, label }] : [];
  }),
);

/** A query as Grafana sends it: its own variables put in. */
export function filledIn(expr: string, values: Record<string, string>): string {
  return Object.entries(values).reduce(
    (text, [name, value]) => text.replaceAll(`$${name}`, value),
    expr,
  );
}
