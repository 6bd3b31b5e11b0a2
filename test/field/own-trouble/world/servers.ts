import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { instantMs } from '../instant.ts';
import type { Site } from './sites.ts';

/**
 * `well` answers the page, `down` answers 500, `once` answers 500 one time and is well then,
 * `hanging` takes what is asked and says nothing, `closed` has no listener.
 */
export type Health = 'well' | 'down' | 'once' | 'hanging' | 'closed';

/** That a site was asked, or had answered. */
export interface Witnessed {
  site: string;
  what: 'asked' | 'answered';
  /** The status of an answer. */
  status: number | null;
  at: number;
}

export interface SiteServer {
  become(health: Health): Promise<void>;
}

/** The page of a well site: its title is what its check expects. */
export function titleOf(id: string): string {
  return `Invoices of ${id}`;
}

/** Serves a site on port 80 of its address. */
export async function serveSite(
  site: Site,
  witness: (seen: Witnessed) => void,
): Promise<SiteServer> {
  let health: Health = 'well';
  const page = `<!doctype html><title>${titleOf(site.id)}</title><p>Sign in to issue invoices.</p>`;
  const server = createServer((_, response) => {
    const note = (what: Witnessed['what'], status: number | null) =>
      witness({ site: site.id, what, status, at: instantMs() });
    note('asked', null);
    if (health === 'hanging') return;
    const status = health === 'well' ? 200 : 500;
    if (health === 'once') health = 'well';
    setTimeout(() => {
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
      response.end(status === 200 ? page : 'error');
      note('answered', status);
    }, site.answer_ms);
  });
  await listen(server, site.address);
  return {
    async become(wanted) {
      if (wanted === 'closed') await close(server);
      else if (health === 'closed') await listen(server, site.address);
      health = wanted;
    },
  };
}

async function listen(server: Server, address: string): Promise<void> {
  server.listen(80, address);
  await once(server, 'listening');
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
