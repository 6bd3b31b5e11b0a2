import { expect, it } from 'vitest';
import { INSTRUMENTS, MEASURED_PROCESSES } from '../../platform/telemetry/instruments.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { textSamples } from '../otlp/receiver.ts';
import { runPython } from './python.ts';

/** Interface: `/metrics` in OpenMetrics. Outside: the parser of Prometheus' client for Python. */

interface ReadSample {
  name: string;
  labels: Record<string, string>;
  value: string;
  exemplar: { labels: Record<string, string>; value: number; timestamp: number } | null;
}

interface ReadFamily {
  name: string;
  type: string;
  help: string;
  samples: ReadSample[];
}

async function parsed(text: string): Promise<ReadFamily[]> {
  return JSON.parse(await runPython(['open_metrics.py'], { input: text }));
}

const TRACE = { trace_id: '0123456789abcdef0123456789abcdef', span_id: 'fedcba9876543210' };

/** Every instrument in use, with labels that have to be escaped, and two values in a histogram. */
function inUse(process_name: (typeof MEASURED_PROCESSES)[number], exemplar?: typeof TRACE) {
  const telemetry = createTelemetry(process_name);
  for (const { name, type, labels } of INSTRUMENTS[process_name]) {
    const values = Object.fromEntries(labels.map((label) => [label, 'a "b"\\\nc']));
    if (type === 'counter') telemetry.count(name, values, 2, exemplar);
    if (type === 'gauge') telemetry.gauge(name, values, Number.NaN);
    if (type === 'histogram') {
      telemetry.observe(name, values, 0.003, exemplar);
      telemetry.observe(name, values, 1e7, exemplar);
    }
  }
  return telemetry;
}

it.each(MEASURED_PROCESSES)('O8: the metrics of the %s are read strictly', async (process_name) => {
  const telemetry = inUse(process_name);
  const families = await parsed(await telemetry.openText());
  const read = new Map(families.map((it) => [it.name, [it.type, it.help]]));
  for (const { name, type, help } of INSTRUMENTS[process_name]) {
    const family = type === 'counter' ? name.replace(/_total$/, '') : name;
    expect([family, read.get(family)]).toEqual([family, [type, help]]);
  }
  const samples = families.flatMap((it) => it.samples);
  // Those of Node come and go, as that of its garbage collection.
  const names = (all: string[]) => [...new Set(all.filter((it) => /^(fapiao|probe)_/.test(it)))];
  const classic = (await telemetry.text()).match(/^\w+/gm) ?? [];
  expect(names(samples.map((it) => it.name))).toEqual(names(classic));
  const built = samples.find((it) => it.name === 'fapiao_build_info');
  expect(built?.labels).toHaveProperty('version');
});

it('O8: the text has the value of every series of the other', async () => {
  const telemetry = createTelemetry('notifier');
  telemetry.count('fapiao_notification_total', { channel: 'log', result: 'sent' }, 7);
  for (const seconds of [0.05, 0.2, 0.2, 1e7])
    telemetry.observe('fapiao_notification_delay_seconds', { channel: 'log' }, seconds);
  const families = await parsed(await telemetry.openText());
  const ours = families.filter(({ name }) => /^fapiao_notification/.test(name));
  const read = ours.flatMap(({ samples }) =>
    samples.map(({ name, labels, value }) => [seriesOf(name, labels), Number(value)]),
  );
  const classic = [...textSamples(await telemetry.text())].filter(([series]) =>
    /^fapiao_notification/.test(series),
  );
  expect(read.toSorted()).toEqual(classic.toSorted());
  expect(read.length).toBeGreaterThan(15);
});

it('O8: what is counted of a run has the ids of its trace, in this text only', async () => {
  const telemetry = inUse('collector', TRACE);
  const samples = (await parsed(await telemetry.openText())).flatMap((it) => it.samples);
  const lag = 'fapiao_collector_slot_lag_seconds_bucket';
  const shown = samples.flatMap(({ name, labels, exemplar }) =>
    name === lag && exemplar ? [[labels.le, exemplar.labels, exemplar.value]] : [],
  );
  expect(shown).toEqual([
    ['0.005', TRACE, 0.003],
    ['+Inf', TRACE, 1e7],
  ]);
  const counted = samples.find(({ name, value }) => name === 'fapiao_check_total' && value === '2');
  expect(counted?.exemplar).toMatchObject({ labels: TRACE, value: 2 });
  expect(await telemetry.text()).not.toContain(TRACE.trace_id);
});

it.each([
  ['no end', (text: string) => text.replace('# EOF\n', '')],
  [
    'a counter without its suffix',
    (text: string) => text.replace('fapiao_gap_total{', 'fapiao_gap{'),
  ],
  [
    'an exemplar on a gauge',
    (text: string) => text.replace(/^(fapiao_own_trouble.*)$/m, '$1 # {} 1'),
  ],
])('the parser itself refuses %s', async (_, spoil) => {
  const text = await inUse('collector').openText();
  const spoilt = spoil(text);
  expect(spoilt).not.toBe(text);
  await expect(parsed(spoilt)).rejects.toThrow('ValueError');
});

function seriesOf(name: string, labels: Record<string, string>): string {
  const pairs = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${name}{${pairs.map(([key, value]) => `${key}="${value}"`).join(',')}}`;
}
