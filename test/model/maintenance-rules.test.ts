import { describe, expect, it } from 'vitest';
import {
  type MaintenancePlan,
  type MaintenanceProblem,
  planOf,
  TEXT_LIMIT,
  TITLE_LIMIT,
} from '../../model/maintenance/plan.ts';
import {
  advanceMaintenance,
  announce,
  type CommandContext,
  cancel,
  comment,
  coversSince,
  draft,
  end,
  extend,
  isRefused,
  type MaintenanceStep,
  noticeKindOf,
  revise,
  start,
} from '../../model/maintenance/rules.ts';
import {
  MAINTENANCE_STATUSES,
  MAINTENANCE_UPDATE_CODES,
  type Maintenance,
} from '../../model/maintenance.ts';
import { HOUR, MINUTE } from '../../model/time.ts';
import { T0 } from './builders.ts';

const plan: MaintenancePlan = {
  components: ['beijing.query', 'beijing.download'],
  texts: {
    title: { 'zh-CN': '系统升级', en: 'Upgrade' },
    description: { 'zh-CN': '更换服务器。', en: 'New servers.' },
    stays_open: null,
    workaround: null,
  },
  announced_from: T0 + 48 * HOUR,
  announced_until: T0 + 50 * HOUR,
  expected_recovery_at: T0 + 51 * HOUR,
};
const TEXT = { 'zh-CN': '请注意', en: 'Please note' };

let ids = 0;
const at = (now: number): CommandContext => ({
  now,
  newId: () => `id${++ids}`,
  components: new Set(['beijing.query', 'beijing.download', 'beijing.sync']),
});

function done(step: MaintenanceStep | { problems: MaintenanceProblem[] } | null): Maintenance {
  if (step === null || isRefused(step)) throw new Error(`refused: ${JSON.stringify(step)}`);
  return step.maintenance;
}
const refusedFor = (decided: object) =>
  'problems' in decided ? (decided.problems as MaintenanceProblem[]) : [];

const tick = (before: Maintenance, now: number, scope_operational = false) =>
  advanceMaintenance(before, { now, scope_operational, newId: () => `id${++ids}` });

const scheduled = done(announce(null, plan, at(T0)));
const running = done(tick(scheduled, plan.announced_from));
const overrun = done(tick(running, plan.announced_until));
const verifying = done(end(running, {}, at(plan.announced_until - MINUTE)));
const each: Record<Maintenance['status'], Maintenance> = {
  draft: done(draft(plan, at(T0))),
  scheduled,
  in_progress: running,
  overrun,
  verifying,
  completed: done(tick(verifying, plan.announced_until, true)),
  cancelled: done(cancel(scheduled, {}, at(T0 + 1))),
};

