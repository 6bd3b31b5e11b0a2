import { registeredChecks, siteOf } from '../../collector/state/site.ts';
import type { Signer } from '../../model/ports.ts';
import type { LineBatch, LineResult } from '../../probes/line/batch.ts';
import { loadStates } from '../../status-page/overview/components.ts';
import { StoreFull } from '../../store/errors.ts';
import { openStore, openStoreReader } from '../../store/sqlite/open.ts';
import type { Store } from '../../store/store.ts';
import { createAnswers } from './answers.ts';
import { startCollecting } from './collecting.ts';
import { createEvents } from './events.ts';
import { startMonthLine } from './line.ts';
import type { Lived, LivedFinding, Sample } from './lived.ts';
import type { Finding, Stretch } from './oracle/facts.ts';
import { createMonthReader, type Read, type Sent } from './reader.ts';
import { AGENT, COMPONENTS_OF_MONTH, MINUTE_MS, monthConfiguration } from './site.ts';
import type { Blindness, Truth } from './truth.ts';
import { createWindows } from './windows.ts';

type Collecting = Awaited<ReturnType<typeof startCollecting>>;

interface HandedOver {
  result: LineResult;
  finding: Finding;
}

export interface DriveParts {
  truth: Truth;
  path: string;
  /** Between looks at time; a collector looks every second. */
  tick_ms: number;
  /** Between two times that all is read while no state changes. */
  read_every_ms: number;
  /** Of links in messages. */
  signer: Signer;
}

