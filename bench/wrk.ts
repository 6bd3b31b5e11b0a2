import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface WrkResult {
  requests: number;
  per_second: number;
  p99_ms: number;
}

/** The relevant request headers of a browser. */
export const BROWSER_HEADERS = { 'accept-encoding': 'gzip', 'accept-language': 'zh-CN' };

/** Loads a URL with 64 connections for some seconds. Throws when a response was not 200. */
export async function wrk(url: string, seconds: number): Promise<WrkResult> {
  const headers = Object.entries(BROWSER_HEADERS).flatMap(([name, it]) => ['-H', `${name}: ${it}`]);
  const said = await load(url, seconds, headers);
  if (/Non-2xx|Socket errors/.test(said)) throw new Error(said);
  return resultIn(said);
}

/** The same with the requests of a script of wrk, answered however they should be. */
export async function wrkWithScript(
  url: string,
  seconds: number,
  script: string,
): Promise<WrkResult> {
  const said = await load(url, seconds, ['--timeout', '60s', '-s', script]);
  if (/Socket errors/.test(said)) throw new Error(said);
  return resultIn(said);
}

async function load(url: string, seconds: number, options: readonly string[]): Promise<string> {
  const { stdout } = await run('wrk', [
    '-t1',
    '-c64',
    `-d${seconds}s`,
    '--latency',
    ...options,
    url,
  ]);
  return stdout;
}

function resultIn(said: string): WrkResult {
  const [, requests] = /(\d+) requests in/.exec(said) ?? [];
  const [, per_second] = /Requests\/sec:\s+([\d.]+)/.exec(said) ?? [];
  const [, p99, unit = ''] = /99%\s+([\d.]+)(us|ms|s)/.exec(said) ?? [];
  return {
    requests: Number(requests),
    per_second: Number(per_second),
    p99_ms: Number(p99) * (IN_MS[unit] ?? Number.NaN),
  };
}

const IN_MS: Record<string, number> = { us: 0.001, ms: 1, s: 1_000 };
