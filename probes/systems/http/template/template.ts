import { type Pipe, piped, readPipe } from './pipes.ts';

/** A value that a template puts in: a number stays one where it is all of a JSON value. */
export type TemplateValue = string | number;

/** The values of a step, by name; what takes work is made when it is asked for. */
export type Values = ReadonlyMap<string, TemplateValue | (() => TemplateValue)>;

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
    .map((part) => (typeof part === 'string' ? part : safe(inserted(part, values))))
    .join('');
}

/** The value itself where the text is nothing but one, else the text with its values. */
export function typedValue(text: string, values: Values): TemplateValue {
  const [only, ...more] = partsOf(text);
  const is_one = only !== undefined && typeof only !== 'string' && more.length === 0;
  if (!is_one || only.pipes.length > 0) return rendered(text, values);
  return found(only.name, values);
}

function inserted({ name, pipes }: Insertion, values: Values): string {
  return piped(String(found(name, values)), pipes);
}

function found(name: string, values: Values): TemplateValue {
  const value = values.get(name);
  if (value === undefined) throw new Error(`no value ${name}: the settings were not checked`);
  return typeof value === 'function' ? value() : value;
}

function partsOf(text: string): Template {
  const read = readTemplate(text);
  if ('problem' in read) throw new Error(read.problem);
  return read.parts;
}
