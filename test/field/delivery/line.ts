import type { Configuration } from '../../../model/configuration.ts';
import { SECOND, systemClock } from '../../../model/time.ts';
import type { FileFormat } from '../../../model/vocabulary.ts';
import { createCheckRunner } from '../../../probes/line/check-runner.ts';
import { judgeInThread } from '../../../probes/line/files-thread.ts';
import type { LineRun } from '../../../probes/line/line.ts';
import { dpptSettings } from '../../../probes/systems/dppt/settings.ts';
import { demoAt } from '../../probes/simulated.ts';

const DEADLINE_MS = 8 * SECOND;

/** One download by a link. */
export interface Asking {
  link: string | { url: string; number?: string; format?: FileFormat };
  format: FileFormat;
}

export interface Way {
  proxy?: string;
  /** PEM of the authority to trust. */
  ca?: string;
}

/** Downloads by the checks of a line, one after the other, each its own system. */
export async function download(askings: readonly Asking[], way: Way = {}): Promise<LineRun[]> {
  const configuration = configurationOf(askings, way);
  const line = createCheckRunner({
    configuration,
    installation: 'test',
    clock: systemClock,
    judge: judgeInThread(systemClock),
  });
  const runs: LineRun[] = [];
  for (const { id } of configuration.checks) runs.push(await line.run(id, systemClock.now()));
  return runs;
}

/** One system and one check per asking, named by their position. */
export function configurationOf(askings: readonly Asking[], way: Way): Configuration {
  const demo = demoAt('http://127.0.0.1:1');
  return {
    ...demo,
    lines: demo.lines.map((line) => ({ ...line, proxy: way.proxy ?? null })),
    systems: askings.map(({ link }, n) => ({
      id: `host-${n}`,
      name: { 'zh-CN': `host-${n}`, en: `host-${n}` },
      driver: 'dppt',
      environment: 'production',
      neutral: false,
      ca: way.ca ?? null,
      url: 'https://dppt.example.org:8443',
      settings: dpptSettings.parse({ links: [link] }),
    })),
    checks: askings.map(({ format }, n) => ({
      id: `download-${n}`,
      system: `host-${n}`,
      line: 'local',
      deadline_ms: DEADLINE_MS,
      function: 'download',
      schedule: '0 */5 * * * *',
      zone: 'Asia/Shanghai',
      options: { format, link: 1 },
    })),
  };
}
