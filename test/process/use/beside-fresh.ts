import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from '../../../bench/child.ts';
import { type WrkResult, wrkWithScript } from '../../../bench/wrk.ts';
import { program } from '../../../platform/process/programs.ts';
import { PICKED_PORTS } from '../../picked-ports.ts';
import { getText, metric } from '../ask.ts';
import type { Used } from './long-use.ts';
import { mixAsScript } from './mixed-script.ts';
import { startVisitors } from './visitors.ts';

/** One measurement of a page process. */
export interface Pace extends WrkResult {
  /** Processor time of the page for a request, in µs: its own, and in the system. */
  user_us: number;
  system_us: number;
}

/** One turn: the used process and a fresh one, after each other. */
export interface Turn {
  old: Pace;
  fresh: Pace;
}

export interface Turns {
  turns: number;
  /** Of each measurement. */
  seconds: number;
  /** What the fresh one is asked before it is measured, so that it is compiled too. */
  warm_up: number;
}

/**
 * The page of a used installation and a fresh page process on the same database, with the same
 * flags, loaded by turns with the mix.
 */
export async function besideFresh(used: Used, { turns, seconds, warm_up }: Turns): Promise<Turn[]> {
  const { site, config, env } = used;
  const own = program('page', ['--config', config], env);
  const fresh = await startChild('status-page/main.ts', {
    args: own.args,
    flags: own.flags,
    env: { ...PICKED_PORTS, DATA_DIR: site.data_dir, ...own.variables },
  });
  try {
    const script = join(site.data_dir, 'mixed.lua');
    writeFileSync(script, mixAsScript());
    const old_page = { page: site.page, metrics: `${site.page_private}/metrics` };
    const fresh_page = originsOf(fresh.ports);
    const visitors = startVisitors(fresh_page.page);
    await visitors.ask(warm_up);
    visitors.leave();
    const measured: Turn[] = [];
    for (let n = 0; n <= turns; n += 1) {
      const of = (page: MeasuredPage) => paceOf(page, { script, seconds });
      const first = n % 2 === 0 ? old_page : fresh_page;
      const one = await of(first);
      const other = await of(first === old_page ? fresh_page : old_page);
      // The first turn warms both up.
      if (n === 0) continue;
      measured.push(first === old_page ? { old: one, fresh: other } : { old: other, fresh: one });
    }
    return measured;
  } finally {
    await fresh.stop();
  }
}

interface MeasuredPage {
  page: string;
  /** Address of its metrics. */
  metrics: string;
}

function originsOf({ page, private: own }: Record<string, number>): MeasuredPage {
  return { page: `http://127.0.0.1:${page}`, metrics: `http://127.0.0.1:${own}/metrics` };
}

async function paceOf(
  { page, metrics }: MeasuredPage,
  { script, seconds }: { script: string; seconds: number },
): Promise<Pace> {
  const before = await processorTime(metrics);
  const result = await wrkWithScript(page, seconds, script);
  const after = await processorTime(metrics);
  return {
    ...result,
    user_us: ((after.user_s - before.user_s) * 1_000_000) / result.requests,
    system_us: ((after.system_s - before.system_s) * 1_000_000) / result.requests,
  };
}

async function processorTime(metrics: string): Promise<{ user_s: number; system_s: number }> {
  const text = await getText(metrics);
  const seconds = (of: string) => metric(text, `process_cpu_${of}_seconds_total`) ?? Number.NaN;
  return { user_s: seconds('user'), system_s: seconds('system') };
}
