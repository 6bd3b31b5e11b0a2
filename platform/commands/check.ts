import { randomUUID } from 'node:crypto';
import { CHANNELS } from '../../channels/index.ts';
import { callbackMappingOf } from '../../collector/ingest/mapping/schema.ts';
import {
  type Check,
  type Configuration,
  isFollowing,
  isScheduled,
} from '../../model/configuration.ts';
import { systemClock } from '../../model/time.ts';
import { lineAdvice } from '../../probes/line/advice.ts';
import { createCheckRunner } from '../../probes/line/check-runner.ts';
import { judgeInThread } from '../../probes/line/files-thread.ts';
import type { LineRun } from '../../probes/line/line.ts';
import { SYSTEMS } from '../../probes/systems/index.ts';
import { readArguments, usageOf } from '../arguments.ts';
import { loadConfiguration } from '../config/load.ts';
import { print } from '../console.ts';
import { keepFilesPrivate } from '../data-directory.ts';
import { EXIT_UNRECOVERABLE, UnrecoverableError } from '../unrecoverable.ts';
import { type ChannelCheck, checkChannels } from './shared/check-channels.ts';
import { explainRun } from './shared/explain-run.ts';
import { textTable } from './text-table.ts';

/**
 * `npm run check -- --config FILE [--notify] [--explain CHECK]`: validates the configuration as the
 * start does, runs every check once, reaches the servers of the channels, with `--notify` sends
 * each operator a test, and prints tables. With `--explain` that check alone is run, and each of
 * its requests is printed with its answer. Exit code 2 if the configuration is bad, 1 if something
 * was not ok, else 0.
 */
async function main(argv: readonly string[]): Promise<number> {
  keepFilesPrivate();
  const { flags, configuration: file } = readArguments('check', argv);
  if (file.length === 0) throw new UnrecoverableError(usageOf('check'));
  const notify = flags.notify === true;
  // As the start does, so that what it refuses is refused here.
  const configuration = loadConfiguration({
    argv: file,
    env: process.env,
    drivers: SYSTEMS,
    callback_mapping: callbackMappingOf,
    channels: CHANNELS,
    notifier: true,
  });
  const advice = lineAdvice(configuration);
  if (advice !== null) print(advice);
  if (typeof flags.explain === 'string') return await explain(flags.explain, configuration);
  const rows = await runEveryCheck(configuration);
  const table = textTable(['check', 'component', 'outcome', 'took', 'why'], rows.map(cells));
  process.stdout.write(`${table}\n`);
  const channels = await checkChannels(configuration, { notify });
  if (channels.length > 0) process.stdout.write(`\n${channelTable(channels)}\n`);
  const is_measured = rows.every(({ outcome }) => outcome === 'ok' || outcome === NOT_RUN);
  return is_measured && channels.every(({ why }) => why === null) ? 0 : 1;
}

async function explain(id: string, configuration: Configuration): Promise<number> {
  const found = await explainRun(id, configuration);
  const { outcome, why } = { outcome: found.outcome, why: whyOf(found) };
  process.stdout.write(`= ${[outcome, why].filter((part) => part !== '').join(': ')}\n`);
  return outcome === 'ok' ? 0 : 1;
}

function channelTable(channels: readonly ChannelCheck[]): string {
  const rows = channels.map((it) => [
    it.channel,
    it.host,
    it.why === null ? 'ok' : 'failed',
    it.why ?? '',
  ]);
  return textTable(['channel', 'host', 'result', 'why'], rows);
}

interface Row {
  check: Check;
  outcome: string;
  duration_ms: number | null;
  why: string;
}

/** A check that follows invoices has no journeys yet. */
const NOT_RUN = 'not run';

async function runEveryCheck(configuration: Configuration): Promise<Row[]> {
  const { run } = createCheckRunner({
    configuration,
    installation: randomUUID(),
    clock: systemClock,
    judge: judgeInThread(systemClock),
  });
  return await Promise.all(
    configuration.checks.map(async (check) => {
      if (!isScheduled(check)) {
        const why = isFollowing(check)
          ? `follows what ${check.follows} accepts`
          : 'is told by events of own traffic';
        return { check, outcome: NOT_RUN, duration_ms: null, why };
      }
      const found = await run(check.id, systemClock.now());
      return { check, outcome: found.outcome, duration_ms: found.duration_ms, why: whyOf(found) };
    }),
  );
}

/** Reason and detail, what the verdict on a file rests on, and what else was odd. */
function whyOf({ reason, detail, integrity, notes }: LineRun): string {
  const because = [reason, detail].filter((part) => part !== null).join(': ');
  const file = integrity === null ? '' : `file ${integrity.verdict} (${integrity.checked})`;
  return [because, file, ...notes].filter((part) => part !== '').join('; ');
}

function cells({ check, outcome, duration_ms, why }: Row): string[] {
  const took = duration_ms === null ? '' : `${Math.round(duration_ms)} ms`;
  return [check.id, `${check.system}.${check.function}`, outcome, took, why];
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UnrecoverableError)) throw error;
  print(error.message);
  process.exitCode = EXIT_UNRECOVERABLE;
}
