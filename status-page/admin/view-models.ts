import type { TemplateResult } from 'lit';
import type { Words } from '../../messages/index.ts';
import type { Accounting } from '../../model/maintenance/excluded.ts';
import type { MaintenanceAction } from '../../model/maintenance/life-cycle.ts';
import type { Maintenance, MaintenanceWithUpdates } from '../../model/maintenance.ts';
import type { EpochMs, Locale } from '../../model/vocabulary.ts';
import type { ScopeGroup } from '../commands/scope.ts';
import type { Comparison } from './comparison.ts';
import type { ExtensionField, PlanValues, TypedText } from './fields.ts';
import type { ReadVersion, SeenVersion } from './versions.ts';

/** The content of an administration page. */
export interface AdminPage {
  title: string;
  /** Path below the language, e.g. */
  path: string;
  main: TemplateResult;
}

/** Base path of the administration in a language, without a trailing slash. */
export function adminBase({ locale, href }: Words): string {
  return href(`/admin/${locale}`);
}

/** Messages of problems, by field. */
export type ProblemTexts = Partial<Record<string, string>>;

/** The form of a new or existing maintenance. */
export interface PlanForm {
  /** null for a new maintenance. */
  id: string | null;
  values: PlanValues;
  problems: ProblemTexts;
  /** Of its times. */
  zone: string;
  groups: ScopeGroup[];
  /** Of the session. */
  form_token: string;
  /** Version on which the edit is based; null for a new one. */
  seen: SeenVersion | null;
  /** Idempotency key of a new maintenance. */
  key: string | null;
  /** Whether the announced start is fixed. */
  has_begun: boolean;
  /** Languages in which texts are asked for. */
  input_locales: readonly Locale[];
  /** Submit buttons, the expected one last. */
  buttons: readonly ('draft' | 'announce' | 'revise')[];
}

/** Confirmation of a public action. */
export interface Confirmation {
  action: MaintenanceAction;
  maintenance: Maintenance;
  groups: ScopeGroup[];
  form_token: string;
  zone: string;
  /** What changed since the page was opened that asked before; null: nothing. */
  changed: ChangedMeanwhile | null;
}

/** Confirmation of an extension, with the new times as entered. */
export interface ExtensionForm extends Omit<Confirmation, 'action' | 'changed'> {
  times: Pick<PlanValues['times'], ExtensionField>;
  problems: ProblemTexts;
}

/** The version that a page showed, where it is not the current one; null: unknown. */
export interface ChangedMeanwhile {
  opened: ReadVersion | null;
}

/** A form that was made from an earlier version, field by field. */
export interface ComparisonForm {
  comparison: Comparison;
  /** Path below the language to which it is sent. */
  at: string;
  /** Back to this maintenance. */
  back: string;
  problems: ProblemTexts;
  groups: ScopeGroup[];
  form_token: string;
  zone: string;
  /** Names and values of hidden fields: the form as entered. */
  entered: readonly [name: string, value: string][];
  /** Submit buttons, the expected ones first. */
  buttons: readonly { value: string; label: string; is_primary: boolean }[];
}

/** Text of a new update as entered, with its problems. */
export interface UpdateDraft {
  text: TypedText;
  problems: ProblemTexts;
  /** Idempotency key. */
  key: string;
}

/** View model of one maintenance. */
export interface MaintenanceDetails {
  maintenance: MaintenanceWithUpdates;
  /** How its time counts; null of a draft, and of what was cancelled. */
  accounting: Accounting | null;
  /** Since when its whole scope is measured well, if ending it is proposed; else null. */
  works_since: EpochMs | null;
  groups: ScopeGroup[];
  form_token: string;
  now: EpochMs;
  /** Result of the last action. */
  notice: { is: 'done' | 'problem'; text: string } | null;
  /** What changed since the page was opened whose form was refused; null: nothing. */
  changed: ChangedMeanwhile | null;
  /** Of its times. */
  zone: string;
  draft: UpdateDraft;
  /** Languages in which texts are asked for. */
  input_locales: readonly Locale[];
}
