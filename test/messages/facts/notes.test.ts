import { test } from 'vitest';
import { noteSentence, whySentences } from '../../../messages/index.ts';
import { GAP_CAUSES, type Note } from '../../../model/component.ts';
import {
  CHECKED,
  OUTCOMES,
  REASONS,
  RESULT_NOTES,
  STATES,
  UNJUDGED_REASONS,
} from '../../../model/vocabulary.ts';
import { AT, zh } from '../words.ts';
import { type Allowed, expectSaid } from './said.ts';

/** Notes with all that may be in them, for checks that have a name and the only check of all. */
const NOTES: Note[] = [['a'], ['none']].flatMap((checks): Note[] => [
  ...[...REASONS, null].flatMap((reason): Note[] => [
    ...[{}, { was_announced: true as const }].map((was) => ({
      code: 'checks_failing' as const,
      checks,
      reason,
      detail: null,
      ...was,
    })),
    { code: 'line_failing', lines: ['telecom'], reason },
    { code: 'line_failing', lines: ['own_traffic'], reason, detail: null },
    { code: 'degraded', checks, reason, detail: null },
    { code: 'unconfirmed', reason, detail: null, ended_at: AT },
    ...(reason === null ? [] : [{ code: 'self' as const, reason }]),
    ...OUTCOMES.map((outcome) => ({
      code: 'not_judged' as const,
      outcome,
      reason,
      ended_at: AT,
    })),
    {
      code: 'not_judged',
      outcome: 'prerequisite',
      reason,
      ended_at: AT,
      waits_for: 'beijing.login',
    },
  ]),
  { code: 'some_users_affected', bad: 3, n: 60 },
  { code: 'some_users_affected', bad: 3, n: 60, source: 'own_traffic' },
  ...['T-408', 'timeout', null].map((detail) => ({
    code: 'line_failing' as const,
    lines: ['own_traffic'],
    reason: null,
    detail,
  })),
  { code: 'slow', checks },
  { code: 'sync_slow', n: 9, limit_ms: 60_000 },
  { code: 'stalled', waiting: 3, oldest_accepted_at: AT },
  { code: 'catching_up', overdue: 2 },
  { code: 'part_lost', n: 9, missing: 2 },
  { code: 'maybe_our_line', line: 'telecom' },
  { code: 'never_measured' },
  { code: 'recovering', ended_at: AT },
  { code: 'expired', last_slot_at: AT },
  ...[AT, null].flatMap((last_answered_at): Note[] => [
    { code: 'look_unanswered', last_answered_at },
    { code: 'nothing_to_follow', last_answered_at },
  ]),
  { code: 'none_arrived', n: 3 },
  { code: 'gap', from: AT },
  ...GAP_CAUSES.map((cause) => ({ code: 'gap' as const, from: AT, cause })),
  ...[...STATES, null].map((measured) => ({
    code: 'maintenance' as const,
    maintenance_id: 'mnt000000001',
    ...(measured && { measured }),
  })),
  ...RESULT_NOTES.map((note) => ({ code: 'noticed' as const, note, checks })),
  ...CHECKED.map((checked) => ({ code: 'files_checked' as const, checked, reason: null, checks })),
  ...UNJUDGED_REASONS.map((reason) => ({
    code: 'files_checked' as const,
    checked: 'none' as const,
    reason,
    checks,
  })),
  { code: 'not_known', checks },
  { code: 'learning' },
  { code: 'quiet', last_at: AT },
]);

const is = (code: Note['code']) => (note: Note) => note.code === code;
const both =
  (...all: ((note: Note) => boolean)[]) =>
  (note: Note) =>
    all.every((it) => it(note));
const either =
  (...all: ((note: Note) => boolean)[]) =>
  (note: Note) =>
    all.some((it) => it(note));
const not = (it: (note: Note) => boolean) => (note: Note) => !it(note);
const isNamed = (note: Note) => 'checks' in note && note.checks.includes('a');
const because = (reason: string | null) => (note: Note) =>
  'reason' in note && note.reason === reason;
const isOwn = (note: Note) =>
  ('source' in note && note.source === 'own_traffic') ||
  ('lines' in note && note.lines.includes('own_traffic'));
const wasAnnounced = (note: Note) => 'was_announced' in note && note.was_announced === true;
const says = both(is('checks_failing'), because('says_maintenance'));
const fails = both(is('checks_failing'), not(because('says_maintenance')));
const answered = (note: Note) => 'last_answered_at' in note && note.last_answered_at !== null;
const measured =
  (...states: (string | undefined)[]) =>
  (note: Note) =>
    note.code === 'maintenance' && states.includes(note.measured);
const isUnanswered = (note: Note) =>
  note.code === 'not_judged' &&
  (['self', 'prerequisite'].includes(note.outcome) || note.reason === 'maybe_blocked');

function each<Code extends string>(
  group: string,
  codes: readonly Code[],
  of: (code: Code) => (note: Note) => boolean,
) {
  return Object.fromEntries(codes.map((code) => [`${group}.${code}`, of(code)])) as Allowed<Note>;
}

