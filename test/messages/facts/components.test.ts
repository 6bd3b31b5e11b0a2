import { test } from 'vitest';
import { advice, stateName, taskText, verdictSentence } from '../../../messages/index.ts';
import { AILMENTS, type Ailment, ailmentOf } from '../../../model/ailment.ts';
import type { Note } from '../../../model/component.ts';
import { MAINTENANCE_STATUSES } from '../../../model/maintenance.ts';
import type { ComponentMaintenance, ComponentView, TaskView } from '../../../model/overview.ts';
import { verdict } from '../../../model/verdict.ts';
import { FUNCTIONS, STATES } from '../../../model/vocabulary.ts';
import { WELLS, type Well } from '../../../model/well.ts';
import { AT, zh } from '../words.ts';
import { type Allowed, expectSaid } from './said.ts';

/**
 * What is said of components, held against what they are: the conditions are those of
 * docs/judging.md, not of the code that chooses.
 */

type Told = Pick<
  ComponentView,
  'function' | 'system_name' | 'state' | 'notes' | 'is_tax_entry' | 'maintenance'
>;

const FAILING: Note = { code: 'checks_failing', checks: [], reason: 'http_status', detail: null };
const SAYS: Note = { ...FAILING, reason: 'says_maintenance' };
const STILL: Note = { ...SAYS, was_announced: true };
const OUR_LINE: Note = { code: 'maybe_our_line', line: 'telecom' };
const STALLED: Note = { code: 'stalled', waiting: 3, oldest_accepted_at: AT };
const PART_LOST: Note = { code: 'part_lost', n: 9, missing: 3 };
const SOME_USERS: Note = { code: 'some_users_affected', bad: 3, n: 60, window_ms: 1_800_000 };
const CATCHING_UP: Note = { code: 'catching_up', overdue: 2 };
const DEGRADED: Note = { code: 'degraded', checks: [], reason: 'error_code', detail: null };
const ANSWERED: Note = { code: 'noticed', note: 'answered_only', checks: [] };
const QUIET: Note = { code: 'quiet', last_at: AT };
const NOT_JUDGED: Note = {
  code: 'not_judged',
  outcome: 'throttled',
  reason: null,
  ended_at: AT,
};
const GAP: Note = { code: 'gap', from: AT, cause: 'restart' };
const OLD_GAP: Note = { code: 'gap', from: AT };
const MEASURED: Note[] = STATES.map((measured) => ({
  code: 'maintenance',
  maintenance_id: 'mnt000000001',
  measured,
}));

/** Each alone, and together what may come together. */
const NOTES: Note[][] = [
  [],
  ...[FAILING, SAYS, STILL, STALLED, PART_LOST, SOME_USERS, CATCHING_UP, DEGRADED].flatMap((it) => [
    [it],
    [it, OUR_LINE],
  ]),
  [OUR_LINE],
  [SAYS, FAILING],
  [SAYS, STILL],
  [STALLED, PART_LOST, SOME_USERS],
  [PART_LOST, SOME_USERS],
  [CATCHING_UP, DEGRADED],
  [ANSWERED],
  [QUIET],
  [NOT_JUDGED],
  [GAP],
  [OLD_GAP],
  ...MEASURED.map((it) => [it]),
];

const WINDOWS: (ComponentMaintenance | null)[] = [
  null,
  ...MAINTENANCE_STATUSES.map((status) => ({
    id: 'mnt000000001',
    status,
    announced_from: AT,
    announced_until: AT + 3_600_000,
    actual_from: AT,
    actual_until: null,
  })),
];

const view = (told: Partial<Told>): Told => ({
  function: 'download',
  system_name: { 'zh-CN': '北京', en: 'Beijing' },
  state: 'operational',
  notes: [],
  is_tax_entry: false,
  maintenance: null,
  ...told,
});

const ALONE: Told[] = STATES.flatMap((state) =>
  NOTES.flatMap((notes) => [
    ...FUNCTIONS.map((fn) => view({ state, notes, function: fn })),
    view({ state, notes, function: 'reach', is_tax_entry: true }),
  ]),
);
const IN_WINDOWS: Told[] = WINDOWS.flatMap((maintenance) =>
  MEASURED.map((it) => view({ state: 'under_maintenance', notes: [it], maintenance })),
);
const OTHER: Partial<Told>[] = [
  { function: 'query' },
  { function: 'reach' },
  { function: 'reach', notes: [ANSWERED] },
  { function: 'issue', notes: [QUIET] },
  { function: 'upload', state: 'unknown' },
  { function: 'issue', state: 'major_outage', notes: [FAILING] },
  { function: 'download', system_name: { 'zh-CN': '上海', en: 'Shanghai' } },
];

interface Page {
  components: Told[];
  measured_at: number | null;
}

const PAGES: Page[] = [
  ...[...ALONE, ...IN_WINDOWS].map((it) => [it]),
  ...ALONE.filter((it) => ['sync', 'reach', 'download'].includes(it.function)).flatMap((it) =>
    OTHER.map((other) => [it, view(other)]),
  ),
].flatMap((components) => [AT, null].map((measured_at) => ({ components, measured_at })));