describe('commands', () => {
  /**
   * What each does in each status; what is not said is refused. A minute before the announced end.
   */
  const now = at(plan.announced_until - MINUTE);
  const later = { announced_until: plan.announced_until + HOUR };
  const commands = {
    announce: (before: Maintenance) => announce(before, plan, at(T0)),
    revise: (before: Maintenance) => revise(before, plan, at(T0)),
    start: (before: Maintenance) => start(before, {}, now),
    extend: (before: Maintenance) => extend(before, later, now),
    end: (before: Maintenance) => end(before, {}, now),
    cancel: (before: Maintenance) => cancel(before, {}, now),
    comment: (before: Maintenance) => comment(before, { text: TEXT }, now),
  };
  const allowed: Record<keyof typeof commands, Partial<Record<Maintenance['status'], string>>> = {
    announce: { draft: 'scheduled announced' },
    revise: {
      draft: 'draft untold',
      scheduled: 'scheduled revised',
      in_progress: 'in_progress revised',
      overrun: 'in_progress revised',
    },
    start: { scheduled: 'in_progress started' },
    extend: { in_progress: 'in_progress extended', overrun: 'in_progress extended' },
    end: { in_progress: 'verifying ended', overrun: 'verifying ended' },
    cancel: { draft: 'cancelled untold', scheduled: 'cancelled cancelled' },
    comment: {
      scheduled: 'scheduled text',
      in_progress: 'in_progress text',
      overrun: 'overrun text',
      verifying: 'verifying text',
      completed: 'completed text',
    },
  };
  const cases = (Object.keys(commands) as (keyof typeof commands)[]).flatMap((name) =>
    MAINTENANCE_STATUSES.map((status) => ({ name, status, expected: allowed[name][status] })),
  );
  it.each(cases)('$name of one that is $status: $expected', ({ name, status, expected }) => {
    const step = commands[name](each[status]);
    if (isRefused(step)) {
      expect(expected).toBeUndefined();
      expect(step.problems).toContainEqual(
        expect.objectContaining({ field: 'status', code: 'wrong_status', status }),
      );
      return;
    }
    const { maintenance, update } = step;
    expect(`${maintenance.status} ${update?.code ?? 'untold'}`).toBe(expected);
    expect(maintenance.updated_at).toBeGreaterThan(each[status].updated_at);
    if (update)
      expect(update).toMatchObject({ maintenance: maintenance.id, status: maintenance.status });
  });

  it('announces at once, or from a draft, which keeps its id', () => {
    expect(scheduled).toMatchObject({ ...plan, revision: 1, published_at: T0, actual_from: null });
    const announced = done(announce(each.draft, planOf(each.draft), at(T0 + HOUR)));
    expect(announced).toMatchObject({
      id: each.draft.id,
      revision: 2,
      published_at: T0 + HOUR,
      created_at: T0,
    });
  });

  it('keeps words that go with a command, and refuses those that no one could read', () => {
    const text = { 'zh-CN': ' 因天气 \r\n', en: 'Weather' };
    expect(cancel(scheduled, { text }, at(T0))).toMatchObject({
      update: { text: { 'zh-CN': '因天气', en: 'Weather' } },
    });
    expect(cancel(scheduled, { text: { 'zh-CN': '', en: ' ' } }, at(T0))).toMatchObject({
      update: { text: null },
    });
    const half = cancel(scheduled, { text: { 'zh-CN': '因天气', en: '' } }, at(T0));
    expect(refusedFor(half)).toEqual([{ field: 'text.en', code: 'missing_text' }]);
    const nothing = comment(scheduled, { text: { 'zh-CN': '', en: '' } }, at(T0));
    expect(refusedFor(nothing)).toHaveLength(2);
  });

  it('counts every edit as a revision, and no two versions carry the same stamp', () => {
    const twice = done(revise(done(revise(scheduled, plan, at(T0))), plan, at(T0)));
    expect(twice).toMatchObject({ revision: 3, updated_at: T0 + 2, published_at: T0 });
    expect(done(comment(scheduled, { text: TEXT }, at(T0))).revision).toBe(1);
  });

  it('starts early by a word, and counts from it', () => {
    const now = plan.announced_from - HOUR;
    expect(done(start(scheduled, {}, at(now)))).toMatchObject({
      actual_from: now,
      announced_from: plan.announced_from,
    });
  });

  it('keeps the announced start of what has begun', () => {
    const moved = { ...plan, announced_from: plan.announced_from + MINUTE };
    expect(refusedFor(revise(running, moved, at(plan.announced_from + 1)))).toEqual([
      { field: 'announced_from', code: 'has_begun', start: plan.announced_from },
    ]);
  });

  it('extends to a later end only, and moves the expected recovery with it when need be', () => {
    const now = at(plan.announced_until + MINUTE);
    const announced_until = plan.announced_until + 2 * HOUR;
    expect(done(extend(overrun, { announced_until }, now))).toMatchObject({
      status: 'in_progress',
      announced_until,
      expected_recovery_at: announced_until,
      revision: 2,
    });
    expect(
      refusedFor(extend(overrun, { announced_until: plan.announced_until }, now)),
    ).toContainEqual({ field: 'announced_until', code: 'not_later', end: plan.announced_until });
    expect(
      refusedFor(extend(overrun, { announced_until, expected_recovery_at: T0 }, now)),
    ).toContainEqual({ field: 'expected_recovery_at', code: 'before_end', end: announced_until });
  });
});

