import type { z } from '@hono/zod-openapi';
import type { PageSettings } from '../../../../model/configuration.ts';
import type { ChangeCommand } from '../../../../model/maintenance/commands.ts';
import type { MaintenancePlan } from '../../../../model/maintenance/plan.ts';
import type { Maintenance, MaintenanceWithUpdates } from '../../../../model/maintenance.ts';
import { siteAddress } from '../../../../model/site-address.ts';
import { iso, isoOrNull } from '../../../../model/time.ts';
import type { Preconditions } from '../../../commands/maintenances.ts';
import type { changeHeaders, maintenance, reviseInput } from './schemas.ts';

/** Conversion between epoch milliseconds (internal) and ISO 8601 (API). */

export type WireMaintenance = z.output<typeof maintenance>;

/** Location of the public page. */
export type PublicSite = Pick<PageSettings, 'public_url' | 'languages'>;

export function toWire(it: MaintenanceWithUpdates, page: PublicSite): WireMaintenance {
  const { id, status, components, texts, revision } = it;
  return {
    id,
    status,
    components,
    texts,
    announced_from: iso(it.announced_from),
    announced_until: iso(it.announced_until),
    expected_recovery_at: iso(it.expected_recovery_at),
    actual_from: isoOrNull(it.actual_from),
    actual_until: isoOrNull(it.actual_until),
    notice_seconds: Math.round(it.notice_ms / 1_000),
    published_at: isoOrNull(it.published_at),
    revision,
    created_at: iso(it.created_at),
    updated_at: iso(it.updated_at),
    url:
      it.published_at === null
        ? null
        : siteAddress(page.public_url, `/${page.languages[0]}/maintenances/${id}`),
    updates: it.updates.map(({ id, code, status, text, created_at }) => ({
      id,
      code,
      status,
      text,
      created_at: iso(created_at),
    })),
  };
}

export function fromWire(plan: Omit<z.output<typeof reviseInput>, 'text'>): MaintenancePlan {
  return {
    components: plan.components,
    texts: plan.texts,
    announced_from: Date.parse(plan.announced_from),
    announced_until: Date.parse(plan.announced_until),
    expected_recovery_at: Date.parse(plan.expected_recovery_at),
  };
}

/** The ETag, which changes with every edit and says of which revision it is. */
export function etagOf({ revision, updated_at }: Maintenance): string {
  return `"${revision}-${updated_at}"`;
}

/** The revision of an ETag; null when it says none. */
export function revisionOf(etag: string | undefined): number | null {
  const [, revision] = /^"(\d+)-/.exec(etag ?? '') ?? [];
  return revision === undefined ? null : Number(revision);
}

export type ChangeHeaders = z.output<typeof changeHeaders>;

/** The preconditions in a command's headers. Idempotency keys are bound to the request body. */
export function preconditionsOf(
  { name }: Pick<ChangeCommand, 'name'>,
  headers: ChangeHeaders,
): Preconditions {
  const { 'idempotency-key': key, 'if-match': if_match } = headers;
  return {
    key: key === undefined ? null : `${name}|${key}`,
    isAsSeen: if_match === undefined || if_match === '*' ? null : (now) => etagOf(now) === if_match,
  };
}
