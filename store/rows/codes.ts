import { TOLD_STAGES, type ToldStage } from '../../model/stage.ts';
import {
  CHECKED,
  type Checked,
  FILE_VERDICTS,
  type FileFormat,
  type FileVerdict,
  FORMATS,
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
  mismatch: 11,
  unreadable: 12,
  prerequisite: 13,
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
  certificate_incomplete: 16,
  browser_refuses: 17,
  unreadable_http: 50,
  unknown_charset: 51,
  unknown_coding: 52,
  needs_script: 53,
  http_status: 20,
  error_code: 21,
  unexpected_answer: 22,
  answer_too_large: 23,
  redirect_loop: 24,
  redirect_refused: 25,
  known_not_found: 26,
  unknown_found: 27,
  empty_page: 60,
  not_recognised: 61,
  error_page: 62,
  says_maintenance: 63,
  blocked: 64,
  waits_for_query: 65,
  link_refused: 66,
  maybe_blocked: 67,
  waits_for_login: 68,
  waits_for_other: 69,
  needed_unknown: 98,
  truncated: 30,
  not_a_file: 31,
  structure: 32,
  crc_mismatch: 33,
  digest_mismatch: 34,
  sums_mismatch: 35,
  missing_part: 36,
  not_well_formed: 37,
  stream: 38,
  copies_differ: 39,
  number_mismatch: 70,
  too_large: 71,
  unknown_filter: 72,
  unknown_digest: 73,
  unknown_kind: 74,
  unknown_compression: 75,
  encrypted: 76,
  stream_unread: 77,
  no_second_reader: 78,
  text_mismatch: 79,
  judging_failed: 80,
  late_start: 40,
  missed_slot: 41,
  neutral_host_failed: 42,
  worker_died: 43,
  probe_error: 44,
  proxy_failed: 45,
  starved: 46,
  unproven: 47,
  resolver_differs: 48,
  line_failed: 49,
  name_misled: 90,
  no_route: 91,
  clock_wrong: 92,
  address_family_missing: 93,
  resolves_elsewhere: 94,
  budget_used_up: 95,
  amount_differs: 96,
  tax_id_differs: 97,
};

/** 0 is reserved for "no file". At most 3: two bits of `flags`. */
const FORMAT_CODES: Record<FileFormat, number> = { pdf: 1, ofd: 2, xml: 3 };

/** At most 3: two bits of `flags`. */
const VERDICT_CODES: Record<FileVerdict, number> = {
  sound: 0,
  corrupt: 1,
  mismatch: 2,
  unjudged: 3,
};

/** At most 3: two bits of `flags`. */
const CHECKED_CODES: Record<Checked, number> = { none: 0, structure: 1, digests: 2, bytes: 3 };

/** In the order of the stages, by which the later of two at the same instant is found. */
const STAGE_CODES: Record<ToldStage, number> = {
  reviewed: 10,
  issued: 20,
  sealed: 30,
  delivered: 40,
  downloadable: 50,
  verified: 60,
};

export const outcomes = codec('outcome', OUTCOMES, OUTCOME_CODES);
export const reasons = codec('reason', REASONS, REASON_CODES);
export const formats = codec('format', FORMATS, FORMAT_CODES);
export const verdicts = codec('verdict', FILE_VERDICTS, VERDICT_CODES);
export const checkedWords = codec('checked', CHECKED, CHECKED_CODES);
export const stages = codec('stage', TOLD_STAGES, STAGE_CODES);

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
