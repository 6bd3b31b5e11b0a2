import { z } from 'zod';
import { certificatesProblem } from '../../http/certificates.ts';
import type { System } from '../../model/configuration.ts';
import { writeRefusal } from '../../model/writing.ts';
import type { DriverSchemas } from './drivers.ts';
import type { Variables } from './environment.ts';
import { type Report, validate } from './report.ts';
import type { SystemEntry } from './schema.ts';
import { readReference, resolveSecrets } from './secrets.ts';

/** Context of the file: base URL of simulators, drivers, and sources of secrets. */
export interface SystemContext {
  simulator_url: string;
  /** null in processes that do not measure. */
  drivers: DriverSchemas | null;
  env: Variables;
  /** Folder of the configuration file. */
  folder: string;
}

/**
 * The system with its address resolved and its settings parsed by its driver (null without
 * drivers).
 */
export function readSystem(
  id: string,
  entry: SystemEntry,
  context: SystemContext,
  report: Report,
): System {
  const on_simulator = entry.url.startsWith('/');
  if (on_simulator && entry.environment !== 'simulator') {
    report.problem(
      ['systems', id, 'url'],
      'a path is a place on the simulators, so the environment must be simulator; expected an ' +
        'http or https address',
    );
  }
  const url = on_simulator ? `${context.simulator_url}${entry.url}` : entry.url;
  const resolved = new Set<string>();
  const settings = context.drivers
    ? readSettings(id, entry, context.drivers, { ...context, resolved }, report)
    : null;
  requireSafeSteps({ id, url, settings, entry }, context.drivers, report);
  return {
    id,
    name: entry.name,
    driver: entry.driver,
    environment: entry.environment,
    url,
    settings,
    ...(resolved.size === 0 ? {} : { concealed: [...resolved] }),
    ca: context.drivers ? readCertificates(id, entry.ca, context, report) : null,
    neutral: entry.neutral,
    ...(entry.runbook === undefined ? {} : { runbook: entry.runbook }),
  };
}

/** Requests that may change something go to sandboxes and simulators, or are said to be safe. */
function requireSafeSteps(
  system: { id: string; url: string; settings: unknown; entry: SystemEntry },
  drivers: DriverSchemas | null,
  report: Report,
): void {
  const { id, url, settings, entry } = system;
  const steps = settings ? drivers?.[entry.driver]?.writingSteps?.(settings) : undefined;
  if (!drivers || !steps) return;
  const refusal = writeRefusal(url, entry.environment, Object.values(drivers));
  if (refusal === null) return;
  for (const step of steps) {
    const path = ['systems', id, 'settings', ...step];
    report.problem(path, `${refusal}; if it changes nothing there, say safe: true in its step`);
  }
}

/** Certificates are no secret; only the processes that measure need them. */
function readCertificates(
  id: string,
  given: SystemEntry['ca'],
  { env, folder }: SystemContext,
  report: Report,
): string | null {
  if (given === undefined) return null;
  const path = ['systems', id, 'ca'];
  const text = readReference(given, path, { env, folder }, report);
  const problem = text === null ? null : certificatesProblem(text);
  if (problem !== null) report.problem(path, problem);
  return text;
}

/** The settings parsed by the driver. A simulator's credentials are optional. */
function readSettings(
  id: string,
  { driver, environment, settings }: SystemEntry,
  drivers: DriverSchemas,
  { env, folder, resolved }: SystemContext & { resolved: Set<string> },
  report: Report,
): unknown {
  const path = ['systems', id, 'settings'];
  const on_simulator = environment === 'simulator';
  const sources = { env, folder, resolved, allow_literal: on_simulator };
  const given = resolveSecrets(settings, path, sources, report);
  const definition = drivers[driver];
  const value = on_simulator ? { ...definition?.demo?.settings, ...given } : given;
  const schema = definition?.settings ?? z.strictObject({});
  return validate({ schema, value, path, echo: 'secret' }, report);
}
