import type { Environment } from '../model/vocabulary.ts';

interface Load {
  /** URL of the page that every check requests. */
  url: string;
  checks: number;
  systems: number;
  environment?: Environment;
  /** Every 2 s by default. */
  schedule?: string;
}

/**
 * A configuration with many checks (reach, all by one schedule) of one address, distributed over
 * some systems.
 */
export function loadConfig(load: Load): string {
  const { url, checks, systems, environment = 'sandbox', schedule = '*/2 * * * * *' } = load;
  const system_lines = Array.from(
    { length: systems },
    (_, n) =>
      `  target-${n}: { name: { zh-CN: target-${n}, en: target-${n} }, driver: web, ` +
      `environment: ${environment}, url: '${url}' }`,
  );
  const check_lines = Array.from(
    { length: checks },
    (_, n) =>
      `  check-${n}: { system: target-${n % systems}, function: reach, deadline: 2s, ` +
      `schedule: '${schedule}', options: { path: /, status: 200 } }`,
  );
  return `page:
  operator: { zh-CN: 测试, en: Test }
  title: { zh-CN: 测试, en: Test }
  zone: Asia/Shanghai
  contact: test@example.invalid
  public_url: http://127.0.0.1:1
lines:
  local: { name: { zh-CN: 本机, en: This machine } }
systems:
${system_lines.join('\n')}
checks:
${check_lines.join('\n')}
`;
}
