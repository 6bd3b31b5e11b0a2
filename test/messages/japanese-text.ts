/**
 * What is wrong with the marks, spaces and characters of a Japanese text as it is read, each with
 * what stands around it. A date is as Intl has it: "11月21日", a weekday in brackets, a space, 14:32.
 */
export function japaneseFaults(text: string): string[] {
  const told = text.replace(/日(?:\([日月火水木金土]\))?(?: (?=\d\d:\d\d))?/g, '日');
  return [...SHAPES.flatMap((shape) => told.match(shape) ?? []), ...foreignCharacters(told)];
}

const JAPANESE = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u30fc]';
/** Full-width marks, by code point: 、。「」【】〜！（）／：？ */
const MARK =
  '[\\u3001\\u3002\\u300c\\u300d\\u3010\\u3011\\u301c\\uff01\\uff08\\uff09\\uff0f\\uff1a\\uff1f]';
const WORD = '[\\p{L}\\p{N}%+\\u2212]';

const SHAPES = [
  `${JAPANESE}[,;:?!()]`,
  `[,;:?!()]${JAPANESE}`,
  `${JAPANESE} +${WORD}`,
  `[\\w%+\\u2212] +${JAPANESE}`,
  // Dashes, points and arrows have spaces of their own.
  `(?:${WORD}|${MARK}) +${MARK}`,
  `${MARK} +${WORD}`,
  '.? {2,}.?',
  '^ .?|.? $',
  // Marks of Chinese, half-width kana, wide letters and digits, the ideographic space.
  '.?[\\uff0c\\uff1b\\u201c\\u201d\\u3014\\u3015\\uff10-\\uff19\\uff21-\\uff3a\\uff41-\\uff5a].?',
  '.?[\\uff61-\\uff9f\\u3000].?',
].map((shape) => new RegExp(shape, 'gu'));

/** By hand: written like that in simplified Chinese, and in no Japanese of today. */
export const SIMPLIFIED_ONLY = [
  '们这说时间问题请开关发应该现实际测试显为从对错误页网络连续报险导书车东见观规视觉让认识许论证评',
  '词译话语读谁调谢贝财责败账货质费资赔购软轻较输过还进远运选递邮邻钟钱银铁链锁门闭闲队阶阳阴阅',
  '难预领频颜颗风飞饭饮馆馈驱验骗鱼鸟龙严丧举义乐习乡买亏亚产亩亲亿仅仓仪价众优传伤伦伪侧侦债',
  '倾偿储儿兴养军农冲决况冻净减凤凭击划刘则刚创别剂剧劝办务动劳势华协单卖卢卫厅历厉压厕县',
  '变听启员响园围图圆圣场坏块坚坛坝坟垒壳处备复够头夹夺奋奖妇妈娱宁审宪宽宾寻尔尘尝层岁岛币师帐',
  '帘帜带帮庆库废异弃张弯弹归录彻忆忧怀态总恳恶恼悬惊惩惯愤愿戏战执扩扫扬扰抚抛抢护拟拥',
  '择挂挡挤挥损换摇敌斋术杀杂权杨极构枪枫标栋栏树样桥检毁毕气汇汉汤沟泪泽洁济浓涨润涩渐',
  '渔满滤滥灭灵灾烂烦烧热爱爷牵狱猎环玛电畅疗疯盏盐监盖盘码确离种稳积穷窝竞笔笼',
  '筛筹签简类粮紧纠红约级纪纯纲纳纵纷纸纹线练组细终经绍绑结给绝统继绩绪维综绿缓编缘缩罗罚罢职联',
  '聪肃肤肿胀胁胜脑脸腊腾舆舰艺节苏药荣莲获萧蓝虑虽蚀补袭裤计订讨训议讯记讲访设诉诊诗诚',
  '询详诸课谈谋负贡贩贪贫贯贴贵贷贸赏赖赛赠赵赶趋跃转轮轴载辅辆辈辑边达迁迈迟适释鉴针钢钥铃铜',
  '销锅键镇镜长闪闯闻闹阔阵陆陈隐雾顶项顺须顾顿颁额飘饰饱饼驶驻驾骤鲜齐龄龟',
].join('');

/** Every character of JIS X 0208, by the decoder of Shift_JIS. */
const JIS: ReadonlySet<string> = new Set(
  [...pairs(0x81, 0x9f), ...pairs(0xe0, 0xef)].map((bytes) =>
    new TextDecoder('shift_jis').decode(Uint8Array.from(bytes)),
  ),
);

function pairs(from: number, to: number): number[][] {
  const leads = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return leads.flatMap((lead) => Array.from({ length: 0xbd }, (_, i) => [lead, 0x40 + i]));
}

/** Han characters that Japanese does not have. */
function foreignCharacters(text: string): string[] {
  const han = text.match(/\p{Script=Han}/gu) ?? [];
  return han.filter((it) => SIMPLIFIED_ONLY.includes(it) || (!JIS.has(it) && it !== '\u3005'));
}
