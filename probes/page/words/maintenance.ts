import { anyOf } from './plain.ts';

/** What is done: "维护", "升级", "检修" …, in both scripts. */
const WORK = `${anyOf('停机 停機 停服 升级 升級 系统 系統 例行 紧急 緊急 临时 臨時 维护 維護 更新')}?${anyOf(
  '维护 維護 升级 升級 检修 檢修 割接 维修 維修 改造',
)}`;

/** What nobody can use while it is under maintenance; not 设备 or 车辆. */
const SITE = anyOf(
  '系统 系統 网站 網站 网络 網絡 平台 平臺 站点 站點 本站 服务 服務 服务器 服務器 伺服器 网页 網頁 页面 頁面 ' +
    '税务局 稅務局 门户 业务 業務 应用 應用 软件 軟件 接口 数据库 查验',
);

const ENGLISH_SITE = 'site|website|system|server|service|page|portal|platform';

/** What others maintain, and say so on their pages: 设备维护中 is a state of a device. */
const THING = `${anyOf(
  '设备 設備 车辆 車輛 电梯 電梯 资产 資產 机器 机房 仪器 仪表 道路 工单 客户 关系 固件 会员 等级 账号 账户 套餐',
)}|\\b(?:equipment|vehicle|device|asset|machine|fleet|facility|elevator|aircraft|plant)`;

/** What may follow "维护中": its end, or what the reader is asked. Not "维护中心", "维护中小企业". */
const THEN = `(?=$|[\\s\\p{P}\\p{S}]|${anyOf('请 請 暂 暫 预 預 稍 给 給 无 無 敬 不便 期间 我们 感谢 谢谢')})`;

const NOW = new RegExp(
  [
    `${WORK}中${THEN}`,
    `${anyOf('正在 正处于 正處於')}${anyOf('对 對 进行 進行')}?.{0,12}${WORK}(?:中|工作|期间)?${THEN}`,
    `${SITE}(?:正在)?(?:更新|迁移|切换)中${THEN}`,
    '\\b(?:under(?:going)?|down for|offline for|closed for|currently in|performing|due to)' +
      '(?: [a-z]+){0,3} (?:maintenance|upgrades?)\\b',
    '\\bmaintenance (?:is )?(?:in progress|under ?way)(?=$|[.!,;:])',
    '\\b(?:in|entered) maintenance mode\\b',
    "\\bwe(?:'ll| will) be (?:right )?back (?:soon|shortly|online)\\b",
    '\\bbe right back\\b',
    'メンテナンス(?:中|を実施して)',
  ].join('|'),
  'u',
);

const OF_A_THING = new RegExp(THING);
const OF_THE_SITE = new RegExp(`${SITE}|\\b(?:${ENGLISH_SITE})`);

/** Of another time. */
const LATER = new RegExp(
  `${anyOf('将于 將於 将在 將在 拟于 定于 定於 计划于 計劃於 预定 預定 明日 明晚 下周 予定')}|will be|scheduled for`,
);

/** Error documents list what may be the matter. */
const MAYBE = new RegExp(
  `${anyOf('可能 也许 或者 或许 是否 如果')}|maybe|perhaps|possibl|might be`,
);

/** Whether a plain sentence says that maintenance is under way: "系统维护中", under maintenance. */
export function saysMaintenanceNow(sentence: string): boolean {
  if (!NOW.test(sentence) || LATER.test(sentence) || MAYBE.test(sentence)) return false;
  return !OF_A_THING.test(sentence) || OF_THE_SITE.test(sentence);
}

/** Who does the work, or where: "系统维护：某公司", "维护电话". */
const WHO = anyOf('[:] 单位 電話 电话 热线 人员 中心 部 商 公司 服务 手册 管理 费 工具 者 的');

const KIND_OF = anyOf(
  'under undergoing scheduled planned routine system site server emergency ongoing for',
);
const NOT_OF_THE_SITE = anyOf('portal manual manager management department contract request');

const MENTION = new RegExp(
  [
    `${SITE}.{0,12}?${WORK}(?!${WHO})`,
    `${anyOf('停机 停機 停服 例行 紧急 緊急 升级 升級')}${anyOf('维护 維護')}(?!${WHO})`,
    `${WORK}${anyOf('公告 通知 提示 期间 期間 时间 時間')}`,
    `${anyOf('暂停 暫停 停止')}(?:对外)?${anyOf('服务 服務 访问 訪問 使用 开放 開放')}`,
    `\\b${KIND_OF} maintenance\\b(?! ${NOT_OF_THE_SITE})`,
    `\\bmaintenance ${anyOf('mode page window break work notice')}\\b`,
    'メンテナンス',
  ].join('|'),
  'u',
);

/** Whether a plain sentence mentions maintenance of the site, at whatever time. */
export function mentionsMaintenance(sentence: string): boolean {
  return saysMaintenanceNow(sentence) || (MENTION.test(sentence) && !MAYBE.test(sentence));
}

const NAME = new RegExp(
  `^(?:关于|關於)?(?:.{0,16}?${SITE})?(?:${WORK}|${anyOf('暂停服务 暫停服務 停机 停機 停服')})的?` +
    `${anyOf('公告 通知 提示 页面 页 通告 告示')}?$|` +
    `^(?:${anyOf('site system scheduled planned server website')} )?maintenance` +
    `(?: ${anyOf('mode page notice break window')})?$|^メンテナンス(?:のお知らせ)?$`,
  'u',
);

/** Whether a plain title, or a part of one, is the name of a maintenance page: 系统升级公告. */
export function namesMaintenance(part: string): boolean {
  return saysMaintenanceNow(part) || NAME.test(part);
}

/** Names of such pages in addresses: 维护 weihu, 停机 tingji, 升级 shengji. */
const PATH_NAME = new RegExp(
  '^(?:(?:under|site|system|sys|server|web|is)?[-_]?maintenance[-_]?(?:page|mode|notice)?|' +
    'maintain(?:ing)?|(?:xitong|xt|wangzhan|wz)?weihu(?:zhong|gonggao|ye|page)?|' +
    '(?:tingji|tingfu|shengji)(?:weihu|gonggao|zhong)|tingji|(?:weihu|xitong)shengji|' +
    '(?:系统|网站)?(?:维护|停机|停机维护|系统维护|升级维护)(?:中|公告|页面?)?)$',
);

/** Whether a path ends in the name of a maintenance page: `/weihu.html`, `/maintenance/`. */
export function pathNamesMaintenance(pathname: string): boolean {
  const names = decoded(pathname)
    .toLowerCase()
    .split('/')
    .map((it) => it.replace(/\.\w{1,5}$/, ''))
    .filter((it) => it !== '' && it !== 'index' && it !== 'default');
  return PATH_NAME.test(names.at(-1) ?? '');
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
