import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { MINUTE } from '../../../model/time.ts';
import { openStore } from '../../../store/sqlite/open.ts';
import { PICKED_PORTS } from '../../picked-ports.ts';
import { createRandom } from '../../random.ts';
import { mountDisk } from '../injuring/disk.ts';
import { type Injury, injuries, wordsOf } from '../injuring/injuries.ts';
import { obeyOrders, signal } from '../injuring/orders.ts';
import { answering, sleep, strike } from '../injuring/strike.ts';
import { dataFolder } from '../installation.ts';
import { startMoodyMailServer } from './mail-server.ts';
import { comesWithStart, TELLING_EXTENT, TELLING_PAIRS } from './places.ts';
import { type HandedOver, handedOverWhileWell } from './promptness.ts';
import {
  HOOK_OPERATOR,
  MAIL_OPERATOR,
  MAIL_READERS,
  readerAt,
  SECRETS,
  subscribeAll,
  tellingConfig,
} from './site.ts';
import { startTeller, type Teller } from './teller.ts';
import { compareTold, type Got, type ToldReport, type WrittenMatter } from './told.ts';
import { HOSTS, startMoodyHost } from './webhook-hosts.ts';
import { countPending, readWritten, strangersAmong } from './written.ts';

/**
 * Injures a notifier at named steps between a notice and what becomes of it, while there is always
 * something to tell and receivers have something against it by turns; compares what was written
 * with what each of them got. Where no disk can be mounted for it, none is filled, and the report
 * says so.
 */

const ROUNDS_A_STORM = 10;
/** Between two injuries; after some of them so long that mails may come while nothing is broken. */
const CALM_MS = [500, 500, 6_000];
/** What waits for its next try after many that failed. */
const SETTLED_WITHIN_MS = 15 * MINUTE;
/** So that nothing is sent while the notifier stops. */
const ENDS_WITHIN_MS = MINUTE;

const LAST_TROUBLES = 20;

export interface TellingReport extends ToldReport {
  struck: Injury[];
  /** Those whose step did not come in time. */
  in_vain: Injury[];
  /** Why no disk was filled; null: any could be. */
  disk_refusal: string | null;
  notices: number;
  strangers: number;
  /** What was neither sent nor given up when all receivers had been well for long. */
  pending: number;
  /** Mails of outages while nothing was broken for their receiver. */
  handed_over: HandedOver[];
  /** Messages about ourselves that no row has. */
  told_directly: number;
}

export async function runTellingMatrix(rounds: number, seed: number): Promise<TellingReport> {
  const random = createRandom(seed);
  const folder = dataFolder();
  const disk = mountDisk(join(folder.data_dir, 'disk'));
  const orders = join(folder.data_dir, 'orders');
  mkdirSync(orders);
  const ballast = join(disk.path, 'ballast');
  const running: { notifier: Supervised | null } = { notifier: null };
  const victimOf = () => running.notifier?.pid() ?? Number.NaN;
  const obeying = obeyOrders({ folder: orders, ballast, name: 'receivers', victimOf });
  const { pass } = obeying;
  const told: { teller: Teller | null } = { teller: null };
  const startOf = (ref: string) => told.teller?.startOf(ref) ?? null;
  const seen = { random, pass, startOf };
  const mails = await startMoodyMailServer(seen);
  const hosts = await Promise.all(
    HOSTS.map((name) => startMoodyHost({ ...seen, name, who: readerAt(name) })),
  );
  const on_call = await startMoodyHost({ ...seen, name: 'hangs', who: HOOK_OPERATOR });
  const config = join(folder.data_dir, 'telling.yaml');
  const allowed = [...hosts, on_call].map(({ host }) => host);
  writeFileSync(config, tellingConfig({ smtp_port: mails.port, operator: on_call.url, allowed }));
  const path = join(disk.path, 'piaokuang.db');
  const store = await openStore({ path });
  await subscribeAll(store, hosts);
  const notifier = await startSupervised({ data_dir: disk.path, config, orders, ballast });
  running.notifier = notifier;
  const teller = startTeller(store, random);
  told.teller = teller;
  const troubles: { from: number; to: number }[] = [];
  const struck: Injury[] = [];
  const in_vain: Injury[] = [];
  const possible = TELLING_PAIRS.filter(({ action }) => action !== 'full' || !disk.refusal);
  const series = injuries(possible, TELLING_EXTENT, random);
  try {
    for (let n = 0; struck.length < rounds; n += 1) {
      if (n % ROUNDS_A_STORM === 0) teller.storm();
      const injury = series.next().value;
      const from = Date.now();
      const is_killed_before = comesWithStart(injury);
      if (is_killed_before) signal(victimOf(), 'SIGKILL');
      const happened = await strike(injury, { orders, ballast });
      (happened === null ? in_vain : struck).push(injury);
      await answering([notifier.origin]).catch((error) => {
        throw new Error(`${error.message} after ${wordsOf(injury)}\n${notifier.troubles()}`);
      });
      const to = Date.now();
      if (happened !== null) troubles.push({ from: is_killed_before ? from : happened.at, to });
      if (in_vain.length > struck.length + possible.length) throw new Error('no step comes');
      await sleep(CALM_MS[n % CALM_MS.length] ?? 0);
    }
    await teller.stop();
    for (const { moods } of [mails, on_call, ...hosts]) moods.calm();
    const give_up_at = Date.now() + SETTLED_WITHIN_MS;
    const pending = () => countPending(path, Date.now() + ENDS_WITHIN_MS);
    while (pending() > 0 && Date.now() < give_up_at) await sleep(500);
    await notifier.stop();
    const by_webhook = hosts.map(({ who }) => who);
    const written = readWritten({ path, by_webhook });
    const got = [mails, on_call, ...hosts].flatMap((it) => it.got);
    const { recorded, direct } = apart(got, new Set(written.map(({ ref }) => ref)));
    return {
      ...compareTold([...written, ...mattersOf(direct)], [...recorded, ...direct]),
      struck,
      in_vain,
      disk_refusal: disk.refusal,
      notices: written.reduce((sum, { notices }) => sum + notices.length, 0),
      strangers: strangersAmong(written),
      pending: countPending(path),
      handed_over: handedOverWhileWell({
        written,
        got: mails.got,
        moods: mails.moods.spans,
        troubles,
        readers: Object.keys(MAIL_READERS).slice(0, 3),
      }),
      told_directly: direct.length,
    };
  } finally {
    await notifier.kill();
    obeying.stop();
    await store.close().catch(() => {});
    for (const { moods, stop } of [mails, on_call, ...hosts]) {
      moods.calm();
      stop();
    }
    disk.unmount();
    folder.remove();
  }
}

