import type { AilingSpan, OracleAilment } from '../oracle/component.ts';
import type { Stretch } from '../oracle/facts.ts';
import { lengthOf, spokenInFull } from '../oracle/lengths.ts';
import type { Claim } from './claim.ts';
import { isDisturbed, stateOf, worstIn } from './instant.ts';
import {
  ALL_OF_MONTH,
  type Checks,
  type Context,
  disturbancesIn,
  fullNames,
  incidentTime,
  isIn,
  readableTime,
  restOf,
  scopeOf,
  sinceOf,
} from './reading.ts';

/** How functions are, were and changed. */
export const STATE_CHECKS: Checks = {
  is: ({ of, how }, context) =>
    how === 'under_maintenance' && of.length === 0 && isOfIncident(context)
      ? wrongStatus('maintained', context)
      : differing(of, how, context),
  rest_is: ({ how }, context) => differing(restOf(context), how, context),
  is_unclear: ({ of }, context) => differing(of, 'unknown', context),
  was: wrongPast,
  changed: ({ of, to, after }, context) => {
    if (!context.is_now) return null;
    if (after === null) return differing([of], to, context);
    return differing([of], after, context) ?? neverWas(of, to, context);
  },
  recovered_at: ({ of, at }, context) => {
    const { placed, incident, instant } = context;
    const all = of.flatMap((it) => fullNames(it, placed, incident));
    const wrong = all.filter((it) => !becameWell(instant.spans(it), at));
    return wrong.length === 0 ? null : `${wrong} did not become well then`;
  },
  over: (_, context) =>
    context.is_now ? differing(scopeOf(context), 'operational', context) : null,
  advised: ({ of, how }, context) => {
    if (of !== null) return differing(of, how, context);
    const all = ALL_OF_MONTH.map(context.instant.how);
    return all.includes(how) || context.instant.is_unjudged ? null : `${how}, but ${all}`;
  },
  withdrawn: (_, context) => {
    const own = scopeOf(context);
    const its = disturbancesIn(own, incidentTime(context), context.instant);
    return context.incident && its.length > 0 ? `${own} was disturbed` : null;
  },
  impact: ({ impact }, context) => wrongImpact(impact, context),
  // One in front of an update is of what was so then.
  status: ({ status }, context) => (isOfIncident(context) ? wrongStatus(status, context) : null),
  since: ({ at }, context) => {
    const from = scopeOf(context).map((it) => sinceOf(it, context.instant));
    return from.some((it) => isIn(at, it)) ? null : `not ${from.map(readableTime)}`;
  },
  well_since: ({ at }, context) => {
    const own = scopeOf(context);
    const from = own.map((it) => sinceOf(it, context.instant));
    const is_well = own.every((it) => context.instant.how(it) === 'operational');
    return is_well && from.some((it) => isIn(at, it)) ? null : `not ${from.map(readableTime)}`;
  },
  usable: ({ measured }, context) => {
    const states = scopeOf(context).map((it) => stateOf(context.instant.measured(it)));
    return states.some((it) => USABLE[measured].includes(it)) ? null : `${measured}, not ${states}`;
  },
};

const USABLE: Record<'well' | 'partly' | 'not', readonly OracleAilment[]> = {
  well: ['operational', 'degraded_performance'],
  partly: ['partial_outage'],
  not: ['major_outage'],
};

function isOfIncident({ claims }: Context): boolean {
  return claims.some((it) => it.says === 'began' || it.says === 'impact');
}

/** It was so before it was what it is now. */
function neverWas(
  name: string,
  how: OracleAilment,
  { placed, incident, instant }: Context,
): string | null {
  const wrong = fullNames(name, placed, incident).filter(
    (it) => instant.spans(it).at(-2)?.how !== how,
  );
  return wrong.length === 0 ? null : `${wrong} was not ${how} before`;
}

function becameWell(spans: readonly AilingSpan[], at: Stretch): boolean {
  return spans.some(
    ({ how, from }, i) =>
      how === 'operational' &&
      isIn(at, from) &&
      spans.slice(0, i).some((it) => isDisturbed(it.how)),
  );
}

/** Functions that are not so. While nobody judges, what has run out is unknown. */
function differing(names: readonly string[], how: OracleAilment, context: Context): string | null {
  const { placed, incident, instant } = context;
  const all =
    names.length > 0 ? names.flatMap((it) => fullNames(it, placed, incident)) : scopeOf(context);
  const wrong = all.filter(
    (it) => instant.how(it) !== how && !(how === 'unknown' && instant.is_unjudged),
  );
  return wrong.length === 0 ? null : `${how}, but ${wrong.map((it) => `${it} ${instant.how(it)}`)}`;
}

function wrongPast(claim: Extract<Claim, { says: 'was' }>, context: Context): string | null {
  const { instant, placed, incident } = context;
  if (incident === null) return null;
  const time = incidentTime(context);
  const wrong = claim.of
    .flatMap((name) => fullNames(name, placed, incident))
    .flatMap((component) => {
      const its = instant.disturbances(component, time);
      const length = lengthOf(its);
      const worst = worstIn(instant.spans(component), length ?? time);
      const is_long = claim.length === null || (length && spokenInFull(length) === claim.length);
      const is_past = incident.over_at !== null || !isDisturbed(instant.how(component));
      return worst === claim.how && is_long && is_past
        ? []
        : [
            `${component} ${claim.how} ${claim.length}, not ` +
              `${worst} ${length && spokenInFull(length)}${is_past ? '' : ', goes on'}`,
          ];
    });
  return wrong.length === 0 ? null : wrong.join('; ');
}

const IMPACTS: readonly [impact: string, of: readonly (OracleAilment | null)[]][] = [
  ['轻微', ['degraded_performance']],
  ['较大', ['partial_outage', 'some_users']],
  ['严重', ['major_outage']],
];

/** The worst that it was, by what is known then. */
function wrongImpact(impact: string, context: Context): string | null {
  if (context.incident === null) return null;
  const time = incidentTime(context);
  const worst = scopeOf(context).map((it) => worstIn(context.instant.spans(it), time));
  const rank = IMPACTS.findIndex(([it]) => it === impact);
  const least = IMPACTS.findLastIndex(([, of]) => worst.some((it) => of.includes(it)));
  // What runs out while nobody judges makes what is left of it no worse.
  const is_so = rank === least || (context.instant.is_unjudged && rank >= 0 && rank < least);
  return least >= 0 && is_so ? null : `${impact}, but ${worst}`;
}

function wrongStatus(status: string, { incident, instant }: Context): string | null {
  if (incident === null) return null;
  const how = incident.components.map(instant.how);
  const is_over = !how.some((it) => isDisturbed(it));
  // A change is told once it has held for a while.
  if (status === 'watched')
    return is_over || incident.fails_in_another ? null : `watched, but ${how}`;
  if (status === 'unclear')
    return how.includes('unknown') || instant.is_unjudged ? null : `unclear, but ${how}`;
  if (status === 'maintained')
    return is_over && how.includes('under_maintenance') ? null : `maintained, but ${how}`;
  return null;
}
