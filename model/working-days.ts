/** First and last day off, YYYY-MM-DD, and the days of weekends on which people work instead. */
type Holiday = readonly [from: string, to: string, worked?: readonly string[]];

/**
 * Holidays of China as the State Council announces them, in autumn for the year after: 国办发明电
 * 〔2025〕7 号 for 2026. Of other years only weekends are known.
 */
const HOLIDAYS: readonly Holiday[] = [
  ['2026-01-01', '2026-01-03', ['2026-01-04']],
  ['2026-02-15', '2026-02-23', ['2026-02-14', '2026-02-28']],
  ['2026-04-04', '2026-04-06'],
  ['2026-05-01', '2026-05-05', ['2026-05-09']],
  ['2026-06-19', '2026-06-21'],
  ['2026-09-25', '2026-09-27'],
  ['2026-10-01', '2026-10-07', ['2026-09-20', '2026-10-10']],
];

/** Whether people work in China on this day, YYYY-MM-DD; on some weekends they make up for it. */
export function isWorkingDay(day: string): boolean {
  if (HOLIDAYS.some(([, , worked = []]) => worked.includes(day))) return true;
  if (HOLIDAYS.some(([from, to]) => from <= day && day <= to)) return false;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return 1 <= weekday && weekday <= 5;
}
