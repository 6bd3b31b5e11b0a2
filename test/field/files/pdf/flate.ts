import { constants, deflateRawSync, deflateSync } from 'node:zlib';
import { type FieldFiles, latin1 } from '../field-file.ts';
import { flated } from './cross-reference.ts';
import { onePage, pageText, streamFile, tableFile } from './writer.ts';

const text = () => latin1(pageText());

/** How compressors begin and end, in what a page shows and in what finds it. */
export const PDF_FLATE: FieldFiles = {
  'flushed, never finished': {
    id: 'F5',
    make: () => contents(flushed(text())),
    should: { verdict: 'sound' },
  },
  'an object stream flushed, never finished': {
    id: 'F5',
    make: () => streamFile(onePage(), { pack_objects: flushed }),
    should: { verdict: 'sound' },
  },
  'a table flushed, never finished': {
    id: 'F5',
    make: () => streamFile(onePage(), { pack_table: flushed }),
    should: { verdict: 'sound' },
  },
  'two bytes lost at the end': {
    id: 'F5',
    make: () => contents(deflateSync(text()).subarray(0, -2)),
    should: { verdict: 'sound' },
  },
  'a line end counted as data': () =>
    contents(Buffer.concat([deflateSync(text()), latin1('\r\n')])),
  '200 bytes behind the checksum': () =>
    contents(Buffer.concat([deflateSync(text()), Buffer.alloc(200, 'x')])),
  'a small window': () => contents(deflateSync(text(), { windowBits: 9 })),
  'no compression': () => contents(deflateSync(text(), { level: 0 })),
  'fixed codes': () => contents(deflateSync(text(), { strategy: constants.Z_FIXED })),
  'no zlib header': () => contents(deflateRawSync(text())),
  'a line feed before the data': () => contents(Buffer.concat([latin1('\n'), deflateSync(text())])),
  'nothing at all': () => contents(Buffer.alloc(0)),
  'cut in the middle': () => {
    const data = deflateSync(text());
    return contents(data.subarray(0, data.length >> 1));
  },
  'a bit of its middle': () => {
    const data = deflateSync(text());
    data[data.length >> 1] = (data[data.length >> 1] ?? 0) ^ 0x10;
    return contents(data);
  },
};

function contents(data: Uint8Array): Buffer {
  return tableFile(onePage({ 4: flated(data) }));
}

/** As zlib leaves it after Z_SYNC_FLUSH: no last block, no checksum. */
function flushed(data: Buffer): Buffer {
  return deflateSync(data, { finishFlush: constants.Z_SYNC_FLUSH });
}
