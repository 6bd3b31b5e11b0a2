import type { TemplateResult } from 'lit';
import type { Words } from '../../messages/index.ts';
import type { MaintenanceAction } from '../../model/maintenance/life-cycle.ts';
import type { Maintenance, MaintenanceWithUpdates } from '../../model/maintenance.ts';
import type { EpochMs, Locale } from '../../model/vocabulary.ts';
import type { ScopeGroup } from '../commands/scope.ts';
import type { PlanValues, Typed } from './fields.ts';

/** What a page of the administration shows. */
export interface AdminPage {
  title: string;
  /** Below the language, e.g. `maintenances/new`; empty for the list. */
  path: string;
  main: TemplateResult;
}

/** Where the administration lies in a language, without a trailing slash. */
export function adminBase({ locale }: Words): string {
  return `/admin/${locale}`;
}

/** What is wrong with what was typed, in words, by field. */
export type ProblemTexts = Partial<Record<string, string>>;

/** The form of a maintenance, new or again. */
export interface PlanForm {
  /** null: of a new maintenance. */
  id: string | null;
  values: PlanValues;
  problems: ProblemTexts;
  /** What to say before everything else. */
  notice: string | null;
  groups: ScopeGroup[];
  /** Of the session. */
  form_token: string;
  /** Of what is edited: the version that was seen. */
  seen: number | null;
  /** Of a new one: sending the form twice makes one. */
  key: string | null;
  /** Its announced start cannot change any more. */
  has_begun: boolean;
  /** Languages in which texts are asked for. */
  written: readonly Locale[];
  /** What sending the form may do, the expected last. */
  buttons: readonly ('draft' | 'announce' | 'revise')[];
}

/** Of `extend`: the new times, as typed. */
export interface NewTimes {
  announced_until: string;
  expected_recovery_at: string;
}

/** The question before something is told to everyone. */
export interface Confirmation {
  action: MaintenanceAction;
  maintenance: Maintenance;
  groups: ScopeGroup[];
  form_token: string;
  times: NewTimes;
  problems: ProblemTexts;
}

/** Words for a new update, as typed, and what is wrong with them. */
export interface UpdateDraft {
  text: Typed;
  problems: ProblemTexts;
  /** Sending it twice posts it once. */
  key: string;
}

/** One maintenance as it stands. */
export interface MaintenanceDetails {
  maintenance: MaintenanceWithUpdates;
  /** Of its time, what does not count as down because it was announced in time. */
  excluded: { from: EpochMs; to: EpochMs } | null;
  groups: ScopeGroup[];
  form_token: string;
  now: EpochMs;
  /** What was just done, or could not be. */
  notice: { is: 'done' | 'problem'; text: string } | null;
  draft: UpdateDraft;
  /** Languages in which texts are asked for. */
  written: readonly Locale[];
}
