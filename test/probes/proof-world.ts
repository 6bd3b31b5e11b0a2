import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach } from 'vitest';
import type { Configuration, ScheduledCheck, System } from '../../model/configuration.ts';
import { judgeProof } from '../../model/judge/proof.ts';
import type { LineCondition } from '../../model/own-trouble.ts';
import type { Clock } from '../../model/ports.ts';
import { createNames } from '../../probes/exchange/names/names.ts';
import { createCheckRunner } from '../../probes/line/check-runner.ts';
import { gatherProof } from '../../probes/line/gather-proof.ts';
import type { LineRun } from '../../probes/line/line.ts';
import { createSystemLookup } from '../../probes/line/proof/system-lookup.ts';
import { createProving } from '../../probes/line/proving.ts';
import { type NameAnswer, nameFolder, startNameServer } from './name-server.ts';
import { demoAt } from './simulated.ts';

/**
 * `bad`: 500; `gone`: nobody listens; `mute`: never answers; `portal`: leads elsewhere;
 * `deaf`: nobody listens any more, and those who are connected hear nothing; `leads`: to its name
 * with `www.`, which is well.
 */
export type Mood = 'up' | 'leads' | 'bad' | 'gone' | 'mute' | 'portal' | 'deaf';

export interface ProofHost {
  /** Also the id of its system. */
  name: string;
  domain: string;
  address: string;
  neutral?: boolean;
}

/** The Date of answers: seconds, as RFC 9110 has it. */
const dated = () => `Date: ${new Date().toUTCString()}\r\n`;
const PAGE = '<title>well</title><p>well';
const ANSWERS: Partial<Record<Mood, string>> = {
  up: `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${PAGE.length}\r\n\r\n${PAGE}`,
  bad: 'HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n',
  portal: 'HTTP/1.1 302 Found\r\nLocation: http://portal.test/\r\nContent-Length: 0\r\n\r\n',
};

/** Hosts of a line, each at an address of its own, and who says what their names mean. */
export async function proofWorld(given: readonly ProofHost[], schedule = '*/30 * * * * *') {
  const hosts = await Promise.all(given.map((host) => startHost(host.address)));
  const dns = new Map<string, NameAnswer | 'silence'>();
  const names_server = await startNameServer((name, type) => {
    const host = given.find(({ domain }) => domain === name || `www.${domain}` === name);
    const known = type === 'A' && host ? { addresses: [host.address] } : null;
    return dns.get(name) ?? dns.get('*') ?? known ?? (host ? {} : { rcode: 3 });
  });
  const folder = nameFolder(`nameserver ${names_server.at}\n`);
  let skipped_ms = 0;
  let wrong_by_ms = 0;
  const clock: Clock = {
    now: () => Date.now() + wrong_by_ms,
    monotonic: () => performance.now() + skipped_ms,
  };
  const names = createNames({ files: folder.files, prefersIpv6: () => false });
  const configuration = configurationOf(given, hosts, schedule);
  const checks = createCheckRunner({ configuration, installation: 'test', clock, names });
  const conditions: LineCondition[] = [];
  const runs: string[] = [];
  const found_by_system = new Set<string>();
  const without_route = new Set<string>();
  const gatherer = gatherProof({
    configuration,
    checks: {
      run(check, slot_at) {
        if (given.some(({ name, neutral }) => name === check && neutral)) runs.push(check);
        return checks.run(check, slot_at);
      },
    },
    names,
    clock,
    changed: (condition) => conditions.push(condition),
    loopback: ['127.0.0.1/32'],
    name_limit_ms: 1_000,
    hasRoute: async (address) => !without_route.has(address),
    system_lookup: createSystemLookup({
      find: async (name) => {
        if (!found_by_system.has(name)) throw new Error('ENOTFOUND');
      },
    }),
  });

  /** Runs the check of a host, changes what it found, and judges that by its proof. */
  async function runAs(name: string, found: Partial<LineRun>) {
    const check = configuration.checks.find(({ id }) => id === name) as ScheduledCheck;
    const slot_at = clock.now();
    const measured = await checks.run(name, slot_at);
    const result = {
      ...measured,
      ...found,
      check: name,
      slot_at,
      confirming: false,
      simulated: false,
      proof: null,
    };
    const ended = { check, result, ended_at_ms: clock.monotonic(), loop_delay_ms: 0 };
    const proving = createProving(gatherer, () => 10_000);
    if (result.outcome === 'ok') {
      const { outcome, reason } = await proving.judge(ended);
      return { outcome, reason, proof: null, perhaps: false };
    }
    gatherer.note(ended);
    const proof = await gatherer.proofFor(ended);
    const judged = judgeProof({ ...result, proof }, check.deadline_ms);
    const { outcome, reason } = judged.result;
    return { outcome, reason, proof, perhaps: judged.is_perhaps_ours };
  }

  return {
    /** Runs the check of a host, and judges it by its proof. */
    run: (name: string) => runAs(name, {}),
    runAs,
    conditions,
    /** The checks of neutral hosts that were asked for a proof. */
    runs,
    dns,
    found_by_system,
    /** Addresses to which the kernel says to have no route. */
    without_route,
    /** Our clock is wrong by so much. */
    setClock(by_ms: number) {
      wrong_by_ms = by_ms;
    },
    asked: names_server.asked,
    /** Connections taken by a host. */
    taken: (name: string) => hosts[indexOf(name)]?.taken() ?? 0,
    async mood(names_of: string | readonly string[], mood: Mood) {
      for (const name of [names_of].flat()) await hosts[indexOf(name)]?.mood(mood);
    },
    later(ms: number) {
      skipped_ms += ms;
    },
    async close() {
      for (const host of hosts) await host.mood('gone');
      await names_server.close();
      folder.remove();
    },
  };

  function indexOf(name: string): number {
    return given.findIndex((it) => it.name === name);
  }
}

