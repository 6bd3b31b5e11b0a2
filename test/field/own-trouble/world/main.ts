import { command } from '../command.ts';
import { type NameServer, startNameServer } from './dns.ts';
import { type SiteServer, serveSite } from './servers.ts';
import { NAME_SERVER } from './sites.ts';
import type { Ask } from './world.ts';

/** The process at the other end of the line: it is told what to do, and tells what it saw. */

const servers = new Map<string, SiteServer>();
let names: NameServer | null = null;

process.on('message', ({ id, ask }: { id: number; ask: Ask }) => {
  void obey(ask).then(
    () => process.send?.({ id, error: null }),
    (error: Error) => process.send?.({ id, error: error.message }),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });

async function obey(ask: Ask): Promise<void> {
  if (ask.what === 'serve') {
    const { device, address, sites } = ask;
    command('ip', 'link', 'set', 'lo', 'up');
    command('ip', 'link', 'set', device, 'up');
    command('ip', 'addr', 'add', `${address}/24`, 'dev', device);
    for (const it of [NAME_SERVER, ...sites.map((site) => site.address)])
      command('ip', 'addr', 'add', `${it}/32`, 'dev', device);
    names = await startNameServer(NAME_SERVER, new Map(sites.map((it) => [it.host, it.address])));
    for (const site of sites)
      servers.set(site.id, await serveSite(site, (seen) => process.send?.({ seen })));
  }
  if (ask.what === 'become') await servers.get(ask.site)?.become(ask.health);
  if (ask.what === 'names' && names !== null) {
    names.mode = ask.mode;
    names.hung = new Set(ask.hung);
  }
  if (ask.what === 'mute') {
    // What is asked arrives; no answer finds its way back.
    command('ip', 'route', ask.on ? 'add' : 'del', 'blackhole', `${ask.address}/32`);
  }
}
