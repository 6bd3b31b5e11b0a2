import type { Line } from '../../model/configuration.ts';
import type { Variables } from './environment.ts';
import type { Report } from './report.ts';
import type { LineEntry } from './schema.ts';
import { readReference } from './secrets.ts';

interface LineContext {
  /** Whether this process measures; only then is the proxy, which may hold a password, read. */
  measures: boolean;
  env: Variables;
  /** Folder of the configuration file. */
  folder: string;
}

/** The line with its proxy; no problem repeats the address, which may hold a password. */
export function readVantage(
  id: string,
  { name, proxy, control_name }: LineEntry,
  context: LineContext,
  report: Report,
): Line {
  const line = { id, name, proxy: null, ...(control_name !== undefined && { control_name }) };
  if (proxy === undefined || !context.measures) return line;
  const path = ['lines', id, 'proxy'];
  const text = readReference(proxy, path, context, report);
  const problem = text === null ? null : proxyProblem(text, typeof proxy === 'string');
  if (problem !== null) report.problem(path, problem);
  return { ...line, proxy: text };
}

/**
 * Refuses every line but the first: without an agent of its own nobody measures from it, and the
 * page would name a network that was never looked from.
 */
export function requireAgents(lines: readonly string[], report: Report): void {
  for (const id of lines.slice(1)) {
    report.problem(
      ['lines', id],
      'nobody measures from this line: checks run on this machine only, which is the first line',
    );
  }
}

const PROXY = /^http:\/\/(?:[^\s/@]+@)?(?:\[[\da-f:.]+\]|[^\s/@:?#[\]]+):\d{1,5}$/;

const PROXY_EXPECTED =
  'expected the address of an HTTP proxy, http://host:port or http://user:password@host:port';

function proxyProblem(text: string, is_literal: boolean): string | null {
  const url = PROXY.test(text) ? URL.parse(text) : null;
  if (url === null) {
    return PROXY_EXPECTED;
  }
  const has_credentials = url.username !== '' || url.password !== '';
  return has_credentials && is_literal
    ? 'contains credentials; expected {env: NAME} or {file: PATH} instead of them'
    : null;
}
