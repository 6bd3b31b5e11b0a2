import { instantMs, sleepUntil } from './instant.ts';

/** What the page said of every component at an instant; null when it did not answer. */
export interface Sample {
  at: number;
  states: Record<string, string> | null;
}

export interface PageWatch {
  samples: readonly Sample[];
  stop(): Promise<void>;
}

export const SAMPLED_EVERY_MS = 250;
const PATIENCE_MS = 1_000;

/** Reads the page as a reader does, again and again. */
export function watchPage(address: () => string | null): PageWatch {
  const samples: Sample[] = [];
  let watching = true;
  const done = (async () => {
    for (let due = instantMs(); watching; due += SAMPLED_EVERY_MS) {
      due = Math.max(due, instantMs() - SAMPLED_EVERY_MS);
      await sleepUntil(due);
      const states = await statesOn(address());
      samples.push({ at: instantMs(), states });
    }
  })();
  return {
    samples,
    async stop() {
      watching = false;
      await done;
    },
  };
}

async function statesOn(page: string | null): Promise<Sample['states']> {
  if (page === null) return null;
  try {
    const answer = await fetch(`${page}/en/`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return answer.ok ? statesIn(await answer.text()) : null;
  } catch {
    return null;
  }
}

/** The state of each component by its id, from the shape that stands before its name. */
function statesIn(html: string): Record<string, string> {
  const parts = html.split('<li class="component"').slice(1);
  return Object.fromEntries(
    parts.map((part) => [
      /id="?([\w.-]+)/.exec(part)?.[1] ?? '?',
      /class="icon is-([\w-]+)"/.exec(part)?.[1] ?? '?',
    ]),
  );
}
