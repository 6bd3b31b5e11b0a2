import { anyOf } from './plain.ts';

const STATUS = `(?:${anyOf('http error 错误 status')} ?){0,2}[45]\\d\\d`;

/** What failed, and how: "系统错误", "服务器繁忙". */
const FAILED_THING =
  anyOf(
    '系统 系統 服务器 服務器 伺服器 服务 服務 网络 網絡 程序 应用程序 运行时 内部 网站 网页 数据库',
  ) +
  anyOf('发生 發生 内部 处理 运行 暂时 暫時') +
  '?' +
  anyOf('错误 錯誤 异常 異常 繁忙 忙 出错 故障 不可用 无响应');

const NO_PAGE =
  `${anyOf('您 你')}?${anyOf('要 所')}?${anyOf('访问 請求 请求 查找 浏览')}?的?` +
  `${anyOf('页面 頁面 网页 網頁 资源 地址 站点')}` +
  anyOf(
    '不存在 未找到 找不到 没有找到 已删除 已失效 出错 出错了 丢失 丢失了 走丢了 無法顯示 无法显示 无法访问',
  );

const NOT_FOUND =
  anyOf('找不到 未找到 没有找到 無法找到 无法找到') +
  `${anyOf('您 该 此 指定 请求')}?(?:要?的)?${anyOf('页 页面 頁面 网页 资源 文件')}`;

const PHRASE = [
  FAILED_THING,
  NO_PAGE,
  NOT_FOUND,
  anyOf(
    '出错啦 出错了 出现错误 发生错误 發生錯誤 错误 錯誤 错误页 错误页面 错误提示 错误信息 エラー',
  ),
  'bad gateway|(?:the )?service (?:is )?(?:temporarily )?unavailable|gateway time-?out',
  '(?:the )?(?:page |resource |file )?(?:cannot be |could not be |was )?not found',
  '(?:internal )?server error(?: in .{0,60})?|(?:runtime|application|system) error|error(?: page)?',
  'whitelabel error page|oops!?|an error (?:has )?occurred|something went wrong',
].join('|');

const NAME = new RegExp(
  `^(?:${STATUS}[ :,.]*)?(?:${PHRASE})(?: ?\\(?${STATUS}\\)?)?[!.]*$|` +
    `^http (?:status|error) ${STATUS}|^.{0,30}应用程序中的服务器错误`,
  'u',
);
const ONLY_STATUS = new RegExp(`^${STATUS}$`);

/** Whether the parts of a plain title name an error document: 404 Not Found, 出错了. */
export function nameError(parts: readonly string[]): boolean {
  const [first = ''] = parts;
  return parts.some((it) => NAME.test(it)) || (parts.length === 1 && ONLY_STATUS.test(first));
}

const MENTION = new RegExp(
  [
    FAILED_THING,
    NOT_FOUND,
    `${anyOf('页面 頁面')}${anyOf('不存在 未找到 出错 丢失 无法')}|找不到.{0,12}${anyOf('页 頁 资源 文件')}`,
    `${anyOf('出错 错误 錯誤')}${anyOf('了 啦 代码 信息 提示 页')}|不可用|操作失败|(?:无法|不能|無法)(?:正常)?(?:访问|打开|訪問)`,
    `${anyOf('访问 请求')}${anyOf('失败 超时 出错')}|稍[后候]${anyOf('再试 重试 访问')}`,
    'bad gateway|unavailable|timed? ?-?out|server error|not found|error (?:has )?occurred',
    'whitelabel error|stack trace|exception|fatal error|database (?:connection|error)',
    'something went wrong|no healthy upstream|upstream connect error|default backend',
  ].join('|'),
  'u',
);

/** Whether a plain text mentions an error. */
export function mentionsError(text: string): boolean {
  return MENTION.test(text);
}
