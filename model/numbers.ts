import { FIGURE_NUMBERS } from './figure-numbers.ts';
import { DAY, HOUR, MINUTE, SECOND } from './time.ts';

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
    /** One counts as failing only if it had answered so shortly before it fell silent. */
    neutral_answered_within_ms: 10 * MINUTE,
    /** Tries that fail, after which a neutral host is dead: another host had answered. */
    neutral_dead_after: 2,
    /** Hosts of the line that have to fail, none answering, without that many neutrals. */
    line_hosts: 3,
    /** So lately: within the longest distance of slots of the line, but within these. */
    tried_within_at_least_ms: MINUTE,
    tried_within_at_most_ms: 5 * MINUTE,
    /** Names of so many owners that resolved lately and fail at once: our resolver does. */
    lost_names: 2,
    /** A name resolved lately if so shortly before it began to fail. */
    name_resolved_within_ms: HOUR,
    /** A host that refused us this lately and is silent now may block us. */
    refused_us_within_ms: HOUR,
    /** Times that a public name is recognised at an address of this machine until it is here. */
    recognised_here: 3,
  },
  /** What a function needs of others. */
  needs: {
    /** What did not succeed this shortly before a run is not asked again for the sake of it. */
    failed_within_ms: 5 * MINUTE,
    /** Nor what succeeded, for the sake of what fails by itself anyway. */
    succeeded_within_ms: 5 * MINUTE,
  },
  /** What the answers of hosts say of our clock. */
  dates: {
    /** A clock that is this near is as right as ours; Date has seconds, and answers take some. */
    agrees_within_ms: MINUTE,
    said_within_ms: HOUR,
    /** Owners that say alike that our clock is wrong: one says nothing of ours. */
    owners: 2,
    /** Zones are whole steps from UTC, and at most so far. */
    zone_step_ms: 15 * MINUTE,
    furthest_zone_ms: 14 * HOUR,
  },
  /** Our own clock, thread and machine. */
  own: {
    /** A difference of the wall clock that is no more than this is drift. */
    clock_step_ms: SECOND,
    /** After so long without one, the wall clock is trusted again. */
    clock_settles_ms: MINUTE,
    /** Not running for so long is a gap; the slots of a shorter pause are missed. */
    gap_from_ms: 10 * SECOND,
    /** A run that would start later than this after its slot is missed. */
    slot_lag_ms: 5 * SECOND,
    /** By the delays of a timer of so long ours is known; no more than this is none. */
    timer_ms: 50,
    usual_delay_ms: 20,
    /** A machine is in trouble by delays of so much of this time, twice in a row. */
    starved_ms: 2 * SECOND,
    starved_of_ms: 10 * SECOND,
    /** Until so long without. */
    starved_until_quiet_ms: MINUTE,
    /** No thread that measures is there for longer: a gap. Its slots are missed until then. */
    thread_away_ms: MINUTE,
    /** What a result may take beyond its deadline: its proof, a busy machine. */
    run_patience_ms: 30 * SECOND,
    /** Watching that it takes to say that measuring stopped, after a start or downtime of ours. */
    watched_ms: 5 * MINUTE,
  },
  /** Events of own traffic, by the second. */
  traffic: {
    /** Judged by the share of bad ones in a window, with those before it until it has enough. */
    window_ms: 5 * MINUTE,
    results: 20,
    /** Too many: above this share, or so many times what is usual, where that is little. */
    tolerated: 0.05,
    times_usual: 3,
    usual_at_most: 0.05,
    /** Usual is the median of those of the last hours that have enough, if they are as many. */
    usual_of_hours: 24,
    usual_hours: 4,
    /** All fail: so many in a row, over so long. */
    last: 10,
    last_over_ms: MINUTE,
    /** Without an event for longer nothing is known, where it is not known how many are usual. */
    quiet_ms: 30 * MINUTE,
    /**
     * Events are missing when so many were to be expected: of a Poisson process with a third of the
     * usual rate none comes with probability e^-(42/3), less than one in a million.
     */
    missing_results: 42,
    /** And not before: senders post by the quarter of an hour, too. */
    missing_after_ms: 15 * MINUTE,
    /** How many are usual in an hour of the day is known from as many such days on. */
    watched_days: 5,
    /** Where a quarter of these days have so many times the median, nothing is usual. */
    days_differ: 3,
  },
  /** Of a process, or of the thread that measures. */
  crash_loop: {
    /** So many ends within this time. */
    ends: 3,
    within_ms: 10 * MINUTE,
    /** It is over when one has run for so long: longer than between ends that make one. */
    over_after_ms: 5 * MINUTE,
  },
  /** The extra slot of a check after a start. */
  first_slot: {
    within_ms: 3 * SECOND,
    /** None where a regular one comes within this time. */
    unless_within_ms: MINUTE,
  },
  /** What is read on a page. */
  page: {
    /** A notice in place of what is expected is no longer. */
    notice_characters: 500,
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
    /** What is determined when its hour has begun holds from so much later: it is kept by then. */
    holds_after_ms: MINUTE,
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
    /** A waiting journey is a straggler once so many later ones have arrived, ... */
    overtaken_by: 20,
    /** ... if no more than this share of the journeys of a day are; one always may be. */
    stragglers_share: 0.01,
    /** With fewer journeys, a slow sync cannot be told from chance. */
    slow_journeys: 20,
    /** Of a sync with fewer journeys a day, so many that broke the promise are a stall. */
    few_followed: 5,
    few_stalled: 2,
    /** Arrivals less apart than this are one, as of a queue that is emptied. */
    one_arrival_ms: MINUTE,
    /** So many distances tell what is usual. */
    distances: 20,
    /** Nothing arrived for so many times the usual distance, or for so long. */
    stalled_times_apart: 3,
    stalled_after_ms: 10 * MINUTE,
    /** Journeys from which the usual 99th percentile is known. */
    overdue_journeys: 200,
    /** Delays are told over so many times the usual distance between arrivals, ... */
    delays_over_apart: 8,
    delays_over_at_most_ms: DAY,
    /** ... and over so long until that is known. */
    delays_over_ms: 8 * HOUR,
    /** Partly lost: so many missing, of a share above this, of at least so many. */
    lost_from: 3,
    lost_share: 0.05,
    lost_n: 20,
    lost_over_ms: 2 * HOUR,
    lost_over_at_most_ms: DAY,
  },
  figure: FIGURE_NUMBERS,
  /** Of certificates: that their end comes near. */
  expiry: {
    /** So many days before it operators are told. */
    told_days: { first: 30, second: 14, third: 7, last: 1 },
    /** Not at those that are more than this share of all its time. */
    of_lifetime: 0.5,
    /** Runs in a row of a check without it, after which it is replaced. */
    replaced_after: 3,
  },
  maintenance: {
    /** What fails since a maintenance ceased to cover it is an incident after so long. */
    failing_opens_after_ms: 15 * MINUTE,
    /** Once the whole scope has been measured well for so long, ending it is proposed. */
    end_proposed_after_ms: 15 * MINUTE,
  },
  incident: {
    /** A function that failed is waited for so long while nothing is known of it. */
    given_up_after_ms: DAY,
    /** What has held for so long is what everyone is told, unless it was told before. */
    held_ms: HOUR,
    /** A reopening is told so long after what was told to begin before it at the earliest. */
    reopenings_apart_ms: [10 * MINUTE, 30 * MINUTE, HOUR],
    /**
     * Those of several systems that begin so close together, and fail by what is declared to be the
     * same, have a common cause; what comes of them within so long is told together.
     */
    common_cause_ms: MINUTE,
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
