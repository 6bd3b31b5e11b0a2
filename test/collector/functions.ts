import { vi } from 'vitest';
import type { LiveState } from '../../collector/state/live-state.ts';
import { createWords } from '../../messages/catalogue.ts';
import { incidentTitle } from '../../messages/incidents.ts';
import { type Configuration, isScheduled } from '../../model/configuration.ts';
import { statusNow } from '../../model/incident/told.ts';
import { SECOND } from '../../model/time.ts';
import { componentId, type InvoiceFunction } from '../../model/vocabulary.ts';
import { loadBadTimes } from '../../status-page/overview/bad-times.ts';
import { toIncidentView } from '../../status-page/overview/overview.ts';
import { configuration, START } from './configuration.ts';
import { query } from './judged-site.ts';
import { aBatch, dated, openSiteStore, resumeRecorder } from './recording.ts';
import type { Measured } from './two-checks.ts';
import { stopTime } from './world.ts';

const EVERY_S = 10;
type Measurable = Exclude<InvoiceFunction, 'sync'>;
type MeasuredOf = Partial<Record<Measurable, Measured>>;
const words = createWords({ locale: 'zh-CN', zone: 'Asia/Shanghai', now: () => START });

/** A bureau with a check of each function every 10 s; changes settle for a minute. */
function bureauOf(functions: readonly Measurable[]): Configuration {
  const settings = configuration({ settle_ms: 60 * SECOND, resolve_after_ms: 300 * SECOND });
  const [of_query] = settings.checks.filter(isScheduled).filter(({ id }) => id === 'bureau-query');
  const policy = settings.policies['bureau.query'];
  if (!of_query || !policy) throw new Error('the bureau has a query');
  return {
    ...settings,
    checks: functions.map((fn) => ({ ...of_query, id: `bureau-${fn}`, function: fn })),
    policies: Object.fromEntries(functions.map((fn) => [componentId('bureau', fn), policy])),
  };
}

/** Functions of a system that are measured slot by slot, in seconds since the start. */
export async function startFunctions(first: readonly Measurable[]) {
  stopTime();
  let functions = first;
  let settings = bureauOf(functions);
  const { store } = await openSiteStore(settings);
  let now = await resumeRecorder(store, settings);
  const until = (s: number) => new Date(START + s * SECOND);
  function resultsAt(s: number, measured: MeasuredOf) {
    return functions.flatMap((fn) => {
      const found = measured[fn] === undefined ? {} : measured[fn];
      const slot_at = START + s * SECOND;
      return found ? [dated(query(slot_at, { check: `bureau-${fn}`, ...found }), 28_000)] : [];
    });
  }
  return {
    store,
    live: (): LiveState => now.live,
    /** Each function at its slots from `from` to before `to`; well where nothing is said. */
    async measure(from: number, to: number, measured: MeasuredOf) {
      for (let s = from; s < to; s += EVERY_S) {
        vi.setSystemTime(until(s + 0.2));
        const results = resultsAt(s, measured);
        await now.recorder.batch(aBatch({ results }));
        for (let later = 0; later < EVERY_S; later += 1) {
          vi.setSystemTime(until(s + later + 0.7));
          await now.recorder.time();
        }
      }
    },
    /** The clock is set, by so many seconds. */
    async setClock(at: number, by: number) {
      const step = { at: START + (at + by) * SECOND, by_ms: by * SECOND };
      const gap = { from: START + at * SECOND, to: step.at, cause: 'clock' } as const;
      vi.setSystemTime(step.at);
      await now.recorder.batch(aBatch({ steps: [step], gaps: by > 0 ? [gap] : [] }));
    },
    /** A collector that was away, and measures other functions since; the notices of its start. */
    async restart(from: number, to: number, next: readonly Measurable[]) {
      await now.recorder.stop(Date.now());
      vi.setSystemTime(until(to));
      functions = next;
      settings = bureauOf(next);
      now = await resumeRecorder(store, settings);
      await now.recorder.start();
      await now.recorder.gap({
        from: START + from * SECOND,
        to: START + to * SECOND,
        cause: 'restart',
      });
      return (now.resumed.notices ?? []).map(({ kind }) => kind);
    },
    /** What the page says of each incident, oldest first. */
    async incidents() {
      const known = (await store.incidents({ limit: 20 })).toReversed();
      const times = await loadBadTimes(store, known, Date.now());
      const components = (await store.components()).map((it) => ({ ...it, id: it.component }));
      return known.map((incident) => {
        const about = { configuration: settings, components, incidents: known, bad_times: times };
        const view = toIncidentView(incident, about);
        return {
          title: incidentTitle(view, { system_name: view.system_name, line_name: null }, words),
          shown: statusNow(view),
          status: incident.status,
          impact: incident.impact,
          updates: incident.updates.map(({ code, told, affected, created_at }) => {
            const what = affected.map((it) => `${it.component.slice(7)}: ${it.from} to ${it.to}`);
            const s = Math.floor((created_at - START) / SECOND);
            return [`${s} ${code}${told ? ' told' : ''}`, ...what].join(', ');
          }),
        };
      });
    },
  };
}
