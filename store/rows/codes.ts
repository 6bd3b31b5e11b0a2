import {
  type FileFormat,
  FORMATS,
  INTEGRITY_VERDICTS,
  type IntegrityVerdict,
  OUTCOMES,
  type Outcome,
  REASONS,
  type Reason,
} from '../../model/vocabulary.ts';

/**
 * Numeric codes of words in large tables. They are persistent: a code is never changed or reused; a
 * new word gets a new code.
 */
const OUTCOME_CODES: Record<Outcome, number> = {
  ok: 0,
  timeout: 1,
  network: 2,
  system: 3,
  degraded: 4,
  throttled: 5,
  maintenance: 6,
  credential: 7,
  user_data: 8,
  corrupt: 9,
  self: 10,
};

const REASON_CODES: Record<Reason, number> = {
  timeout_resolve: 1,
  timeout_connect: 2,
  timeout_tls: 3,
  timeout_processing: 4,
  timeout_transfer: 5,
  overlap: 6,
  name_not_resolved: 10,
  connection_refused: 11,
  connection_reset: 12,
  host_unreachable: 13,
  certificate_invalid: 14,
  protocol_error: 15,
  http_status: 20,
  error_code: 21,
  unexpected_answer: 22,
  answer_too_large: 23,
  redirect_loop: 24,
  redirect_refused: 25,
  known_not_found: 26,
  unknown_found: 27,
  truncated: 30,
  not_a_file: 31,
  structure: 32,
  crc_mismatch: 33,
  digest_mismatch: 34,
  sums_mismatch: 35,
  late_start: 40,
  missed_slot: 41,
  neutral_host_failed: 42,
  worker_died: 43,
  probe_error: 44,
};

/** 0 is reserved for "no file". At most 3: two bits of `flags`. */
const FORMAT_CODES: Record<FileFormat, number> = { pdf: 1, ofd: 2, xml: 3 };

/** At most 7: three bits of `flags`. */
const VERDICT_CODES: Record<IntegrityVerdict, number> = {
  sound: 0,
  truncated: 1,
  not_a_file: 2,
  structure: 3,
  crc_mismatch: 4,
  digest_mismatch: 5,
  sums_mismatch: 6,
};

export const outcomes = codec('outcome', OUTCOMES, OUTCOME_CODES);
export const reasons = codec('reason', REASONS, REASON_CODES);
export const formats = codec('format', FORMATS, FORMAT_CODES);
export const verdicts = codec('verdict', INTEGRITY_VERDICTS, VERDICT_CODES);

/** Maps words to codes and back; throws on unknown ones. */
function codec<Word extends string>(
  kind: string,
  words: readonly Word[],
  codes: Record<Word, number>,
): { code(word: Word): number; word(code: number): Word } {
  const wordOf = new Map(words.map((word) => [codes[word], word]));
  return {
    code(word) {
      const code = codes[word];
      if (code === undefined) throw new Error(`${kind}: unknown word ${JSON.stringify(word)}`);
      return code;
    },
    word(code) {
      const word = wordOf.get(code);
      if (word === undefined) throw new Error(`${kind}: unknown code ${code} in the database`);
      return word;
    },
  };
}
