import { DAY, HOUR, MINUTE, SECOND } from '../time.ts';

/**
 * The numbers of the rules that a site cannot set; those that it can are in model/policy.ts. Read
 * where they are used, never copied: test/rules/ doubles and halves each, and a row has to fail.
 */
export const NUMBERS = {
  /** What it takes to lay a bad result at a system. */
  proof: {
    /** Another host's answer, and that of the control name, this near to the failure. */
    answer_within_ms: 10 * SECOND,
    /** The delays of our event loop during a run that make it ours: the greater of both. */
    starved_from_ms: 200,
    starved_share_of_deadline: 0.05,
    /** Neutral hosts that have to fail, all of them, for the line to be ours. */
    neutrals: 2,
    /** Hosts of the line that have to fail, none answering, without that many neutrals. */
    line_hosts: 3,
    /** Names of so many owners that resolved lately and fail at once: our resolver does. */
    lost_names: 2,
    /** A host that refused us this lately and is silent now may block us. */
    refused_us_within_ms: HOUR,
  },
  /** How many bad results in a row make a check fail, where it is chosen for the check. */
  confirmations: {
    /** Outages by chance that a check may have in a year: one in 20 years. */
    chance_outages_a_year: 0.05,
    /** The share of bad results below which none is believed. */
    least_bad_share: 0.001,
    /** Results in a window from which on its share counts. */
    results: 20,
    at_least: 2,
    at_most: 8,
  },
  /** What happens to a check besides. */
  check: {
    /** Degraded results in a row that degrade it. */
    degraded_after: 2,
    /** Results in a row that call it maintenance, which nobody announced, that fail it. */
    maintenance_after: 2,
    /** After a time without judged results no longer than this, what it was before goes on. */
    goes_on_within_ms: DAY,
  },
  /** Some users are affected although no line fails. */
  share: {
    results: 20,
    bad: 3,
    /** What the 95 % Wilson lower bound of the share has to exceed. */
    tolerated: 0.05,
    /** It ends after this long, and so many results, without a bad one. */
    ends_after_ms: 30 * MINUTE,
    ends_after_results: 20,
  },
  /** What is usual: a median over so many days. */
  usual: {
    days: 28,
    results: 200,
    journeys: 20,
    /** Of all hours, until that of the same hour is known: over this long. */
    all_hours_over_ms: 24 * HOUR,
  },
  /** Slow, where no limit is configured: above both. */
  slow: {
    times_usual: 3,
    /** Where the usual is that of all hours. */
    times_usual_of_all_hours: 5,
    usual_and_ms: SECOND,
  },
  sync: {
    first_look_ms: 5 * SECOND,
    rarest_look_ms: 10 * MINUTE,
    /** The distance to the next look, as a share of the journey's age. */
    age_share: 0.1,
    /** An answered look counts for so many distances to the next one. */
    valid_distances: 2,
    /** With fewer journeys, a slow sync cannot be told from chance. */
    slow_journeys: 20,
  },
  /** How long "under maintenance" is said without being said anew. */
  covered_for_ms: MINUTE,
  /** The windows over which shares of bad results are taken. */
  windows_ms: {
    first: 30 * MINUTE,
    second: 2 * HOUR,
    third: 8 * HOUR,
    last: 24 * HOUR,
  },
};
