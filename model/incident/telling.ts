import type { AffectedComponent, IncidentUpdate, UpdateCode } from '../incident.ts';
import { NUMBERS } from '../numbers.ts';
import type { ComponentId, EpochMs } from '../vocabulary.ts';
import { ailmentsOf } from './told.ts';

/** Updates of the judge with which a message about an outage begins. */
const BEGINNING: readonly UpdateCode[] = ['opened', 'recovered', 'still'];
const ALWAYS: readonly UpdateCode[] = ['opened', 'still', 'text'];
const FAILING: readonly UpdateCode[] = ['reopened', 'joined'];
const WORSE: readonly UpdateCode[] = ['worse', 'joined'];
const UNCLEAR: readonly UpdateCode[] = ['unclear', 'unclear_in_part', 'dropped'];
/** What was closed and fails again was not known in between. */
const KNOWN: readonly UpdateCode[] = ['known', 'reopened'];
const DOWN: readonly UpdateCode[] = [...WORSE, ...KNOWN];

/**
 * Whether everyone is notified of an update, after those before it: that an incident opens and that
 * it is over, one time that it gets worse, one that it is not known any more, and one that it is
 * again; and of each function the first time that it is down. What else changes stands on the page,
 * and is told once it has held (`tellsAt`). Nothing of a reopening that nobody was told of, nor
 * what everyone was told already.
 */
export function isTold(
  code: UpdateCode,
  affected: readonly AffectedComponent[],
  before: readonly IncidentUpdate[],
): boolean {
  if (ALWAYS.includes(code)) return true;
  const told = before.filter((it) => it.told);
  // What is known only when it is over begins with that.
  if (told.length === 0) return code === 'recovered';
  const lately = sinceEnd(told);
  if (lately.length === 0) {
    // Of a function of which nobody ever heard in it, that it fails is told.
    const known = toldToAll(before);
    return FAILING.includes(code) && affected.some((it) => !known.has(it.component));
  }
  if (code === 'resolved') return true;
  const everyone = toldToAll(before);
  if (affected.length > 0 && affected.every((it) => isSaid(it, everyone.get(it.component))))
    return false;
  const since = lately.slice(Math.max(0, lately.findLastIndex(isBeginning)));
  const isFirstOf = (codes: readonly UpdateCode[]) =>
    codes.includes(code) && !since.some((it) => codes.includes(it.code));
  if ([WORSE, UNCLEAR, KNOWN].some(isFirstOf)) return true;
  const down = downOf(lately.flatMap((it) => it.affected));
  return DOWN.includes(code) && downOf(affected).some((it) => !down.includes(it));
}

/** Whether everyone was last told just that: what changed in between, nobody heard of. */
function isSaid(it: AffectedComponent, told: AffectedComponent | undefined): boolean {
  return told?.to === it.to && ailmentsOf(told).to === ailmentsOf(it).to;
}

/** What was told since the last end that was. */
function sinceEnd(told: readonly IncidentUpdate[]): readonly IncidentUpdate[] {
  return told.slice(told.findLastIndex((it) => it.code === 'resolved') + 1);
}

function isBeginning({ code }: IncidentUpdate): boolean {
  return BEGINNING.includes(code);
}

function downOf(affected: readonly AffectedComponent[]): ComponentId[] {
  return affected.filter(({ to }) => to === 'major_outage').map(({ component }) => component);
}

/** What everyone was last told of each component: with the end of an incident, that it is well. */
export function toldToAll(updates: readonly IncidentUpdate[]): Map<ComponentId, AffectedComponent> {
  const told = new Map<ComponentId, AffectedComponent>();
  for (const { code, affected } of updates.filter((it) => it.told)) {
    if (code === 'resolved') for (const [id, it] of told) told.set(id, well(it));
    for (const it of affected) told.set(it.component, it);
  }
  return told;
}

function well(told: AffectedComponent): AffectedComponent {
  const { component, to: from } = told;
  const ailments = { from: ailmentsOf(told).to, to: null };
  return { component, from, to: 'operational', ailments };
}

/**
 * When what was published of a component but not told is told: a reopening sooner, but ever more
 * rarely.
 */
export function tellsAt(
  updates: readonly IncidentUpdate[],
  component: ComponentId,
  { settle_ms }: { settle_ms: number },
): EpochMs {
  const { held_ms, reopenings_apart_ms } = NUMBERS.incident;
  const isOfIt = (it: IncidentUpdate) => it.affected.some((one) => one.component === component);
  const published_at = publishedAt(updates, component);
  const told = updates.filter((it) => it.told);
  // Another one may have been told of since, of which nobody had heard before.
  if (sinceEnd(told).some((it) => isBeginning(it) || isOfIt(it))) return published_at + held_ms;
  const reopenings = told.filter(
    ({ code }, i) => code === 'still' && !sinceEnd(told.slice(0, i)).some(isBeginning),
  ).length;
  const apart_ms = reopenings_apart_ms[reopenings] ?? reopenings_apart_ms.at(-1) ?? 0;
  const begun = told.findLast(isBeginning);
  return Math.max(published_at + settle_ms, (begun?.created_at ?? 0) + apart_ms);
}

/**
 * Since when it is published as it is otherwise than everyone was told: that it is said again as
 * another one changes, or fails for another reason in the same state, does not begin it anew.
 */
function publishedAt(updates: readonly IncidentUpdate[], component: ComponentId): EpochMs {
  const said = updates.flatMap(({ affected, created_at }) =>
    affected.filter((it) => it.component === component).map((it) => ({ ...it, created_at })),
  );
  const last = said.at(-1);
  if (last === undefined) return 0;
  const is_state_told = toldToAll(updates).get(component)?.to === last.to;
  const isSame = (it: AffectedComponent) => (is_state_told ? isSaid(it, last) : it.to === last.to);
  return said[said.findLastIndex((it) => !isSame(it)) + 1]?.created_at ?? 0;
}

/** Times that it was reopened before an update without anyone being told. */
export function heldBack(updates: readonly IncidentUpdate[], update: IncidentUpdate): number {
  const before = updates.slice(
    0,
    updates.findIndex(({ id }) => id === update.id),
  );
  const untold = before.slice(before.findLastIndex((it) => it.told) + 1);
  return Math.max(0, untold.filter(({ code }) => code === 'reopened').length - 1);
}
