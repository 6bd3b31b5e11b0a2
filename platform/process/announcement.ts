import { originOf, PRIVATE_HOST } from '../config/addresses.ts';
import { print } from '../console.ts';

/** Ports by name, as a process reports them. */
type Ports = Readonly<Record<string, number>>;

/** Addresses of the running processes. */
export interface Running {
  /** Host the page listens on. */
  host: string;
  page: Ports;
  /** What is before every path of the page (`basePath`). */
  base_path: string;
  collector: Ports;
  notifier: Ports;
  /** null when ingest is off. */
  ingest_url: string | null;
  /** null outside the demo. */
  simulator_url: string | null;
}

/** Prints the addresses once everything runs. */
export function printStartup(running: Running): void {
  const { simulator_url, ingest_url } = running;
  const origin = originOf(running.host, running.page.page ?? 0);
  const page = `${origin}${running.base_path}`;
  const metrics = [running.collector, running.page, running.notifier].map(
    (ports) => `${originOf(PRIVATE_HOST, ports.private ?? 0)}/metrics`,
  );
  const demo = simulator_url === null ? '' : ' (demo: the systems are simulated)';
  const drills = `${simulator_url}/pinduoduo/drills  ${simulator_url}/beijing/drills`;
  printBlock([
    `Piaokuang 票况${demo}`,
    `page     ${page}/`,
    `admin    ${page}/admin`,
    `metrics  ${metrics.join('  ')}`,
    ...(ingest_url === null ? [] : [`events   ${ingest_url}/ingest/events`]),
    ...(simulator_url === null ? [] : [`drills   ${drills}`]),
    'stop     Ctrl-C',
  ]);
}

/** Prints a new administrator token; only its hash is stored. */
export function printAdminToken(token: string): void {
  printBlock([
    "Administrator's token, shown this once; keep it, or make a new one by npm run admin-token:",
    token,
  ]);
}

function printBlock(lines: readonly string[]): void {
  print(`\n${lines.map((line) => `  ${line}\n`).join('')}`);
}
