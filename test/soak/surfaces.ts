import { getJson, getText, listen, metric } from '../process/ask.ts';
import type { Installation } from '../process/installation.ts';

/** Where a fault must be told. */
export const SURFACES = ['page', 'summary.json', 'metrics', '/live'] as const;
export type Surface = (typeof SURFACES)[number];

/** `fapiao_function_state` of a major outage. */
const MAJOR_OUTAGE = 4;
const POLL_MS = 25;

interface Target {
  system: string;
  function: string;
}

/**
 * Watches every surface from now on until all have shown a major outage of a function, and settles
 * with the instants at which they did. Rejects when one has not after `give_up_after_ms`.
 */
export async function watchSurfaces(
  demo: Installation,
  target: Target,
  give_up_after_ms: number,
): Promise<Record<Surface, number>> {
  const live = listen(`${demo.page}/live`);
  const shows: Record<Surface, () => Promise<boolean>> = {
    page: async () => pageShows(await getText(`${demo.page}/zh-CN/`), target),
    'summary.json': async () =>
      summaryShows(await getJson(`${demo.page}/api/v2/summary.json`), target),
    metrics: async () => {
      const text = await getText(`${demo.collector}/metrics`);
      return metric(text, 'fapiao_function_state', { ...target }) === MAJOR_OUTAGE;
    },
    '/live': async () => liveShows(live.text(), target),
  };
  const give_up_at = Date.now() + give_up_after_ms;
  try {
    const seen = SURFACES.map(
      async (surface) => [surface, await seenAt(surface, shows[surface], give_up_at)] as const,
    );
    return Object.fromEntries(await Promise.all(seen)) as Record<Surface, number>;
  } finally {
    live.close();
  }
}

async function seenAt(
  surface: Surface,
  shows: () => Promise<boolean>,
  give_up_at: number,
): Promise<number> {
  for (;;) {
    if (await shows()) return Date.now();
    if (Date.now() > give_up_at) throw new Error(`${surface} never showed the outage`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** What status.json says, and of which component. */
interface Summary {
  status: { indicator: string };
  components: { id: string; status: string }[];
}

function summaryShows({ status, components }: Summary, target: Target): boolean {
  const component = components.find(({ id }) => id === `${target.system}.${target.function}`);
  return status.indicator === 'critical' && component?.status === 'major_outage';
}

function pageShows(html: string, target: Target): boolean {
  const [, after = ''] = html.split(
    `<li class="component" id="${target.system}.${target.function}"`,
  );
  return /^.*?<h3><svg class="icon is-major"/s.test(after.slice(0, after.indexOf('</h3>')));
}

function liveShows(text: string, target: Target): boolean {
  const views = text
    .split('\n')
    .filter((line) => line.startsWith('data: [') && line.endsWith(']'))
    .flatMap((line) => JSON.parse(line.slice('data: '.length)) as { id: string; state: string }[]);
  return views.some(
    ({ id, state }) => id === `${target.system}.${target.function}` && state === 'major_outage',
  );
}
