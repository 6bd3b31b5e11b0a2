import { randomUUID } from 'node:crypto';
import type { FileFormat } from '../../../../model/vocabulary.ts';
import type { HttpStep } from '../settings/step.ts';
import { rendered, type Values } from '../template/template.ts';
import { type Charset, encoded, percentEncoded } from './encode.ts';
import { asFields, filledIn } from './json-body.ts';

/** The body of a request, in parts as long as a signature may be missing. */
export type Body =
  | { kind: 'none' }
  | { kind: 'json'; value: unknown }
  | { kind: 'form'; fields: [string, string][] }
  | { kind: 'text'; text: string; type: string }
  | { kind: 'bytes'; bytes: Buffer; type: string };

const FILE_TYPES: Record<FileFormat, string> = {
  pdf: 'application/pdf',
  ofd: 'application/ofd',
  xml: 'application/xml',
};

/** What a body is made of besides its step. */
export interface BodyContext {
  values: Values;
  charset: Charset;
  /** The file of the synthetic invoice of an upload. */
  specimen(format: FileFormat): Uint8Array;
}

export function bodyOf(step: HttpStep, context: BodyContext): Body {
  const { values, charset } = context;
  if (step.json !== undefined) return { kind: 'json', value: filledIn(step.json, values) };
  if (step.form) return { kind: 'form', fields: asFields(filledIn(step.form, values)) };
  if (step.multipart) return multipart(step.multipart, context);
  if (step.specimen) {
    const bytes = Buffer.from(context.specimen(step.specimen));
    return { kind: 'bytes', bytes, type: FILE_TYPES[step.specimen] };
  }
  if (step.xml !== undefined) {
    const text = rendered(step.xml, values, escapedXml);
    return { kind: 'text', text, type: `text/xml; charset=${charset}` };
  }
  if (step.text !== undefined) {
    const text = rendered(step.text, values);
    return { kind: 'text', text, type: `text/plain; charset=${charset}` };
  }
  return { kind: 'none' };
}

/** The fields of a body, for signatures; a body of one text has none. */
export function fieldsOf(body: Body): [string, string][] {
  if (body.kind === 'form') return body.fields;
  return body.kind === 'json' ? asFields(body.value) : [];
}

/** The body with one more field, at its end. */
export function withField(body: Body, name: string, value: string): Body {
  if (body.kind === 'form') return { ...body, fields: [...body.fields, [name, value]] };
  if (body.kind !== 'json') return body;
  return { kind: 'json', value: { ...(body.value as object), [name]: value } };
}

interface SentBody {
  text: string;
  bytes: Buffer;
  type: string;
}

/** What is sent, as text for signatures unless it is none, and its type; null: nothing. */
export function sentBody(body: Body, charset: Charset): SentBody | null {
  switch (body.kind) {
    case 'none':
      return null;
    case 'bytes':
      return { ...body, text: '' };
    case 'text':
      return { ...body, bytes: encoded(body.text, charset) };
    case 'json': {
      const text = JSON.stringify(body.value);
      return { text, bytes: encoded(text, charset), type: `application/json; charset=${charset}` };
    }
    case 'form': {
      const pairs = body.fields.map((pair) =>
        pair.map((it) => percentEncoded(it, charset)).join('='),
      );
      const label = charset === 'utf-8' ? '' : `; charset=${charset}`;
      const type = `application/x-www-form-urlencoded${label}`;
      const text = pairs.join('&');
      return { text, bytes: Buffer.from(text, 'latin1'), type };
    }
  }
}

/** RFC 7578. */
function multipart(
  parts: NonNullable<HttpStep['multipart']>,
  { values, charset, specimen }: BodyContext,
): Body {
  const boundary = `piaokuang-${randomUUID()}`;
  const written = Object.entries(parts).flatMap(([name, part]) => {
    const disposition = `Content-Disposition: form-data; name="${name}"`;
    const head = (lines: string[]) =>
      encoded([`--${boundary}`, ...lines, '', ''].join('\r\n'), charset);
    if (typeof part === 'string') {
      return [head([disposition]), encoded(`${rendered(part, values)}\r\n`, charset)];
    }
    const { specimen: format, type = FILE_TYPES[format] } = part;
    const file = rendered(part.name ?? `specimen.${format}`, values, escapedName);
    const lines = [`${disposition}; filename="${file}"`, `Content-Type: ${type}`];
    return [head(lines), specimen(format), Buffer.from('\r\n')];
  });
  const bytes = Buffer.concat([...written, Buffer.from(`--${boundary}--\r\n`)]);
  return { kind: 'bytes', bytes, type: `multipart/form-data; boundary=${boundary}` };
}

/** As browsers write names of files (HTML, 4.10.21.8). */
function escapedName(text: string): string {
  return text.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22');
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escapedXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
