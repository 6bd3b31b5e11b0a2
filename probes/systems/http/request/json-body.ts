import { typedValue, type Values } from '../template/template.ts';

/** The key of an object that stands for its value as JSON text. */
const AS_TEXT = '$json';

/** A structure with its templates filled in, so that no value can change the structure. */
export function filledIn(structure: unknown, values: Values): unknown {
  if (typeof structure === 'string') return typedValue(structure, values);
  if (Array.isArray(structure)) return structure.map((item) => filledIn(item, values));
  if (typeof structure !== 'object' || structure === null) return structure;
  const entries = Object.entries(structure);
  const [[key, inner] = []] = entries;
  if (key === AS_TEXT && entries.length === 1) return JSON.stringify(filledIn(inner, values));
  return Object.fromEntries(entries.map(([name, item]) => [name, filledIn(item, values)]));
}

/** Fields as they are signed and sent in forms: objects and lists as their JSON text. */
export function asFields(structure: unknown): [string, string][] {
  if (typeof structure !== 'object' || structure === null) return [];
  return Object.entries(structure).map(([name, value]) => [
    name,
    typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? ''),
  ]);
}
