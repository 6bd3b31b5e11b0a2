/** yyyyMMddHHmmss -> `2026-09-25 12:00:00`. */
export function dateTime(issued: string): string {
  return issued.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3 $4:$5:$6');
}

/** yyyyMMddHHmmss -> `2026-09-25`. */
export function isoDate(issued: string): string {
  return dateTime(issued).slice(0, 10);
}

/** yyyyMMddHHmmss -> `2026年09月25日`. */
export function chineseDate(issued: string): string {
  return issued.replace(/^(\d{4})(\d\d)(\d\d).*$/, '$1年$2月$3日');
}
