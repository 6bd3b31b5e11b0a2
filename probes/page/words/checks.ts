import { anyOf } from './plain.ts';

/** What is said to a visitor who is kept out: 您的访问被阻断. */
const KEPT_OUT = `${anyOf('请求 访问 操作')}${anyOf('已被 已 被')}?${anyOf('拦截 阻断 攔截 封禁 限制 禁止')}`;

/** Words of pages that check whether their visitor is a person, or that keep it out. */
const PHRASE = [
  anyOf(
    '滑块验证 滑動驗證 滑动验证 拖动滑块 人机验证 人機驗證 人机识别 安全验证 安全驗證 访问验证 安全检查',
  ),
  KEPT_OUT,
  anyOf(
    '访问过于频繁 访问频率过高 请求过于频繁 网站防火墙 web应用防火墙 云防护 创宇盾 安全狗 云锁',
  ),
  'just a moment|attention required|checking your browser|verify (?:that )?you are (?:a )?human',
  'access denied|request (?:was )?blocked|are you a robot|ddos protection by|security check',
].join('|');

const NAME = new RegExp(
  `^请?先?${anyOf('完成 进行')}?(?:${PHRASE})${anyOf('码 页 页面 中')}?$|` +
    `^(?:.{0,100},)?${anyOf('您的 你的')}${KEPT_OUT}$`,
  'u',
);

/** Whether a plain title part or sentence names such a check: "安全验证", Just a moment. */
export function namesCheck(part: string): boolean {
  return NAME.test(part);
}

const MENTION = new RegExp(
  `${PHRASE}|${anyOf('完成 通过 输入')}.{0,8}验证.{0,8}${anyOf('继续 后')}|enable javascript and cookies`,
  'u',
);

/** Whether a plain text mentions such a check. */
export function mentionsCheck(text: string): boolean {
  return MENTION.test(text);
}

/** The scripts of well-known guards: Aliyun, Ruishu, Jiasule, Cloudflare, AWS, Imperva, F5 … */
const SCRIPT = new RegExp(
  [
    'acw_sc__v\\d|\\$_ts\\b|__jsl_clearance|cdn-cgi/challenge-platform|_cf_chl_opt|awswaf',
    '_Incapsula_|/TSPD/|captcha\\.(?:qq|gtimg|qcloud)\\.com|turing\\.captcha|x5sec|aliyun_waf',
    'waf_captcha|/_guard/|yunsuo_session|safedog|SafeLineChallenge',
  ].join('|'),
  'i',
);
const SEARCHED_CHARACTERS = 65_536;

/** Whether the source has the script by which a guard tries its visitor's browser. */
export function hasChallenge(source: string): boolean {
  return SCRIPT.test(source.slice(0, SEARCHED_CHARACTERS));
}

/** Whether a page without text sets a cookie by a script and comes again with it. */
export function asksForCookie(source: string): boolean {
  const start = source.slice(0, SEARCHED_CHARACTERS);
  return /document\.cookie\s*=/.test(start) && /\blocation\b/.test(start);
}
