import { eventually } from './wait.ts';

export async function getJson<T>(url: string): Promise<T> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: HTTP ${answer.status}`);
  return (await answer.json()) as T;
}

export async function getText(url: string): Promise<string> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: HTTP ${answer.status}`);
  return answer.text();
}

/** The v2 status of a component, by its id. */
export async function componentStatus(page: string, id: string): Promise<string | undefined> {
  const { components } = await getJson<{ components: { id: string; status: string }[] }>(
    `${page}/api/v2/components.json`,
  );
  return components.find((it) => it.id === id)?.status;
}

/**
 * The value of one series of a metrics text, or null. `labels` must all be there; others may be
 * too.
 */
export function metric(
  text: string,
  name: string,
  labels: Record<string, string> = {},
): number | null {
  for (const line of text.split('\n')) {
    if (!line.startsWith(`${name}{`) && !line.startsWith(`${name} `)) continue;
    if (!Object.entries(labels).every(([k, v]) => line.includes(`${k}="${v}"`))) continue;
    return Number(line.slice(line.lastIndexOf(' ')));
  }
  return null;
}

/** Collects what an event stream says. */
export function listen(url: string): { text(): string; close(): void } {
  const stop = new AbortController();
  let text = '';
  void (async () => {
    const answer = await fetch(url, { signal: stop.signal });
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) text += decoder.decode(chunk, { stream: true });
  })().catch(() => undefined);
  return { text: () => text, close: () => stop.abort() };
}

/** The components of the demo, and of the same at the pace of tests. */
export const COMPONENTS = [
  'pinduoduo.upload',
  'beijing.query',
  'beijing.sync',
  'beijing.download',
  'inv-veri.reach',
  'erp.reach',
  'erp.sync',
];

/** Waits until every component was measured and is operational. */
export async function allOperational(page: string): Promise<void> {
  await eventually('every function measured and operational', async () => {
    const states = await Promise.all(COMPONENTS.map((id) => componentStatus(page, id)));
    return states.every((it) => it === 'operational');
  });
}