describe('a plan', () => {
  const bad = (changed: Partial<MaintenancePlan>) =>
    refusedFor(announce(null, { ...plan, ...changed }, at(T0)));
  const titled = (title: string) => ({
    texts: { ...plan.texts, title: { 'zh-CN': '维护', en: title } },
  });
  const DAY = 24 * HOUR;

  it.each<[string, Partial<MaintenancePlan>, string, string]>([
    ['start in the past', { announced_from: T0 - 1 }, 'announced_from', 'in_the_past'],
    ['start at this moment', { announced_from: T0 }, 'announced_from', 'in_the_past'],
    ['start years ahead', { announced_from: T0 + 800 * DAY }, 'announced_from', 'too_far'],
    ['a start that is no time', { announced_from: Number.NaN }, 'announced_from', 'not_a_time'],
    ['an end that is no time', { announced_until: 1.5 }, 'announced_until', 'not_a_time'],
    [
      'end before start',
      { announced_until: plan.announced_from - 1 },
      'announced_until',
      'not_after_start',
    ],
    [
      'end at the start',
      { announced_until: plan.announced_from },
      'announced_until',
      'not_after_start',
    ],
    [
      'lasting months',
      {
        announced_until: plan.announced_from + 32 * DAY,
        expected_recovery_at: plan.announced_from + 32 * DAY,
      },
      'announced_until',
      'too_long_a_time',
    ],
    [
      'expected recovery before the end',
      { expected_recovery_at: plan.announced_until - 1 },
      'expected_recovery_at',
      'before_end',
    ],
    [
      'expected recovery months later',
      { expected_recovery_at: plan.announced_from + 32 * DAY },
      'expected_recovery_at',
      'too_long_a_time',
    ],
    ['an empty scope', { components: [] }, 'components', 'no_components'],
    ['an unknown function', { components: ['nobody.knows'] }, 'components', 'unknown_component'],
    ['no title', titled('  '), 'texts.title.en', 'missing_text'],
    ['a title too long', titled('x'.repeat(TITLE_LIMIT + 1)), 'texts.title.en', 'too_long'],
    ['a title of two lines', titled('a\nb'), 'texts.title.en', 'control_characters'],
    ['a bell', titled('a\u0007'), 'texts.title.en', 'control_characters'],
    ['a NUL', titled('a\u0000b'), 'texts.title.en', 'control_characters'],
    ['writing turned round', titled('a\u202eb'), 'texts.title.en', 'control_characters'],
    ['half a character', titled('a\ud800'), 'texts.title.en', 'control_characters'],
    [
      'a description too long',
      {
        texts: {
          ...plan.texts,
          description: { 'zh-CN': '长'.repeat(TEXT_LIMIT + 1), en: 'Long' },
        },
      },
      'texts.description.zh-CN',
      'too_long',
    ],
    [
      'a workaround in one language only',
      { texts: { ...plan.texts, workaround: { 'zh-CN': '改用电话', en: '' } } },
      'texts.workaround.en',
      'missing_text',
    ],
  ])('with %s is refused and says at which field', (_, changed, field, code) => {
    expect(bad(changed)).toContainEqual(expect.objectContaining({ field, code }));
  });

  it('names everything that is wrong at once', () => {
    const problems = bad({ ...titled(''), components: [], announced_from: T0 - 1 });
    expect(problems.map((it) => it.field)).toEqual([
      'components',
      'announced_from',
      'texts.title.en',
    ]);
  });

  it('is tidied: white space, line ends, a function named twice, what was not said', () => {
    const said = {
      ...plan,
      components: ['beijing.query', 'beijing.query'],
      texts: {
        ...plan.texts,
        title: { 'zh-CN': ' 升级 ', en: ' <b>Upgrade</b>\n' },
        description: { 'zh-CN': '一\r\n二', en: 'a\rb' },
        stays_open: { 'zh-CN': '', en: ' ' },
      },
    };
    expect(done(announce(null, said, at(T0)))).toMatchObject({
      components: ['beijing.query'],
      texts: {
        // What looks like HTML is text like any other.
        title: { 'zh-CN': '升级', en: '<b>Upgrade</b>' },
        description: { 'zh-CN': '一\n二', en: 'a\nb' },
        stays_open: null,
      },
    });
  });
});