/** Lives through the truth with the real judge, recorder, upkeep and store. */
export async function liveThroughMonth(parts: DriveParts): Promise<Lived> {
  const { truth, path, tick_ms } = parts;
  const configuration = monthConfiguration();
  const real = await openStore({ path });
  await real.register(registeredChecks(siteOf(configuration)));
  const reader = await openStoreReader({ path });
  const events = createEvents();
  const steps: { at: number; by_ms: number }[] = [];
  const set_back: Lived['set_back'] = [];
  let [at, asleep_ms, offset_ms] = [truth.from, 0, 0];
  let [is_full, is_asleep, is_agent_away] = [false, false, false];
  const running: { collecting: Collecting | null } = { collecting: null };
  const clock = { now: () => at + offset_ms, monotonic: () => at - asleep_ms };
  const refuses = () => Promise.reject(new StoreFull(path, 'as if'));
  const store: Store = { ...real, record: (it) => (is_full ? refuses() : real.record(it)) };
  const findings: LivedFinding[] = [];
  const blind: Stretch[] = [];
  const unwritable: Stretch[] = [];
  const samples: Sample[] = [];
  const reads: Read[] = [];
  const sent: Sent[] = [];
  const somebody = await createMonthReader({
    ...{ store: real, reader, configuration, signer: parts.signer, path, clock },
  });
  const meters: Lived['meters'][number][] = [];
  const errors: object[] = [];
  /** Handed over, and not recorded yet; kept by the agent. */
  let unrecorded: { recorded: Promise<void>; findings: LivedFinding[] }[] = [];
  let kept: HandedOver[] = [];
  const windows = createWindows({ store, now: clock.now, windows: truth.windows });
  const answers = createAnswers(truth);
  const confirmations = new Map<string, number>();
  const line = startMonthLine({
    checks: COMPONENTS_OF_MONTH.flatMap(({ component, checks }) =>
      checks.map((facts) => ({ component, facts })),
    ),
    now: clock.now,
    at: (wall, happen) => events.add(wall - offset_ms, happen),
    answer: (component, check) => answers(component, check, at),
    handOver: (result, { found }) => {
      const { check, slot_at } = result.result;
      return handOver({ result, finding: { check, slot_at, found } });
    },
    confirmations,
  });

  for (const it of truth.blindness) {
    events.add(it.from, () => begin(it));
    events.add(it.to, () => end(it));
  }
  await windows.act();
  await start();
  everyTick();
  everyMinute();
  for (;;) {
    const next = events.next();
    if (next === null || next.at >= truth.to) break;
    at = next.at;
    await next.happen();
  }
  at = truth.to;
  await running.collecting?.recorder.time();
  line.stop();
  errors.push(...(running.collecting?.errors() ?? []));
  await running.collecting?.stop();
  const ended_at = clock.now();
  somebody.close();
  await reader.close();
  await real.close();
  const wallAt = (instant: number) =>
    instant + steps.reduce((sum, it) => sum + (it.at <= instant ? it.by_ms : 0), 0);
  return {
    path,
    findings,
    windows: windows.lived,
    set_back,
    blind,
    unwritable,
    samples,
    reads,
    sent,
    meters,
    ended_at,
    wallAt,
    errors,
  };

  async function start(): Promise<void> {
    running.collecting = await startCollecting({
      store,
      configuration,
      signer: parts.signer,
      clock,
      timeSinceBoot: () => at,
      judged({ result, confirmations: k }) {
        if (confirmations.get(result.check) === k) return;
        confirmations.set(result.check, k);
        line.setConfirmations(result.check, k);
      },
    });
    meters.push(running.collecting.meters);
  }

  function everyTick(): void {
    events.add(at + tick_ms, async () => {
      if (!is_asleep) {
        await windows.act();
        await running.collecting?.recorder.time().catch(unlessFull);
        sent.push(...(await somebody.messages({ true_at: at, at: clock.now() })));
      }
      everyTick();
    });
  }

  /** As the ticker of the collector takes it. */
  function unlessFull(error: unknown): void {
    if (!(error instanceof StoreFull)) throw error;
  }

  function everyMinute(): void {
    events.add(at + MINUTE_MS, async () => {
      // After all else of this instant: what happens in it is known in it.
      events.add(at, sample);
      everyMinute();
    });
  }

  async function sample(): Promise<void> {
    const can_record = !is_full && !is_asleep;
    if (can_record) await running.collecting?.upkeep.run();
    if (can_record) await running.collecting?.recorder.time();
    const states = await loadStates(reader, clock.now());
    const seen = {
      true_at: at,
      at: clock.now(),
      states: new Map(states.map(({ id, state }) => [id, state])),
      metrics: can_record && running.collecting ? new Map(running.collecting.meters.states) : null,
    };
    if (isToBeRead(seen)) reads.push(await somebody.read({ true_at: at, at: clock.now() }));
    samples.push(seen);
  }

  /** Now and then, and whenever a state is another one than a minute ago. */
  function isToBeRead({ true_at, states }: Sample): boolean {
    const [last, before] = [reads.at(-1), samples.at(-1)];
    if (last === undefined || true_at - last.true_at >= parts.read_every_ms) return true;
    return [...states].some(([id, state]) => before?.states.get(id) !== state);
  }

  async function handOver(one: HandedOver): Promise<void> {
    if (running.collecting === null) return;
    if (is_agent_away && isOfAgent(one.finding.check)) return void kept.push(one);
    await record([one]);
  }

  async function record(some: readonly HandedOver[]): Promise<void> {
    const its = some.map(({ finding, result: { result } }) => ({
      ...finding,
      duration_ms: result.duration_ms,
      known_at: at,
      void_at: null,
    }));
    findings.push(...its);
    await give({ results: some.map((it) => it.result) }, its);
  }

  async function give(batch: Partial<LineBatch>, its: LivedFinding[] = []): Promise<void> {
    const all = { results: [], gaps: [], steps: [], conditions: [], ...batch };
    const recorded = running.collecting?.recorder.batch(all) ?? Promise.resolve();
    if (is_full) unrecorded.push({ recorded, findings: its });
    else await recorded;
  }

  async function begin({ kind }: Blindness): Promise<void> {
    if (kind === 'stop') await running.collecting?.stop();
    if (kind === 'kill' || kind === 'stop') {
      line.stop();
      errors.push(...(running.collecting?.errors() ?? []));
      running.collecting = null;
    }
    if (kind === 'sleep') {
      is_asleep = true;
      line.stop();
    }
    if (kind === 'disk') is_full = true;
    if (kind === 'agent') is_agent_away = true;
  }

  async function end({ kind, from, to, by_ms }: Blindness): Promise<void> {
    const slept_ms = to - from;
    if (kind === 'kill' || kind === 'stop' || kind === 'sleep' || kind === 'ours')
      blind.push({ from: from + offset_ms, to: to + offset_ms });
    if (kind === 'kill' || kind === 'stop') {
      await start();
      line.restart();
    }
    if (kind === 'sleep') {
      is_asleep = false;
      asleep_ms += slept_ms;
      const now = clock.now();
      await give({ gaps: [{ from: now - slept_ms, to: now, cause: 'suspended' }] });
      line.restart();
    }
    if (kind === 'disk') {
      unwritable.push({ from: from + offset_ms, to: to + offset_ms });
      is_full = false;
      await running.collecting?.recorder.time();
      await Promise.all(unrecorded.map(({ recorded }) => recorded));
      for (const it of unrecorded.flatMap((one) => one.findings)) it.known_at = at;
      unrecorded = [];
    }
    if (kind === 'agent') {
      is_agent_away = false;
      const late = kept;
      kept = [];
      if (late.length > 0) await record(late);
    }
    if (kind === 'forth' || kind === 'back') await setClock(kind === 'forth' ? by_ms : -by_ms);
  }

  async function setClock(by_ms: number): Promise<void> {
    const before = clock.now();
    offset_ms += by_ms;
    steps.push({ at, by_ms });
    const now = clock.now();
    if (by_ms > 0) blind.push({ from: before, to: now });
    else {
      voidAfter(now);
      set_back.push({ at: now, by_ms: -by_ms, true_at: at });
    }
    const gaps = by_ms > 0 ? [{ from: before, to: now, cause: 'clock' as const }] : [];
    await give({ gaps, steps: [{ at: now, by_ms }] });
    line.restart();
  }

  /** What was measured of a time that is measured again does not count. */
  function voidAfter(wall: number): void {
    for (const it of findings) if (it.slot_at > wall) it.void_at ??= at;
  }
}

function isOfAgent(check: string): boolean {
  return COMPONENTS_OF_MONTH.some(({ checks }) =>
    checks.some((it) => it.check === check && it.line === AGENT),
  );
}
