import { getText, metric } from '../ask.ts';
import type { Installation } from '../installation.ts';

/** What the processes of an installation counted themselves. */
export interface Counted {
  requests: number;
  results: number;
  open_streams: number;
}

export async function countedBy({ collector, page_private }: Installation): Promise<Counted> {
  const measured = await getText(`${collector}/metrics`);
  const served = await getText(`${page_private}/metrics`);
  return {
    requests: sumOf(served, 'fapiao_page_requests_total'),
    results: sumOf(measured, 'fapiao_check_total'),
    open_streams: metric(served, 'fapiao_page_live_connections') ?? Number.NaN,
  };
}

/** Over all series of a metric. */
function sumOf(text: string, name: string): number {
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}
