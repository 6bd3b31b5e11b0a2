import { type Charset, percentEncoded } from '../request/encode.ts';
import { UnfitValue } from '../request/unfit-value.ts';
import { type Pipe, piped, readPipe } from './pipes.ts';

/** A value that a template puts in: a number stays one where it is all of a JSON value. */
export type TemplateValue = string | number;

/** Values by name; what takes work is made when it is asked for. */
export type NamedValues = ReadonlyMap<string, TemplateValue | (() => TemplateValue)>;

/** The values of a step, and how they are put in. */
export interface Values {
  named: NamedValues;
  /** Of the system, in which pipes take the bytes of a value. */
  charset: Charset;
  /** Those that nobody is shown, and who keeps each form in which they are put in. */
  secret?: { names: ReadonlySet<string>; forms: Set<string> };
}

interface Insertion {
  name: string;
  pipes: readonly Pipe[];
}

/** A text with `${name}` and `${name | pipe}`; `$${` stands for `${`. */
export type Template = readonly (string | Insertion)[];

/** Two characters, which are no template here. */
const OPENED = '$' + '{';
const OPENING = /\$?\$\{/g;

/** The template in a text, or what is wrong with it. */
export function readTemplate(text: string): { parts: Template } | { problem: string } {
  const parts: (string | Insertion)[] = [];
  let at = 0;
  OPENING.lastIndex = 0;
  for (let match = OPENING.exec(text); match !== null; match = OPENING.exec(text)) {
    parts.push(text.slice(at, match.index));
    at = OPENING.lastIndex;
    if (match[0] === `$${OPENED}`) {
      parts.push(OPENED);
      continue;
    }
    const end = text.indexOf('}', at);
    if (end === -1) return { problem: `has "\${" without "}"; "$\${" stands for the characters` };
    const insertion = readInsertion(text.slice(at, end));
    if ('problem' in insertion) return insertion;
    parts.push(insertion);
    at = end + 1;
    OPENING.lastIndex = at;
  }
  parts.push(text.slice(at));
  return { parts: parts.filter((part) => part !== '') };
}

function readInsertion(text: string): Insertion | { problem: string } {
  const [name = '', ...rest] = text.split('|');
  if (!/^[a-z]\w*$/i.test(name.trim())) {
    return { problem: `has "\${${text}}"; expected a name, such as \${number}` };
  }
  const pipes: Pipe[] = [];
  for (const it of rest) {
    const pipe = readPipe(it);
    if ('problem' in pipe) return pipe;
    pipes.push(pipe);
  }
  return { name: name.trim(), pipes };
}

/** The names of the values that a sound template puts in. */
export function namesIn(text: string): string[] {
  return partsOf(text).flatMap((part) => (typeof part === 'string' ? [] : part.name));
}

/** The text with its values, each made safe for its place. Only for sound templates. */
export function rendered(
  text: string,
  values: Values,
  safe: (value: string) => string = (value) => value,
): string {
  return partsOf(text)
    .map((part) => (typeof part === 'string' ? part : inserted(part, values, safe)))
    .join('');
}

/** The value itself where the text is nothing but one, else the text with its values. */
export function typedValue(text: string, values: Values): TemplateValue {
  const [only, ...more] = partsOf(text);
  const is_one = only !== undefined && typeof only !== 'string' && more.length === 0;
  if (!is_one || only.pipes.length > 0) return rendered(text, values);
  const value = found(only.name, values);
  keepSecret(only.name, values, [String(value)]);
  return value;
}

function inserted(
  { name, pipes }: Insertion,
  values: Values,
  safe: (value: string) => string,
): string {
  const value = piped(String(found(name, values)), pipes, values.charset);
  const written = safe(value);
  keepSecret(name, values, [value, written]);
  return written;
}

function found(name: string, { named }: Values): TemplateValue {
  const value = named.get(name);
  if (value === undefined) throw new Error(`no value ${name}: the settings were not checked`);
  return typeof value === 'function' ? value() : value;
}

/** As it is put in, and as forms and addresses have it then. */
function keepSecret(name: string, { secret, charset }: Values, forms: string[]): void {
  if (secret === undefined || !secret.names.has(name)) return;
  for (const form of forms) {
    secret.forms.add(form);
    try {
      secret.forms.add(percentEncoded(form, charset));
    } catch (error) {
      // It is sent nowhere then.
      if (!(error instanceof UnfitValue)) throw error;
    }
  }
}

function partsOf(text: string): Template {
  const read = readTemplate(text);
  if ('problem' in read) throw new Error(read.problem);
  return read.parts;
}
