import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { INSTRUMENTS, MEASURED_PROCESSES } from '../../platform/telemetry/instruments.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';

describe.each(MEASURED_PROCESSES)('the metrics of the %s', (process_name) => {
  it('have nothing that promtool objects to, with every instrument in use', async () => {
    const telemetry = createTelemetry(process_name);
    for (const { name, type, labels } of INSTRUMENTS[process_name]) {
      const values = Object.fromEntries(labels.map((label) => [label, 'x']));
      if (type === 'counter') telemetry.count(name, values);
      if (type === 'gauge') telemetry.gauge(name, values, 1);
      if (type === 'histogram') telemetry.observe(name, values, 1);
    }
    const text = await telemetry.text();
    for (const { name } of INSTRUMENTS[process_name]) expect(text).toContain(`\n${name}`);
    expect(execFileSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' })).toBe(
      '',
    );
  });

  it('have buckets in rising order and no name twice', () => {
    const names = INSTRUMENTS[process_name].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { type, buckets = [] } of INSTRUMENTS[process_name]) {
      expect(buckets.length > 0).toBe(type === 'histogram');
      expect(buckets).toEqual(buckets.toSorted((a, b) => a - b));
    }
  });
});

describe('telemetry', () => {
  const channel = { channel: 'log' };

  it('refuses names and labels that are not in the table, and the wrong kind', () => {
    const telemetry = createTelemetry('notifier');
    expect(() => telemetry.count('fapiao_nothing_total', {})).toThrow('no counter named');
    expect(() => telemetry.gauge('fapiao_notification_total', channel, 1)).toThrow('no gauge');
    expect(() => telemetry.count('fapiao_notification_total', { phone: '1' })).toThrow('phone');
    expect(() => telemetry.count('fapiao_check_total', {})).toThrow('no counter named');
  });

  it('counts, sets, and takes a gauge away again', async () => {
    const telemetry = createTelemetry('collector');
    const labels = { system: 'beijing', function: 'query' };
    telemetry.gauge('fapiao_function_state', labels, 3);
    const series = 'fapiao_function_state{system="beijing",function="query"} 3';
    expect(await telemetry.text()).toContain(series);
    telemetry.gauge('fapiao_function_state', labels, null);
    expect(await telemetry.text()).not.toContain(series);
  });

  it('says nothing about a gauge that was never set, instead of 0', async () => {
    const telemetry = createTelemetry('collector');
    const heartbeat = /^fapiao_collector_heartbeat_timestamp_seconds /m;
    expect(await telemetry.text()).not.toMatch(heartbeat);
    telemetry.gauge('fapiao_collector_heartbeat_timestamp_seconds', {}, 1.5);
    expect(await telemetry.text()).toMatch(heartbeat);
  });
});
