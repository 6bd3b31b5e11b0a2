import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { ROOT } from '../tidy/repository.ts';

const run = promisify(execFile);
const RULES = ['recording.rules.yml', 'alerting.rules.yml'];
/** As Prometheus is configured to scrape. */
const SCRAPE_SECONDS = 15;

/**
 * The alerts that fire at the end, by name, when Prometheus scrapes these texts of a real
 * `/metrics`
 * one after the other, 15 s apart, each as many times as given.
 */
export async function alertsAfter(
  scrapes: readonly (readonly [text: string, times: number])[],
  names: readonly string[],
): Promise<string[]> {
  const steps = scrapes.flatMap(([text, times]) => Array<string>(times).fill(text));
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-rules-'));
  try {
    const found = await Promise.all(
      names.map(async (name) => ((await fires(folder, steps, name)) ? [name] : [])),
    );
    return found.flat();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function fires(folder: string, texts: readonly string[], name: string): Promise<boolean> {
  const firing = `count(ALERTS{alertname="${name}",alertstate="firing"})`;
  const test = {
    rule_files: RULES.map((file) => join(ROOT, 'grafana/prometheus', file)),
    evaluation_interval: `${SCRAPE_SECONDS}s`,
    tests: [
      {
        interval: `${SCRAPE_SECONDS}s`,
        input_series: seriesOf(texts),
        promql_expr_test: [
          {
            expr: `${firing} > bool 0`,
            eval_time: `${(texts.length - 1) * SCRAPE_SECONDS}s`,
            exp_samples: [{ labels: '{}', value: 1 }],
          },
        ],
      },
    ],
  };
  const file = join(folder, `${name}.yml`);
  writeFileSync(file, stringify(test));
  try {
    await run('promtool', ['test', 'rules', file]);
    return true;
  } catch (error) {
    // A failed expectation is an answer; anything else is not.
    const told = (error as { stderr?: string }).stderr ?? '';
    if (!told.includes('expr:')) throw error;
    return false;
  }
}

/** The series of the texts; `_` where a text does not have it. */
export function seriesOf(texts: readonly string[]): { series: string; values: string }[] {
  const scraped = texts.map(samplesOf);
  const all = new Set(scraped.flatMap((it) => [...it.keys()]));
  return [...all].map((series) => ({
    series,
    values: scraped.map((it) => it.get(series) ?? '_').join(' '),
  }));
}

function samplesOf(text: string): Map<string, string> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const [, series = '', value = ''] = /^(\S+?(?:\{.*\})?) (\S+)/.exec(line) ?? [];
      return [series, value];
    }),
  );
}
