import type { Configuration } from '../../model/configuration.ts';
import { lineName } from '../../model/names.ts';
import type { OwnTroubleView, StatusOverview } from '../../model/overview.ts';
import type { OwnTrouble } from '../../model/own-trouble.ts';
import { ownTroublesOf, type ProcessTrouble } from '../../model/process-trouble.ts';
import { MINUTE } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { OwnTroubleReads } from '../../store/ports/own-troubles.ts';

/** Shorter trouble that is over is not listed: its gaps are. */
const LISTED_FROM_MS = MINUTE;

/** Trouble of our own as published: what is open, and what was. */
export function ownTroubleViews(
  troubles: readonly OwnTrouble[],
  configuration: Pick<Configuration, 'lines'>,
): Pick<StatusOverview, 'own_troubles' | 'recent_own_troubles'> {
  const views = troubles.map((it) => ownTroubleView(it, configuration));
  return {
    own_troubles: views.filter(({ until }) => until === null),
    recent_own_troubles: views
      .filter(({ since, until }) => until !== null && until - since >= LISTED_FROM_MS)
      .sort((a, b) => b.since - a.since),
  };
}

/** What is wrong with ourselves now, as published. */
export async function loadOpenOwnTroubles(
  reader: OwnTroubleReads,
  configuration: Pick<Configuration, 'lines'>,
): Promise<OwnTroubleView[]> {
  const troubles = await reader.openOwnTroubles();
  return troubles.map((it) => ownTroubleView(it, configuration));
}

/** What our processes suffer from, which may keep it from being recorded, as published. */
export function ownTroublesOfProcesses(
  processes: readonly ProcessTrouble[],
  configuration: Pick<Configuration, 'lines'>,
  now: EpochMs,
): OwnTroubleView[] {
  return ownTroublesOf(processes, now).map((it) => ownTroubleView(it, configuration));
}

/** Without the detail, which is for operators. */
function ownTroubleView(
  { detail: _, ...trouble }: OwnTrouble,
  configuration: Pick<Configuration, 'lines'>,
): OwnTroubleView {
  return { ...trouble, line_name: lineName(trouble.line, configuration) };
}