const has = ({ notes }: Pick<Told, 'notes'>, ...codes: Note['code'][]) =>
  notes.some(({ code }) => codes.includes(code));
const failing = ({ notes }: Pick<Told, 'notes'>) =>
  notes.filter((note) => note.code === 'checks_failing' || note.code === 'line_failing');
const allSay = (it: Pick<Told, 'notes'>) =>
  failing(it).length > 0 && failing(it).every(({ reason }) => reason === 'says_maintenance');
const allSayStill = (it: Pick<Told, 'notes'>) =>
  allSay(it) && failing(it).every(({ was_announced }) => was_announced === true);
const isDown = ({ state }: Pick<Told, 'state'>) => state === 'major_outage';
const isPartly = ({ state }: Pick<Told, 'state'>) => state === 'partial_outage';
const isDegraded = ({ state }: Pick<Told, 'state'>) => state === 'degraded_performance';
const isOut = (it: Pick<Told, 'state'>) => isDown(it) || isPartly(it);
const isWell = ({ state }: Pick<Told, 'state'>) => state === 'operational';
const isUnknown = ({ state }: Pick<Told, 'state'>) => state === 'unknown';
const isMaintained = ({ state }: Pick<Told, 'state'>) => state === 'under_maintenance';
const answersOnly = (it: Told) =>
  isWell(it) && it.notes.some((note) => note.code === 'noticed' && note.note === 'answered_only');

const isUnused = (it: Told) => isWell(it) && has(it, 'quiet');

/** When something may be said to be disturbed like that. */
const AILS: Record<Ailment, (it: Pick<Told, 'state' | 'notes'>) => boolean> = {
  outage: (it) => isDown(it) && !allSay(it) && !has(it, 'stalled'),
  says_maintenance: (it) => isDown(it) && allSay(it) && !allSayStill(it),
  still_maintained: (it) => isDown(it) && allSayStill(it),
  stalled: (it) => isOut(it) && has(it, 'stalled'),
  partial_outage: (it) => isPartly(it) && !has(it, 'stalled', 'part_lost', 'some_users_affected'),
  part_lost: (it) => isPartly(it) && has(it, 'part_lost'),
  some_users: (it) => isPartly(it) && has(it, 'some_users_affected'),
  catching_up: (it) => isDegraded(it) && has(it, 'catching_up'),
  degraded: (it) => isDegraded(it) && has(it, 'degraded'),
  slow: (it) => isDegraded(it) && !has(it, 'catching_up', 'degraded'),
};

function byAilment<Input>(
  group: 'ailment' | 'incident.now' | 'advice',
  allows: (input: Input, ails: (typeof AILS)[Ailment], ailment: Ailment) => boolean,
): Allowed<Input> {
  return Object.fromEntries(
    AILMENTS.map((it) => [`${group}.${it}`, (input: Input) => allows(input, AILS[it], it)]),
  );
}

const any = (of: (it: Told) => boolean) => (page: Page) => page.components.some(of);
const every = (of: (it: Told) => boolean) => (page: Page) => page.components.every(of);
const both =
  (...all: ((page: Page) => boolean)[]) =>
  (page: Page) =>
    all.every((it) => it(page));
const not = (it: (page: Page) => boolean) => (page: Page) => !it(page);

const isEntry = (it: Told) => it.function === 'reach';
const isRest = (it: Told) => isWell(it) && !answersOnly(it) && !isUnused(it);
const hasBegun = (page: Page) =>
  page.measured_at !== null || any((it) => has(it, 'not_judged'))(page);
const isSuspect = (it: Told) => isOut(it) && has(it, 'maybe_our_line');

test('the state of a component is named by what it is', () => {
  expectSaid(ALONE, (it) => stateName(it, zh), {
    // Other states have their ailments; by themselves they name days, of which nobody keeps those.
    families: ['ailment.'],
    allowed: {
      ...byAilment<Told>('ailment', (it, ails) => ails(it)),
      'state.unknown': (it) => isUnknown(it) && !has(it, 'not_judged'),
      'state.unknown_because': (it) => isUnknown(it) && has(it, 'not_judged', 'gap'),
      'state.operational': isWell,
      'state.under_maintenance': isMaintained,
      'claim.maybe_our_line': isSuspect,
      'gap.restart': (it) => isUnknown(it) && has(it, 'gap'),
      'outcome.throttled': (it) => isUnknown(it) && has(it, 'not_judged'),
    },
  });
});

