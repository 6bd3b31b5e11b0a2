import { describe, expect, it } from 'vitest';
import { FILES, quoted, read, tableRows } from './repository.ts';
import { type Import, importsOf } from './sources.ts';

/** Rooms of the status page that lie below its wings, and what each of them may import. */
const BELOW_WINGS: Record<string, readonly string[]> = {
  commands: [],
  overview: [],
  kit: ['status-page/web'],
  serve: ['status-page/kit', 'status-page/overview', 'status-page/web'],
};

/** Wings of the status page: each may import what lies below, and never another wing. */
const WINGS = ['public', 'subscriptions', 'alerts', 'admin', 'api/v1', 'api/v2', 'demo'];
const FOR_WINGS = [...Object.keys(BELOW_WINGS), 'web'].map((it) => `status-page/${it}`);

/** What all of the status page may import from other rooms. */
const FOR_STATUS_PAGE = ['model', 'http', 'channels', 'store', 'messages', 'probes/integrity'];

/**
 * Which room may import which, types included. A path in place of a room allows that folder only.
 * Beyond this table the mains of the processes import platform, and the root main and
 * platform/commands import everything.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  model: [],
  clients: [],
  http: ['model'],
  platform: ['model', 'http'],
  messages: ['model', 'http'],
  channels: ['model', 'http', 'messages'],
  probes: ['model', 'http'],
  store: ['model', 'http'],
  collector: ['model', 'http', 'probes', 'store'],
  notify: ['model', 'http', 'channels', 'store', 'messages'],
  simulators: ['model', 'http', 'platform', 'probes'],
  'status-page': FOR_STATUS_PAGE,
  ...Object.fromEntries(
    WINGS.map((wing) => [`status-page/${wing}`, [...FOR_STATUS_PAGE, ...FOR_WINGS]]),
  ),
  ...Object.fromEntries(
    Object.entries(BELOW_WINGS).map(([room, below]) => [
      `status-page/${room}`,
      [...FOR_STATUS_PAGE, ...below],
    ]),
  ),
  'status-page/web': ['model', 'http', 'messages', 'probes/integrity'],
};

const WITH_PLATFORM = ['collector/main.ts', 'notify/main.ts', 'status-page/main.ts'];
const ANYTHING = /^(main\.ts|vitest\.config\.ts|platform\/commands\/|demo\/|test\/|bench\/)/;

/** The room of a path: the longest entry of the table that holds it. */
function roomOf(path: string): string | null {
  const rooms = Object.keys(MAY_IMPORT).filter((room) => path.startsWith(`${room}/`));
  return rooms.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

/** The imports of a file that the table does not allow. */
function forbiddenImports(path: string, text: string): string[] {
  const imports = importsOf(path, text);
  const early = path.startsWith('test/') ? [] : imports.filter(isEarlySimulator);
  if (ANYTHING.test(path)) return early.map(({ target }) => target);
  const room = roomOf(path);
  if (room === null) return [`${path} is in no room`];
  const allowed = [room, ...(MAY_IMPORT[room] ?? [])];
  if (WITH_PLATFORM.includes(path)) allowed.push('platform');
  const isForbidden = (it: Import) =>
    it.target !== 'package.json' &&
    (early.includes(it) ||
      isSending(room, it) ||
      !allowed.some((a) => it.target.startsWith(`${a}/`)));
  return imports.filter(isForbidden).map(({ target }) => target);
}

/** Simulators are loaded when they are needed, so that nothing that measures holds one. */
function isEarlySimulator({ target, how }: Import): boolean {
  return (
    how === 'value' && /^(probes\/systems|channels)\/(?!kit\/)[^/]+\/simulator\.ts$/.test(target)
  );
}

/** Only what notifies sends; the page shows what channels there are. */
function isSending(room: string, { target }: Import): boolean {
  return /^channels\/[^/]+\/send(\.ts|\/)/.test(target) && room !== 'notify' && room !== 'channels';
}

const SOURCES = FILES.filter((path) => path.endsWith('.ts'));

describe('imports', () => {
  it.each(SOURCES)('of %s go the allowed way', (path) => {
    expect(forbiddenImports(path, read(path))).toEqual([]);
  });
});

it('CONTRIBUTING.md has the table', () => {
  const documented = tableRows('CONTRIBUTING.md', 'What may import what').map(([room, others]) => [
    quoted(room)[0],
    quoted(others).toSorted(),
  ]);
  const parts = [...WINGS, ...Object.keys(BELOW_WINGS)].map((it) => `status-page/${it}`);
  const rooms = Object.entries(MAY_IMPORT).filter(([room]) => !parts.includes(room));
  expect(Object.fromEntries(documented)).toEqual(
    Object.fromEntries(rooms.map(([room, others]) => [room, others.toSorted()])),
  );
});

describe('the rule itself', () => {
  it.each([
    ['model/x.ts', "import type { Store } from '../store/store.ts';", 'store/store.ts'],
    [
      'probes/systems/a/driver.ts',
      "import { f } from '../../../platform/log.ts';",
      'platform/log.ts',
    ],
    ['collector/run.ts', "import {\n  createLog,\n} from '../platform/log.ts';", 'platform/log.ts'],
    ['status-page/app.ts', "export { a } from '../probes/line.ts';", 'probes/line.ts'],
    [
      'status-page/web/views/a.ts',
      "import('../../overview/overview.ts')",
      'status-page/overview/overview.ts',
    ],
    ['notify/main.ts', "import '../collector/collector.ts';", 'collector/collector.ts'],
    [
      'store/a.ts',
      "new Worker(new URL('../probes/line-worker.ts', import.meta.url))",
      'probes/line-worker.ts',
    ],
    ['status-page/public/pages/a.ts', "import '../../admin/x.ts';", 'status-page/admin/x.ts'],
    ['status-page/api/v1/a.ts', "import type { A } from '../v2/b.ts';", 'status-page/api/v2/b.ts'],
    ['status-page/kit/a.ts', "import '../public/b.ts';", 'status-page/public/b.ts'],
    ['status-page/overview/a.ts', "import '../serve/b.ts';", 'status-page/serve/b.ts'],
    ['status-page/demo/a.ts', "import '../routes.ts';", 'status-page/routes.ts'],
    ['status-page/web/main.ts', "import '../../store/a.ts';", 'store/a.ts'],
    ['status-page/web/main.ts', "import '../kit/html.ts';", 'status-page/kit/html.ts'],
    ['http/a.ts', "import '../messages/index.ts';", 'messages/index.ts'],
    ['collector/a.ts', "import '../channels/index.ts';", 'channels/index.ts'],
    ['simulators/a.ts', "import '../store/a.ts';", 'store/a.ts'],
    [
      'status-page/subscriptions/a.ts',
      "import('../../channels/email/send.ts')",
      'channels/email/send.ts',
    ],
    [
      'probes/systems/a/index.ts',
      "import { simulate } from './simulator.ts';",
      'probes/systems/a/simulator.ts',
    ],
    [
      'demo/a.ts',
      "import { simulate } from '../channels/email/simulator.ts';",
      'channels/email/simulator.ts',
    ],
    ['extra/a.ts', '', 'extra/a.ts is in no room'],
  ])('catches %s: %s', (path, text, caught) => {
    expect(forbiddenImports(path, text)).toEqual([caught]);
  });

  it.each([
    ['collector/main.ts', "import { createLog } from '../platform/log.ts';"],
    ['status-page/overview/a.ts', "import { inspectFile } from '../../probes/integrity/index.ts';"],
    ['status-page/app.ts', "import { page } from './web/views/page.ts';"],
    ['platform/commands/check.ts', "import { SYSTEMS } from '../../probes/systems/index.ts';"],
    ['probes/upload.ts', "import type { Result } from '../model/result.ts';"],
    ['status-page/routes.ts', "import { a } from './public/pages/front.ts';"],
    ['status-page/public/pages/a.ts', "import { b } from '../../serve/b.ts';"],
    ['status-page/subscriptions/a.ts', "import { CHANNELS } from '../../channels/index.ts';"],
    ['notify/a.ts', "import { send } from '../channels/email/send.ts';"],
    ['probes/systems/a/index.ts', "const simulator = () => import('./simulator.ts');"],
    ['simulators/a.ts', "import type { A } from '../probes/systems/a/simulator.ts';"],
    ['simulators/a.ts', "import type { Simulator } from '../probes/simulator.ts';"],
  ])('lets %s pass: %s', (path, text) => {
    expect(forbiddenImports(path, text)).toEqual([]);
  });
});
