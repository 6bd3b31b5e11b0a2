import { TITLE } from './odd-server.ts';

/** A page as a system has it, with some visible text. */
export function html(title = TITLE, more = ''): string {
  return `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title>${more}</head>
<body><h1>${title}</h1><p>请输入发票代码、发票号码、开票日期和校验码，然后点击查验。</p></body></html>`;
}

export const HTML = 'Content-Type: text/html';
export const UTF8 = 'Content-Type: text/html; charset=utf-8';

export interface Answer {
  /** What follows the version. */
  status?: string;
  /** Header lines, without their ends; the length is added. */
  head?: readonly string[];
  body?: string | Buffer;
}

/** A well-formed answer. */
export function reply({ status = '200 OK', head = [UTF8], body = html() }: Answer = {}): Buffer {
  const bytes = Buffer.from(body as Buffer);
  return raw([`HTTP/1.1 ${status}`, ...head, `Content-Length: ${bytes.length}`], bytes);
}

/** Head lines as they are, one byte per character, and a body. */
export function raw(head: readonly string[], body: string | Buffer = html(), end = '\r\n'): Buffer {
  const lines = [...head, '', ''].join(end);
  return Buffer.concat([Buffer.from(lines, 'latin1'), Buffer.from(body as Buffer)]);
}

export const OK = 'HTTP/1.1 200 OK';
/** The length of the usual page. */
export const LENGTH = Buffer.byteLength(html());

/** One part after the other, so that each may arrive alone. */
export function inParts(...parts: readonly Buffer[]) {
  return (_: string, socket: { write(part: Buffer): boolean; end(): unknown }): null => {
    const write = (n: number) => {
      const part = parts[n];
      if (part === undefined) return socket.end();
      socket.write(part);
      // One timer after the other: those that are late need not keep their order.
      setTimeout(write, 60, n + 1);
    };
    write(0);
    return null;
  };
}

/** The path of a request. */
export const pathOf = (request: string) => request.split(' ')[1] ?? '';
export const cookiesOf = (request: string) => /^cookie: *(.*)$/im.exec(request)?.[1] ?? '';