test('the verdict says of functions what they are', () => {
  expectSaid(
    PAGES,
    ({ components, measured_at }) =>
      verdictSentence(
        { verdict: verdict(components.map(({ state }) => state)), measured_at },
        components,
        zh,
      ),
    {
      families: ['verdict.', 'incident.now.'],
      allowed: {
        ...byAilment<Page>('incident.now', (page, ails) => page.components.some(ails)),
        'claim.maybe_our_line': any(isSuspect),
        'verdict.all_operational': both(every(isRest), not(every(isEntry))),
        'verdict.all_reachable': both(every(isRest), every(isEntry)),
        'verdict.rest_operational': both(any(isRest), not(every(isRest)), (page) =>
          page.components.filter(isRest).some((it) => !isEntry(it)),
        ),
        'verdict.rest_reachable': both(any(isRest), not(every(isRest)), (page) =>
          page.components.filter(isRest).every(isEntry),
        ),
        'verdict.under_maintenance': any(isMaintained),
        'verdict.unknown': both(any(isUnknown), not(every(isUnknown))),
        'verdict.all_unknown': both(every(isUnknown), hasBegun),
        'verdict.nothing_measured': both(every(isUnknown), not(hasBegun)),
        'verdict.all_answered': every(answersOnly),
        'verdict.answered': both(any(answersOnly), not(every(answersOnly))),
        'verdict.quiet': any(isUnused),
        'verdict.of_system': ({ components: [a, b] }) => a?.function === b?.function,
        'verdict.separator': () => true,
      },
    },
  );
});

test('the advice is for what there is', () => {
  const LATE: readonly Ailment[] = ['outage', 'partial_outage', 'some_users', 'degraded', 'slow'];
  const isUnproven = (it: Told) => isSuspect(it);
  const isLate = (it: Told) => it.function === 'sync' && LATE.some((ailment) => AILS[ailment](it));
  const measured = ({ notes }: Told) =>
    notes.find((note) => note.code === 'maintenance')?.measured === 'operational';
  expectSaid(
    PAGES,
    ({ components, measured_at }) =>
      advice(
        { verdict: verdict(components.map(({ state }) => state)), measured_at },
        components,
        zh,
      ),
    {
      families: ['advice.'],
      allowed: {
        ...byAilment<Page>('advice', (page, ails, ailment) =>
          page.components.some(
            (it) => ails(it) && !isUnproven(it) && !(isLate(it) && LATE.includes(ailment)),
          ),
        ),
        'advice.sync': any((it) => isLate(it) && !isUnproven(it)),
        'advice.maybe_our_line': any(isUnproven),
        'advice.operational': both(
          every(isWell),
          any((it) => isRest(it) && !isEntry(it)),
        ),
        'advice.all_quiet': both(
          every((it) => isUnused(it) || isEntry(it)),
          any(isUnused),
          not(any(answersOnly)),
        ),
        'advice.all_reachable': both(every((it) => isRest(it) && isEntry(it))),
        'advice.all_answered': both(every(isWell), any(answersOnly)),
        'advice.for': ({ components }) =>
          components.length > 1 || components.some((it) => isUnknown(it)),
        'advice.under_maintenance': any((it) => isMaintained(it) && !measured(it)),
        'advice.maintenance_usable': any((it) => isMaintained(it) && measured(it)),
        'advice.maintenance_until': any(
          (it) => isMaintained(it) && it.maintenance?.status === 'in_progress',
        ),
        'advice.unknown': any(isUnknown),
        'advice.never_measured': not(hasBegun),
        'advice.submitted': any(
          (it) =>
            ['apply', 'issue', 'upload'].includes(it.function) && !isWell(it) && !isUnknown(it),
        ),
      },
    },
  );
});

const NEEDED = {
  system_name: { 'zh-CN': '北京电子发票', en: 'Beijing e-invoices' },
  function: 'query',
} as const;

test('a task is well or not by what it is', () => {
  const tasks: TaskView[] = STATES.flatMap((state) =>
    NOTES.flatMap((notes) =>
      WELLS.flatMap((well) =>
        [0, 1, 2].flatMap((unknown) =>
          [true, false].map((recovered) => ({
            id: 'download',
            name: { 'zh-CN': '下载', en: 'Download' },
            state,
            well,
            unknown: state === 'unknown' ? Math.max(1, unknown) : unknown,
            components: 2,
            ailment: ailmentOf({ state, notes }),
            is_recovered: recovered && state === 'operational' && unknown === 0,
            note: notes.length === 1 ? (notes[0] ?? null) : null,
            because: state === 'major_outage' && recovered ? NEEDED : null,
          })),
        ),
      ),
    ),
  );
  const wellAs = (well: Well) => (task: TaskView) => isWell(task) && task.well === well;
  expectSaid(tasks, (it) => taskText(it, zh), {
    families: ['task.', 'well.'],
    allowed: {
      'task.some_unknown': (it) => isUnknown(it) && it.unknown < it.components,
      'task.partly_unknown': (it) => !isUnknown(it) && it.unknown > 0,
      'task.because': (it) => it.because !== null,
      'task.recovered': (it) => it.is_recovered && it.unknown === 0,
      'state.operational': wellAs('normal'),
      'well.answered': wellAs('answered'),
      'well.quiet': wellAs('quiet'),
      'well.reachable': wellAs('reachable'),
      'well.tax_entry': wellAs('tax_entry'),
    },
  });
});