/** Makes worlds that end with their test; to be called once in a file. */
export function useProofWorlds() {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });
  return async (...of: Parameters<typeof proofWorld>) => {
    const made = await proofWorld(...of);
    ends.push(made.close);
    return made;
  };
}

/** A host of an owner of its own, in a network of its own. */
export function proofHost(name: string, n: number, neutral = false): ProofHost {
  return { name, domain: `${name}-a.com`, address: `127.${n}.0.1`, neutral };
}

/** A server that can go and come back at its port. */
async function startHost(address: string) {
  const open = new Set<Socket>();
  let mood: Mood = 'up';
  let taken = 0;
  let server: Server | null = null;
  let port = 0;

  function serve(socket: Socket): void {
    taken += 1;
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    socket.once('data', (head) => {
      const answer = mood === 'leads' ? leadToWww(head.toString()) : ANSWERS[mood];
      if (answer !== undefined) socket.end(answer.replace('\r\n', `\r\n${dated()}`));
    });
  }
  async function listen(): Promise<void> {
    const opened = createServer(serve);
    await new Promise<void>((resolve) => opened.listen(port, address, resolve));
    port = (opened.address() as AddressInfo).port;
    server = opened;
  }
  await listen();
  return {
    port: () => port,
    taken: () => taken,
    async mood(next: Mood) {
      mood = next;
      if (next !== 'deaf') for (const socket of open) socket.destroy();
      const gone = server;
      const is_listening = next !== 'gone' && next !== 'deaf';
      if (!is_listening && gone !== null) {
        server = null;
        const closed = new Promise((done) => gone.close(done));
        if (next === 'gone') await closed;
      } else if (is_listening && server === null) {
        await listen();
      }
    },
  };
}

function leadToWww(head: string): string | undefined {
  const host = /^host: (\S+)/im.exec(head)?.[1] ?? '';
  if (host.startsWith('www.')) return ANSWERS.up;
  return `HTTP/1.1 302 Found\r\nLocation: http://www.${host}/\r\nContent-Length: 0\r\n\r\n`;
}

function configurationOf(
  given: readonly ProofHost[],
  hosts: readonly { port(): number }[],
  schedule: string,
): Configuration {
  const name = { 'zh-CN': 'x', en: 'x' };
  return {
    ...demoAt('http://127.0.0.1'),
    systems: given.map(
      ({ name: id, domain, neutral = false }, n): System => ({
        id,
        name,
        driver: 'web',
        environment: 'production',
        url: `http://${domain}:${hosts[n]?.port()}`,
        settings: {},
        ca: null,
        neutral,
      }),
    ),
    checks: given.map(({ name: id }) => ({
      id,
      system: id,
      line: 'local',
      function: 'reach',
      schedule,
      zone: 'UTC',
      deadline_ms: 600,
      options: { title: 'well' },
    })),
  };
}
