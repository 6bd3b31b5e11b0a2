import type { Payload } from '../../channels/kit/message.ts';
import { type Alert, isOfComponent } from '../../model/alert.ts';
import type { AlertDetails, AlertFindings } from '../../model/alert-details.ts';
import { type Check, runbookOf } from '../../model/configuration.ts';
import { withDependencies } from '../../model/dependencies.ts';
import { severityOf, worstOf } from '../../model/severity.ts';
import { componentId, functionOf, systemOf } from '../../model/vocabulary.ts';
import { publicUrl, type RenderContext } from './context.ts';

/** What was measured at an alert, with what the configuration knows; null: of no component. */
export function alertDetails(
  { alert, findings }: Extract<Payload, { subject: 'alert' }>,
  context: RenderContext,
): AlertDetails | null {
  if (!isOfComponent(alert)) return null;
  const { configuration } = context;
  const component = alert.subject;
  const system = systemOf(component);
  const fn = functionOf(component);
  const checks = configuration.checks.filter((it) => componentOf(it) === component);
  const configured = configuration.systems.find(({ id }) => id === system);
  const got = alert.resolved_at === null ? (findings?.bad ?? null) : null;
  const decided = configuration.checks.find(({ id }) => id === got?.check);
  return {
    component,
    system,
    function: fn,
    tasks: configuration.tasks
      .filter((it) => withDependencies(it.components, configuration.depends_on).includes(component))
      .map(({ id }) => id),
    lines: configuration.lines
      .map(({ id }) => id)
      .filter((line) => checks.some((it) => it.line === line)),
    expected_within_ms: decided?.deadline_ms ?? null,
    got,
    got_from: decided?.line ?? null,
    ...(alert.resolved_at === null && findings !== null
      ? aroundIt(alert, findings, context, checks)
      : NOTHING_AROUND),
    runbook: configured === undefined ? null : runbookOf(configured, fn),
    page: publicUrl(context, `#${component}`),
    incident: alert.incident === null ? null : publicUrl(context, `incidents/${alert.incident}`),
  };
}

type Around = Pick<
  AlertDetails,
  'last_good_at' | 'by_line' | 'answered' | 'silent' | 'same_system' | 'other_systems'
>;

/** Of what is over, nobody has to know what was around it. */
const NOTHING_AROUND: Around = {
  last_good_at: null,
  by_line: [],
  answered: [],
  silent: [],
  same_system: [],
  other_systems: [],
};

function aroundIt(
  { subject }: Alert,
  { bad, last, last_good_at, states }: AlertFindings,
  { configuration }: RenderContext,
  checks: readonly Check[],
): Around {
  const lines = new Set(checks.map(({ line }) => line));
  const measured = new Set(configuration.checks.map(componentOf));
  const known = states.filter(({ component }) => measured.has(component));
  const system = systemOf(subject);
  const others = Map.groupBy(
    known.filter((it) => systemOf(it.component) !== system),
    (it) => systemOf(it.component),
  );
  const neutral = new Set(configuration.systems.filter((it) => it.neutral).map(({ id }) => id));
  return {
    last_good_at,
    by_line: lines.size < 2 ? [] : byLine(last, checks),
    answered: answeredHosts(bad),
    silent: bad?.proof?.neutrals.filter((it) => !it.answered).map(({ host }) => host) ?? [],
    same_system: known
      .filter((it) => systemOf(it.component) === system && it.component !== subject)
      .map((it) => ({ function: functionOf(it.component), state: it.to })),
    other_systems: [...others]
      .filter(([id]) => !neutral.has(id))
      .map(([id, of_it]) => ({ system: id, state: worstOf(of_it.map(({ to }) => to)) }))
      .toSorted((a, b) => severityOf(b.state) - severityOf(a.state)),
  };
}

/** The last result on each line, of its check that was measured last. */
function byLine(last: AlertFindings['last'], checks: readonly Check[]): AlertDetails['by_line'] {
  const found = last.toSorted((a, b) => a.slot_at - b.slot_at);
  const by_line = new Map(
    found.flatMap(({ check, outcome }) => {
      const line = checks.find(({ id }) => id === check)?.line;
      return line === undefined ? [] : [[line, { line, outcome }] as const];
    }),
  );
  return [...by_line.values()];
}

function answeredHosts(bad: AlertFindings['bad']): string[] {
  const { neutrals = [], other_answer = null } = bad?.proof ?? {};
  const hosts = neutrals.filter((it) => it.answered).map(({ host }) => host);
  return [...new Set(other_answer === null ? hosts : [other_answer.host, ...hosts])];
}

function componentOf(check: Check): string {
  return componentId(check.system, check.function);
}
