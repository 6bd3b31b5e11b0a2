import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.ts';
import { NAME_SERVER, type Site } from './world/sites.ts';
import type { World } from './world/world.ts';

/**
 * A line that can truly be cut: the network of this process, which `unshare` made empty, and the
 * world's, joined by a pair of devices. Nothing of the machine's own network is touched.
 */
export interface CuttableLine {
  /** Our device is down: whatever is asked fails at once. */
  unplug(): void;
  /** What we send arrives, and no answer comes back: everything is silent. */
  mute(): Promise<void>;
  restore(): Promise<void>;
}

const OURS = { device: 'line', address: '11.0.0.2' };
const THEIRS = { device: 'world', address: '11.0.0.1' };

export async function layLine(world: World, sites: Site[]): Promise<CuttableLine> {
  command('ip', 'link', 'set', 'lo', 'up');
  command('ip', 'link', 'add', OURS.device, 'type', 'veth', 'peer', 'name', THEIRS.device);
  command('ip', 'link', 'set', THEIRS.device, 'netns', String(world.pid));
  command('ip', 'addr', 'add', `${OURS.address}/24`, 'dev', OURS.device);
  await world.ask({ what: 'serve', ...THEIRS, sites });
  plug();

  let cut: 'unplugged' | 'muted' | null = null;
  return {
    unplug() {
      command('ip', 'link', 'set', OURS.device, 'down');
      cut = 'unplugged';
    },
    async mute() {
      await world.ask({ what: 'mute', on: true, address: OURS.address });
      cut = 'muted';
    },
    async restore() {
      if (cut === 'unplugged') plug();
      if (cut === 'muted') await world.ask({ what: 'mute', on: false, address: OURS.address });
      cut = null;
    },
  };
}

function plug(): void {
  command('ip', 'link', 'set', OURS.device, 'up');
  command('ip', 'route', 'replace', 'default', 'via', THEIRS.address);
}

/** Puts the world's name server, and no name besides localhost, into this process's /etc. */
export function useWorldsNames(folder: string): void {
  bind(folder, '/etc/resolv.conf', `nameserver ${NAME_SERVER}\n`);
  bind(folder, '/etc/hosts', '127.0.0.1 localhost\n');
}

function bind(folder: string, path: string, text: string): void {
  const own = join(folder, path.replaceAll('/', '-').slice(1));
  writeFileSync(own, text);
  command('mount', '--bind', own, path);
}