test('a note says what it holds, and every reason has words', () => {
  const names = {
    checks: { a: '已知发票' },
    lines: { telecom: { 'zh-CN': '电信', en: 'Telecom' } },
  };
  expectSaid(NOTES, (it) => noteSentence(it, zh, names), {
    families: ['reason.', 'outcome.', 'noticed.', 'checked.'],
    allowed: {
      ...each('reason', REASONS, because),
      ...each(
        'outcome',
        OUTCOMES,
        (outcome) => (note) =>
          (note.code === 'not_judged' && note.outcome === outcome) ||
          (isOwn(note) && because(null)(note) && 'detail' in note && note.detail === outcome),
      ),
      ...each('gap', GAP_CAUSES, (cause) => (note) => note.code === 'gap' && note.cause === cause),
      ...each(
        'noticed',
        RESULT_NOTES,
        (code) => (note) => note.code === 'noticed' && note.note === code,
      ),
      ...each(
        'checked',
        CHECKED,
        (checked) => (note) => note.code === 'files_checked' && note.checked === checked,
      ),
      'note.no_reason': because(null),
      'note.checks_failing': both(fails, isNamed),
      'note.checks_failing_plain': both(fails, not(isNamed)),
      'note.says_maintenance': both(says, not(wasAnnounced), isNamed),
      'note.says_maintenance_plain': both(says, not(wasAnnounced), not(isNamed)),
      'note.still_maintained': both(says, wasAnnounced, isNamed),
      'note.still_maintained_plain': both(says, wasAnnounced, not(isNamed)),
      'note.line_failing': both(is('line_failing'), not(isOwn)),
      'note.own_failing': both(is('line_failing'), isOwn),
      'note.some_users_affected': both(is('some_users_affected'), not(isOwn)),
      'note.some_own_affected': both(is('some_users_affected'), isOwn),
      'note.own_traffic': isOwn,
      'note.slow': both(is('slow'), isNamed),
      'note.slow_plain': both(is('slow'), not(isNamed)),
      'note.sync_slow': is('sync_slow'),
      'note.stalled': is('stalled'),
      'note.catching_up': is('catching_up'),
      'note.part_lost': is('part_lost'),
      'note.maybe_our_line': is('maybe_our_line'),
      'note.degraded': both(is('degraded'), isNamed),
      'note.degraded_plain': both(is('degraded'), not(isNamed)),
      'note.learning': is('learning'),
      'note.quiet': is('quiet'),
      'note.not_known': both(is('not_known'), isNamed),
      'note.not_known_plain': both(is('not_known'), not(isNamed)),
      'note.unconfirmed': is('unconfirmed'),
      'note.recovering': is('recovering'),
      'note.never_measured': is('never_measured'),
      'note.expired': is('expired'),
      'note.not_judged': both(is('not_judged'), not(isUnanswered)),
      'note.not_judged_unanswered': isUnanswered,
      'note.look_unanswered': both(is('look_unanswered'), answered),
      'note.look_unanswered_never': both(is('look_unanswered'), not(answered)),
      'note.nothing_to_follow': both(is('nothing_to_follow'), answered),
      'note.nothing_to_follow_yet': both(is('nothing_to_follow'), not(answered)),
      'note.none_arrived': is('none_arrived'),
      'note.self': is('self'),
      'note.gap': (note) => note.code === 'gap' && note.cause === undefined,
      'note.gap_because': (note) => note.code === 'gap' && note.cause !== undefined,
      'note.maintenance': measured(undefined, 'unknown', 'under_maintenance'),
      'note.maintenance_up': measured('operational', 'degraded_performance'),
      'note.maintenance_partly': measured('partial_outage'),
      'note.maintenance_down': measured('major_outage'),
      'note.noticed': both(either(is('noticed'), is('files_checked')), isNamed),
      'note.noticed_plain': both(either(is('noticed'), is('files_checked')), not(isNamed)),
    },
  });
});

test('what waits for another function names it, where its result does', () => {
  const needed = { 'beijing.login': { 'zh-CN': '北京', en: 'Beijing' } };
  const told = NOTES.flatMap((note) => [{ note }, { note, needed }]);
  const sentence = ({ note, ...known }: (typeof told)[number]) =>
    noteSentence(note, zh, { checks: {}, lines: {}, ...known });
  expectSaid(told, sentence, {
    families: [],
    allowed: {
      'note.waits_for': (it) =>
        'needed' in it && it.note.code === 'not_judged' && it.note.waits_for !== undefined,
    },
  });
});

test('that there was a verdict before is said of what is not judged now', () => {
  const views = STATES.flatMap((state) =>
    NOTES.flatMap((note) =>
      [AT, null].map((measured_at) => ({
        state,
        notes: [note],
        measured_at,
        names: { checks: {}, lines: {} },
      })),
    ),
  );
  expectSaid(views, (it) => whySentences(it, zh), {
    families: ['note.last_'],
    allowed: {
      'note.last_judged': ({ state, notes, measured_at }) =>
        state === 'unknown' && measured_at !== null && notes[0]?.code === 'not_judged',
    },
  });
});
