import { join } from 'node:path';
import { BaseSequencer } from 'vitest/node';

const ROOT = join(import.meta.dirname, '..');

/**
 * Files of `npm test` that take about half a minute or more, longest first, as measured on two
 * cores: a long one that begins last would keep the run waiting.
 */
export const LONG_FILES: readonly string[] = [
  'test/process/crash.test.ts',
  'test/changes/addresses.test.ts',
  'test/platform/supervisor.test.ts',
  'test/changes/measurement.test.ts',
  'test/browser/page.test.ts',
  'test/platform/main.test.ts',
  'test/platform/private-files.test.ts',
  'test/process/story.test.ts',
  'test/changes/channel.test.ts',
  'test/changes/metric.test.ts',
  'test/field/own-trouble/drills.test.ts',
  'test/month/month.test.ts',
  'test/changes/language.test.ts',
  'test/changes/system.test.ts',
  'test/field/files/mutations.test.ts',
  'test/collector/history.test.ts',
  'test/probes/proof.test.ts',
  'test/probes/line/local-line.test.ts',
  'test/collector/replay.test.ts',
  'test/process/prometheus.test.ts',
];

/** Begins with the long files; the others follow as Vitest sorts them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: Parameters<BaseSequencer['sort']>[0]) {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rankOf(a.moduleId) - rankOf(b.moduleId));
  }
}

function rankOf(path: string): number {
  const rank = LONG_FILES.findIndex((file) => join(ROOT, file) === path);
  return rank < 0 ? LONG_FILES.length : rank;
}
