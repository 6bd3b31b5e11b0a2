import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Configuration } from '../../model/configuration.ts';
import type { Clock } from '../../model/ports.ts';
import type { Drills } from '../../status-page/demo/drills.ts';
import { fakeClock, NOW, openSite, type RunningPage, type Site, startPage } from './site.ts';

/** A site and its page on a real socket. */
export interface OpenPage extends RunningPage {
  readonly site: Site;
  /** The page's; it stands still at {@link NOW} until it is told. */
  readonly clock: ReturnType<typeof fakeClock>;
}

export interface PageOptions {
  configuration?: Configuration;
  /** Writes what is there before the page starts. */
  prepare?: (site: Site) => Promise<unknown>;
  drills?: (clock: Clock) => Drills;
  /** Folder of the built web part; without one, stand-ins. */
  built?: string;
  /** One for all tests of the file, which then change nothing that another one reads. */
  once?: boolean;
}

/** A site and its page for each test of a file, closed after it. */
export function usePage(options: PageOptions = {}): OpenPage {
  const { configuration, prepare, drills, built = null, once = false } = options;
  const clock = fakeClock();
  let site: Site | null = null;
  let page: RunningPage | null = null;
  (once ? beforeAll : beforeEach)(async () => {
    clock.set(NOW);
    site = await openSite(configuration);
    await prepare?.(site);
    page = await startPage({ site, clock, drills: drills?.(clock) ?? null, built });
  });
  async function stop(): Promise<void> {
    const stopping = page;
    page = null;
    await stopping?.stop();
  }
  (once ? afterAll : afterEach)(async () => {
    await stop();
    await site?.close();
  });
  return {
    clock,
    get site() {
      return there(site);
    },
    get url() {
      return there(page).url;
    },
    metrics: () => there(page).metrics(),
    stop,
  };
}

function there<T>(what: T | null): T {
  if (what === null) throw new Error('only in tests and their hooks');
  return what;
}
