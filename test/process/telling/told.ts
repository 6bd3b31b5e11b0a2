/**
 * What is wrong with what receivers were told, by the notices that were written and what each got.
 * It knows nothing of how the notifier does that.
 */

/** A matter, and the notices of it, in order. */
export interface WrittenMatter {
  ref: string;
  subject: string;
  notices: { kind: string; at: number; words: string | null }[];
  /** Of an incident: when it began. */
  started_at: number | null;
  /** Who has to hear of it. */
  audience: readonly string[];
  /** It is to be told much later than anybody waits here. */
  is_put_off: boolean;
}

/** What a message says of a matter. */
export interface Told {
  ref: string;
  /** null: a mail does not say whether it begins or goes on. */
  stage: 'begun' | 'changed' | 'over' | null;
  /** When the notice that it tells was written; null: it does not say. */
  notice_at: number | null;
  /** Words of people in it. */
  words: readonly string[];
  /** Whether its beginning is told with it. */
  names_start: boolean;
}

/** A message that a receiver had in full, whether or not it could say so. */
export interface Got {
  who: string;
  id: string;
  at: number;
  tells: readonly Told[];
  /** `refused`: never to be sent again. */
  answer: 'taken' | 'none' | 'refused';
}

export interface ToldReport {
  /** Matters × recipients. */
  expected: number;
  missed: string[];
  /** An end before its beginning, without it, or not last; an earlier notice after a later one. */
  disordered: string[];
  /** The same thing by two messages. */
  repeated_otherwise: string[];
  /** Messages to whom they are not for. */
  astray: string[];
  /** Messages that came again under the same id, which is allowed. */
  repeats: number;
  messages: number;
}

export function compareTold(written: readonly WrittenMatter[], got: readonly Got[]): ToldReport {
  const heard = Map.groupBy(
    got.flatMap((it) => it.tells.map((told) => ({ ...it, told }))),
    ({ who, told }) => `${told.ref} to ${who}`,
  );
  const by_ref = new Map(written.map((it) => [it.ref, it]));
  const names = written.flatMap(({ ref, audience }) => audience.map((who) => `${ref} to ${who}`));
  const wanted = new Set(names);
  const report: ToldReport = {
    expected: names.length,
    missed: [],
    disordered: [],
    repeated_otherwise: [],
    astray: [...heard.keys()].filter((name) => !wanted.has(name)),
    repeats: repeatsIn(got),
    messages: got.length,
  };
  for (const name of names) {
    const matter = by_ref.get(name.split(' ')[0] ?? '');
    const all = heard.get(name) ?? [];
    if (matter === undefined) continue;
    const last = matter.notices.at(-1);
    const is_over = last !== undefined && isEndOf(last.kind);
    const tellsLast = ({ told }: Heard) => !is_over || told.stage === 'over';
    const messages = firstOfEach(all.filter(({ answer }) => answer !== 'refused'));
    const story = `${name}: ${all.map(wordsOfHeard).join(', ')}`;
    if (!all.some(tellsLast) && !matter.is_put_off) report.missed.push(story);
    if (isDisordered(messages, matter)) report.disordered.push(story);
    if (isRepeated(messages)) report.repeated_otherwise.push(story);
  }
  return report;
}

type Heard = Got & { told: Told };

function isEndOf(kind: string): boolean {
  return kind.endsWith('_resolved');
}

function wordsOfHeard({ id, at, answer, told }: Heard): string {
  const notice = told.notice_at === null ? '' : ` of ${new Date(told.notice_at).toISOString()}`;
  const time = new Date(at).toISOString();
  return `${told.stage ?? 'told'}${notice} (${id.slice(0, 9)} ${answer} at ${time})`;
}

/** In the order in which they came first. */
function firstOfEach(all: readonly Heard[]): Heard[] {
  return all.filter(({ id }, i) => all.findIndex((it) => it.id === id) === i);
}

function repeatsIn(got: readonly Got[]): number {
  return got.length - new Set(got.map(({ who, id }) => `${id} ${who}`)).size;
}

function isDisordered(messages: readonly Heard[], { started_at }: WrittenMatter): boolean {
  const [first] = messages;
  const end = messages.findIndex(({ told }) => told.stage === 'over');
  const times = messages.flatMap(({ told }) => told.notice_at ?? []);
  return (
    first?.told.stage === 'changed' ||
    (end !== -1 && end < messages.length - 1) ||
    times.some((at, i) => at < (times[i - 1] ?? at)) ||
    (started_at !== null && messages.some(({ told }) => !told.names_start))
  );
}

function isRepeated(messages: readonly Heard[]): boolean {
  const of = (stage: Told['stage']) => messages.filter(({ told }) => told.stage === stage).length;
  const words = messages.flatMap(({ told }) => told.words);
  const notices = messages.flatMap(({ told }) => told.notice_at ?? []);
  return of('begun') > 1 || of('over') > 1 || !areDistinct(words) || !areDistinct(notices);
}

function areDistinct(things: readonly unknown[]): boolean {
  return new Set(things).size === things.length;
}
