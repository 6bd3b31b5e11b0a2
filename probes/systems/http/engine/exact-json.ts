const LONG_NUMBER = /\d{16}/;

/** The JSON in a text, with numbers as they are written; undefined: there is none. */
export function exactJson(text: string): unknown {
  try {
    return LONG_NUMBER.test(text) ? JSON.parse(text, exact as never) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Numbers of invoices have 20 digits, which JavaScript would round: they stay texts. */
function exact(_: string, value: unknown, { source }: { source?: string }): unknown {
  return typeof value === 'number' && !Number.isSafeInteger(value) && /^\d+$/.test(source ?? '')
    ? source
    : value;
}