/** What operators were told without the database, and what mails say of channels without an id. */
function apart(got: readonly Got[], refs: ReadonlySet<string>) {
  const isOperators = ({ who }: Got) => who === MAIL_OPERATOR || who === HOOK_OPERATOR;
  const isDirect = (it: Got) =>
    isOperators(it) && it.tells.length === 1 && it.tells.every(({ ref }) => !refs.has(ref));
  const recorded = got
    .filter((it) => !isDirect(it))
    .map((it) =>
      it.who === MAIL_OPERATOR
        ? { ...it, tells: it.tells.filter(({ ref }) => ref.startsWith('alert')) }
        : it,
    );
  return { recorded, direct: got.filter(isDirect) };
}

/** Of ourselves: told to whom it was told, once by each message. */
function mattersOf(direct: readonly Got[]): WrittenMatter[] {
  const by_ref = Map.groupBy(direct, ({ tells }) => tells[0]?.ref ?? '');
  return [...by_ref].map(([ref, its]) => ({
    ref,
    subject: 'own',
    notices: [],
    started_at: null,
    audience: [...new Set(its.map(({ who }) => who))],
    is_put_off: false,
  }));
}

interface SupervisedParts {
  data_dir: string;
  config: string;
  orders: string;
  ballast: string;
}

type Supervised = Awaited<ReturnType<typeof startSupervised>>;

async function startSupervised({ data_dir, config, orders, ballast }: SupervisedParts) {
  const injury = pathToFileURL(join(import.meta.dirname, '../injuring/injury.ts')).href;
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'supervised.ts'), '--config', config],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        ...process.env,
        ...PICKED_PORTS,
        ...SECRETS,
        DATA_DIR: data_dir,
        NODE_OPTIONS: `--import=${injury}`,
        INJURIES: orders,
        INJURY_BALLAST: ballast,
      },
    },
  );
  const { promise: origin, resolve, reject } = Promise.withResolvers<string>();
  let pid = Number.NaN;
  const troubles: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (/"level":"(?:warn|error)"/.test(line)) troubles.push(line);
    if (!line.includes('"msg":"ready"')) return;
    const [, port] = /"private":(\d+)/.exec(line) ?? [];
    pid = Number(/"child":"notifier","pid":(\d+)/.exec(line)?.[1]);
    resolve(`http://127.0.0.1:${port}`);
  });
  const gone = once(child, 'exit');
  void gone.then(([code]) => reject(new Error(`it ended with ${code}`)));
  return {
    origin: await origin,
    /** Of the process that was ready last. */
    pid: () => pid,
    /** What it logged last that was not well. */
    troubles: () => troubles.slice(-LAST_TROUBLES).join('\n'),
    async stop() {
      child.stdin.end();
      await gone;
    },
    async kill() {
      child.stdin.destroy();
      if (child.exitCode === null && child.signalCode === null) await gone;
    },
  };
}
