/**
 * What may be filled in for a placeholder of a Chinese text: of those that may begin or end with a
 * digit, one that does. Where a message means something else by the name: `message.name`.
 */
const FILLED: Readonly<Record<string, string>> = {
  ...all('3', 'n bad told days seconds revision limit waiting overdue missing year'),
  ...all('99.99%', 'percent share raw'),
  ...all('8月30日 00:02', 'time from to until is period before after ends measured'),
  ...all('1 分 36 秒', 'duration window lead notice median p95 within excluded span delay'),
  ...all('1 分 36 秒', 'large small length'),
  ...all('+3 秒', 'by ahead'),
  offset: 'UTC+8',
  since: '8月30日 00:02',
  'figure.available.since': '8月30日 00:02 起',
  'figure.promise.since': '8月30日 00:02 起',
  'figure.range.from': '5 秒',
  'note.sync_slow.limit': '1 分 36 秒',
  'alert.is.is': '中断',
  'alert.then_body.now': '未知',
  'incident.changed.from': '中断',
  'incident.changed.to': '部分中断',
  delays: '中位 1 分 36 秒',
  figure: '可用 99.99%',
  basis: '1,234 次测量',
  aside: '1 分 36 秒',
  // Words.
  ...all(
    '中断',
    'state status seen impact why what reason cause detail effect verdict affected text',
  ),
  ...all('查询曾中断', 'was'),
  ...all('中断', 'advice claim term tag field expected language recorded derived'),
  ...all('查询', 'title system scope function functions tasks checks component name zone'),
  ...all(
    '查询',
    'channel line lines host domain callback place operator contact address check items',
  ),
  ...all('签章', 'stage stages'),
  code: 'http_status',
  set: 'notify.smtp.port',
};

function all(text: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(' ').map((name) => [name, text]));
}

/** A Chinese message as it may be read. @throws when it is not known what is filled in. */
export function filledIn(key: string, message: string): string {
  return message.replace(/\{(\w+)\}/g, (_, name: string) => {
    const text = FILLED[`${key}.${name}`] ?? FILLED[name];
    if (text === undefined) throw new Error(`${key}: say in FILLED what {${name}} may be`);
    return text;
  });
}

/** Dates are written without spaces, as Intl does: 8月30日. */
const DATE = /(?:\d+年)?\d+月\d+日/g;
const GLUED = /\p{Script=Han}[+\d].?|.?[\d%]\p{Script=Han}/gu;

/** Where a number or a time follows a Chinese word, or is followed by one, without a space. */
export function gluedNumbers(text: string): string[] {
  return text.replace(DATE, '8 日').match(GLUED) ?? [];
}
