import type { Failure } from '../../exchange/failure.ts';

type CodeOutcome = Extract<
  Failure['outcome'],
  'user_data' | 'credential' | 'maintenance' | 'system' | 'throttled' | 'degraded'
>;

/** Error codes of the open platform (`error_response.error_code`), by outcome. */
const CODES: Record<CodeOutcome, number[]> = {
  user_data: [10000, 10001, 21001, 21002, 52004],
  credential: [10016, 10017, 10019, 20004, 20005, 20031, 20032, 30000, 30001, 70032, 70034, 70035],
  maintenance: [20034, 70033],
  system: [50000, 50002, 52001, 52002],
  throttled: [52101, 70031, 70036],
  degraded: [52102, 52103],
};

/** 50001 depends on its `sub_code`: a business rule refused the data, or the backend failed. */
const SERVICE_ERROR = 50001;
const BUSINESS_SUB_CODE = '2000000';

const OUTCOMES = new Map(
  Object.entries(CODES).flatMap(([outcome, codes]) =>
    codes.map((code) => [code, outcome as CodeOutcome]),
  ),
);

/** The outcome of a platform error. Undocumented codes are failures of the system. */
export function outcomeOf(error_code: number, sub_code: string | null): CodeOutcome {
  if (error_code === SERVICE_ERROR) return sub_code === BUSINESS_SUB_CODE ? 'user_data' : 'system';
  return OUTCOMES.get(error_code) ?? 'system';
}
