import { stringify } from 'yaml';
import type { Pace } from './pace.ts';
import { titleOf } from './world/servers.ts';
import type { Site } from './world/sites.ts';

/** The configuration of an installation that watches the world's systems, as a user writes it. */
export function configurationOf(pace: Pace, sites: readonly Site[]): string {
  return stringify({
    page: {
      operator: names('Drill'),
      title: names('Drill'),
      zone: 'Asia/Shanghai',
      contact: 'drill@example.invalid',
      public_url: 'http://127.0.0.1:1',
    },
    lines: { office: { name: names('Office') } },
    systems: Object.fromEntries(sites.map((site) => [site.id, systemOf(site)])),
    checks: Object.fromEntries(sites.map((site) => [`${site.id}-reach`, checkOf(site, pace)])),
    tasks: {},
    policies: { default: { slow: `${pace.slow_ms}ms`, ...pace.policy } },
  });
}

function names(name: string) {
  return { 'zh-CN': name, en: name };
}

function systemOf({ id, host, role }: Site) {
  return {
    name: names(id),
    driver: 'web',
    environment: 'production',
    url: `http://${host}`,
    ...(role === 'neutral' && { neutral: true }),
  };
}

function checkOf({ id }: Site, { schedule, deadline_ms }: Pace) {
  return {
    system: id,
    function: 'reach',
    schedule,
    deadline: `${deadline_ms}ms`,
    options: { title: titleOf(id) },
  };
}

/** The id of a system's only component. */
export function componentOf(site: string): string {
  return `${site}.reach`;
}
