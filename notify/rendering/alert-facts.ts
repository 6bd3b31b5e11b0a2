import { reasonText, type Words } from '../../messages/index.ts';
import type { AlertDetails } from '../../model/alert-details.ts';
import { lineName, systemName } from '../../model/names.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { RenderContext } from './context.ts';

/** So many other systems are named in one line, the worst first. */
const NAMED_AT_ONCE = 8;

type Rows = readonly (readonly [key: AlertTerm, text: string | null])[];
type AlertTerm =
  | 'alert.expected'
  | 'alert.got'
  | 'alert.measured'
  | 'alert.last_good'
  | 'alert.by_line'
  | 'alert.answered'
  | 'alert.silent'
  | 'alert.same_system'
  | 'alert.other_systems'
  | 'alert.trace';

/** What was expected and got, and what others say; empty where it is not known. */
export function measuredFacts(details: AlertDetails, context: RenderContext): Rows {
  const { words, configuration } = context;
  const { expected_within_ms, got, last_good_at } = details;
  const within = expected_within_ms === null ? null : words.duration(expected_within_ms);
  const isSaid = (name: string, is: string) => words.text('alert.is', { name, is });
  const lines = details.by_line.map(({ line, outcome }) =>
    isSaid(nameOf(lineName(line, configuration), words), words.text(`outcome.${outcome}`)),
  );
  const functions = details.same_system.map((it) =>
    isSaid(words.text(`function.${it.function}`), words.text(`state.${it.state}`)),
  );
  const systems = details.other_systems.map((it) =>
    isSaid(words.name(systemName(it.system, configuration)), words.text(`state.${it.state}`)),
  );
  return [
    ['alert.expected', within && words.text('alert.expected_within', { within })],
    ['alert.got', got && gotText(got, words)],
    ['alert.measured', got && measuredText(got, details.got_from, context)],
    ['alert.last_good', last_good_at === null ? null : inZone(last_good_at, words, 'seconds')],
    ['alert.by_line', words.list(lines)],
    ['alert.answered', words.list(details.answered)],
    ['alert.silent', words.list(details.silent)],
    ['alert.same_system', words.list(functions)],
    ['alert.other_systems', atMost(systems, words)],
    ['alert.trace', got?.trace_id ?? null],
  ];
}

/** A time with the name that its zone has then: 2026年1月5日 09:00（中国标准时间）. */
export function inZone(at: EpochMs, words: Words, to: 'minute' | 'seconds' = 'minute'): string {
  const text = to === 'minute' ? words.dateTime(at) : words.dateTimeSeconds(at);
  return words.text('text.with_aside', { text, aside: words.zoneName(at) });
}

/** The reason in words, and its code, which metrics, logs and the API name it by. */
function gotText(
  { outcome, reason, detail }: NonNullable<AlertDetails['got']>,
  words: Words,
): string {
  const what = reason === null ? words.text(`outcome.${outcome}`) : null;
  const text = what ?? reasonText(reason, detail, words);
  return words.text('alert.got_code', { text, code: reason ?? outcome });
}

/** When, how long it took (nothing, where nothing ran), by which check and from where. */
function measuredText(
  { check, started_at, duration_ms }: NonNullable<AlertDetails['got']>,
  line: string | null,
  { words, configuration }: RenderContext,
): string {
  const time = inZone(started_at, words, 'seconds');
  const from = line === null ? null : nameOf(lineName(line, configuration), words);
  return words.list([
    time,
    ...(duration_ms > 0 ? [words.text('alert.took', { length: words.duration(duration_ms) })] : []),
    words.text('alert.by_check', { check }),
    ...(from === null ? [] : [words.text('alert.from_line', { line: from })]),
  ]);
}

function nameOf(name: ReturnType<typeof lineName>, words: Words): string {
  return name === null ? '' : words.name(name);
}

function atMost(items: readonly string[], words: Words): string {
  const more = items.length - NAMED_AT_ONCE;
  const named = words.list(items.slice(0, NAMED_AT_ONCE));
  return more > 0 ? words.text('alert.and_more', { items: named, n: more }) : named;
}
