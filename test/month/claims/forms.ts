import {
  anyOf,
  CLOCK,
  DAY,
  IN_PARTS_LENGTH,
  LENGTH,
  NUMBER,
  ONE_LENGTH,
  TIME,
} from './said-times.ts';
import {
  AFTER,
  CAUSES,
  INCIDENT_WORDS,
  MAINTENANCE_WORDS,
  NOW,
  OWN,
  READ_FUNCTIONS,
  READ_SYSTEMS,
  WAS,
} from './words-read.ts';

const oneOf = (words: readonly string[]) =>
  `(?:${words
    .toSorted((a, b) => b.length - a.length)
    .map((it) => RegExp.escape(it))
    .join('|')})`;
const list = (item: string, between = '、') => `${item}(?:${between}${item})*`;

const SYSTEM = oneOf(Object.keys(READ_SYSTEMS));
const FUNCTION = oneOf(Object.keys(READ_FUNCTIONS));
const OF = anyOf('的', ' · ', '：');
const NAMED = `(?:${SYSTEM}${OF})?${FUNCTION}`;
const STATE = oneOf(Object.keys(NOW));
const CHECK = '(?:PDF|OFD|here|there)';
const LINE = '(?:local|agent)';

const OUTCOMES = ['系统报错', '被限流', '对方返回错误码'];
const ALERT_STATE = oneOf(['正常', '较慢或受限', '部分中断', '中断', '维护中', '未知']);

/** What may stand in a form, by its name. */
const PLACES: Record<string, string> = {
  system: SYSTEM,
  functions: list(NAMED),
  state: STATE,
  was: oneOf(Object.keys(WAS)),
  changes: list(`${FUNCTION}：${STATE} → ${STATE}(?:（${oneOf(Object.keys(AFTER))}）)?`),
  checks: list(CHECK),
  lines: list(LINE),
  time: TIME,
  clock: CLOCK,
  day: DAY,
  length: LENGTH,
  one: ONE_LENGTH,
  n: String.raw`[\d,]+`,
  percent: String.raw`\d+\.\d\d%`,
  value: `${NUMBER} ${anyOf('毫秒', '秒')}`,
  cause: oneOf(CAUSES),
  incident: oneOf(Object.keys(INCIDENT_WORDS)),
  maintenance: oneOf(Object.keys(MAINTENANCE_WORDS)),
  parts: IN_PARTS_LENGTH,
  own: oneOf(Object.keys(OWN)),
  own_end: oneOf(['，已恢复', '，结束未观察到']),
  unclear: '，现在情况不明',
  enters: oneOf(['进入维护', '情况不明']),
  onwards: anyOf(' 起', ` – ${TIME}`),
  planned: `（原定 ${TIME} – ${TIME}）`,
  /** Between a term and its text. */
  between: oneOf([' ', '：']),
  impact: oneOf(['轻微', '较大', '严重']),
  reason: oneOf(['对方报错', '对方报错（HTTP 503）', '对方报错 HTTP 503']),
  why: '被限流',
  unrecorded: '我们的磁盘写不进去',
  gap_cause: oneOf([...CAUSES, '我们的磁盘写不进去']),
  unknown: oneOf([...CAUSES, '被限流', '我们的磁盘写不进去']),
  rest: '[^）]+',
  address: 'https://status\\.example\\.invalid[^ ]*',
  cell_state: oneOf(['正常', '较慢或受限', '部分中断', '中断', '维护中', '未知', '没有测量']),
  outcome: oneOf(OUTCOMES),
  term: oneOf(['时间 ', '时间：']),
  scope_term: oneOf(['影响对象', '影响功能']),
  link_term: oneOf(['我来处理', '在页面上查看', '查看证据', '查看进展与证据', '查看维护详情']),
  detail: anyOf(`时钟被拨了 [+−]${ONE_LENGTH}`, 'No space is left for the database .*'),
  alert: oneOf(['变化', '解除']),
  got: oneOf(['对方报错（HTTP 503）', '对方返回错误码']),
  code: '[a-z_]+',
  check_id: '[a-z-]+',
  line: LINE,
  by_line: list(`${LINE}：${oneOf(['成功', ...OUTCOMES])}`),
  other_functions: list(`${FUNCTION}：${ALERT_STATE}`),
  other_systems: list(`${SYSTEM}：${ALERT_STATE}`),
  trace: '[0-9a-f]{32}',
};

/**
 * A pattern of a sentence with places `{name}` or `{as:name}`, and parts in `[…]` that may be
 * missing.
 */
export function formOf(template: string): string {
  const parts = template.split(/(\{[^}]+\}|\[|\])/);
  return parts
    .map((part) => {
      if (part === '[') return '(?:';
      if (part === ']') return ')?';
      if (!part.startsWith('{')) return RegExp.escape(part);
      const [as = '', name = as] = part.slice(1, -1).split(':');
      const place = PLACES[name];
      if (place === undefined) throw new Error(`no place ${name}`);
      return `(?<${as}>${place})`;
    })
    .join('');
}

/** The functions of a list, with the system of each that has one. */
export function namedIn(text: string): string[] {
  const all = [...text.matchAll(new RegExp(`(?:(${SYSTEM})${OF})?(${FUNCTION})`, 'g'))];
  return all.map(([, system, fn]) => {
    const name = READ_FUNCTIONS[fn ?? ''] ?? '';
    return system === undefined ? name : `${READ_SYSTEMS[system]}.${name}`;
  });
}

/** `上传、查询` of a system. */
export function withSystem(system: string | undefined, functions = ''): string {
  if (system === undefined) return functions;
  const all = functions.split('、').map((it) => `${system}：${it}`);
  return all.join('、');
}
