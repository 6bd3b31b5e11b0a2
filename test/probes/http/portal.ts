import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { systemClock } from '../../../model/time.ts';
import { parseConfiguration } from '../../../platform/config/parse.ts';
import { createCheckRunner, type RunnerParts } from '../../../probes/line/check-runner.ts';
import { SYSTEMS } from '../../../probes/systems/index.ts';
import { CONFIGURATION_HEAD } from '../../platform/configuration-head.ts';

export interface Got {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

export interface Portal {
  url: string;
  /** Requests so far, newest last. */
  got: Got[];
}

/** An HTTP server of the test, closed at its end. */
export async function startPortal(
  answer: (got: Got, response: ServerResponse) => void,
): Promise<Portal> {
  const got: Got[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { method = '', url = '', headers } = request;
    const one = { method, url, headers, body: Buffer.concat(parts) };
    got.push(one);
    answer(one, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got };
}

export interface SiteParts {
  url: string;
  /** YAML of the settings of the system. */
  settings: string;
  environment?: string;
  /** Functions that are checked, each by a check of its name, and the format of downloads. */
  functions: readonly string[];
  format?: string;
  /** Checks in YAML, in place of those. */
  checks?: string;
  env?: Record<string, string>;
  ca?: string;
  deadline?: string;
  /** Of the line. */
  proxy?: string;
}

/** A configuration of one system of the driver `http`. */
export function siteOf(parts: SiteParts): string {
  const { url, settings, environment = 'sandbox', functions, format = 'pdf', ca } = parts;
  const checks = functions.map((fn) => {
    const options = fn === 'download' ? `, options: { format: ${format} }` : '';
    const when = `schedule: '0 * * * * *', deadline: ${parts.deadline ?? '20s'}`;
    return fn === 'sync'
      ? `  sync: { system: portal, function: sync, follows: portal, deadline: 20s }`
      : `  ${fn}: { system: portal, function: ${fn}, ${when}${options} }`;
  });
  const indented = settings.replace(/^\n/, '').replace(/^/gm, '      ');
  const head =
    parts.proxy === undefined
      ? CONFIGURATION_HEAD
      : CONFIGURATION_HEAD.replace('en: Office }', `en: Office }, proxy: '${parts.proxy}'`);
  return `${head}  portal:
    name: { zh-CN: 门户, en: Portal }
    driver: http
    environment: ${environment}
    url: ${url}
${ca === undefined ? '' : `    ca: { file: ${ca} }\n`}    settings:
${indented}
checks:
${parts.checks ?? checks.join('\n')}
`;
}

export function read(parts: SiteParts) {
  return parseConfiguration({
    text: siteOf(parts),
    file: 'my.yaml',
    demo: false,
    public_url: null,
    simulator_url: 'http://127.0.0.1:8090',
    env: parts.env ?? {},
    drivers: SYSTEMS,
  });
}

/** Runs of the checks of a site, all in one process as on a line. */
export function lineOfSite(parts: SiteParts, more: Partial<RunnerParts> = {}) {
  const configuration = read(parts);
  return createCheckRunner({
    configuration,
    installation: 'test',
    clock: systemClock,
    ...more,
  });
}

/** What a check of the site found. */
export function measured(parts: SiteParts, check: string) {
  return lineOfSite(parts).run(check, systemClock.now());
}

/** The settings of YAML, for reading what a document shows. */
export function yamlOf(text: string): unknown {
  return parse(text);
}

export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