describe('time', () => {
  const from = plan.announced_from;
  const until = plan.announced_until;

  it.each<[string, Maintenance, number, boolean, string | null]>([
    ['a draft stays', each.draft, from + HOUR, true, null],
    ['nothing before the first reminder', scheduled, from - 24 * HOUR - 1, true, null],
    ['the first reminder', scheduled, from - 24 * HOUR, true, 'scheduled reminder'],
    ['one reminder for both that are due', scheduled, from - 1, true, 'scheduled reminder'],
    ['the announced start', scheduled, from, true, 'in_progress started'],
    ['it runs until it is ended', running, until - 1, true, null],
    ['the announced end', running, until, true, 'overrun overrun'],
    ['overrun until it is ended', overrun, until + 100 * HOUR, true, null],
    ['verifying while the scope fails', verifying, until + HOUR, false, null],
    ['the scope works again', verifying, until, true, 'completed completed'],
    ['completed stays', each.completed, until + HOUR, true, null],
    ['cancelled stays', each.cancelled, from + HOUR, true, null],
  ])('%s', (_, before, now, operational, expected) => {
    const step = tick(before, now, operational);
    expect(step && `${step.maintenance.status} ${step.update?.code}`).toBe(expected);
    if (step) expect(step.update).toMatchObject({ created_at: now, text: null });
  });

  it('counts from the announced start, however late it is noticed', () => {
    expect(done(tick(scheduled, from + 30 * MINUTE)).actual_from).toBe(from);
  });

  it('reminds once a day and once an hour before, and not of what was just announced', () => {
    const codes = (before: Maintenance, ...times: number[]) => {
      let now = before;
      return times.map((time) => {
        const step = tick(now, from - time);
        now = step?.maintenance ?? now;
        return step?.update?.code ?? null;
      });
    };
    expect(codes(scheduled, 25 * HOUR, 24 * HOUR, 23 * HOUR, HOUR, MINUTE)).toEqual([
      null,
      'reminder',
      null,
      'reminder',
      null,
    ]);
    const short = done(announce(null, plan, at(from - 3 * HOUR)));
    expect(codes(short, 2 * HOUR, HOUR)).toEqual([null, 'reminder']);
    const late = done(announce(null, plan, at(from - 10 * MINUTE)));
    expect(codes(late, 9 * MINUTE)).toEqual([null]);
    // Moved a day later, it is reminded of anew.
    const reminded = done(tick(scheduled, from - HOUR));
    const moved = {
      ...plan,
      announced_from: from + 48 * HOUR,
      announced_until: until + 48 * HOUR,
      expected_recovery_at: until + 48 * HOUR,
    };
    expect(done(revise(reminded, moved, at(from - HOUR))).reminded).toEqual([]);
  });

  it('covers its scope while it runs, and after its end until the expected recovery', () => {
    expect(coversSince(scheduled, from + MINUTE)).toBeNull();
    expect(coversSince(running, from)).toBe(from);
    expect(coversSince(running, from - 1)).toBeNull();
    expect(coversSince(overrun, until + 100 * HOUR)).toBe(from);
    expect(coversSince(verifying, plan.expected_recovery_at - 1)).toBe(from);
    expect(coversSince(verifying, plan.expected_recovery_at)).toBeNull();
    expect(coversSince(each.completed, until)).toBeNull();
    const late = done(end(overrun, {}, at(plan.expected_recovery_at + HOUR)));
    const grace = plan.expected_recovery_at + HOUR + 15 * MINUTE;
    expect(coversSince(late, grace - 1)).toBe(from);
    expect(coversSince(late, grace)).toBeNull();
  });
});

it('tells every update as a notice of a maintenance', () => {
  const kinds = MAINTENANCE_UPDATE_CODES.map((code) => noticeKindOf({ code }));
  expect(kinds.every((kind) => kind.startsWith('maintenance_'))).toBe(true);
  expect(noticeKindOf({ code: 'completed' })).toBe('maintenance_ended');
});
