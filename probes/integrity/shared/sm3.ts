const BLOCK_BYTES = 64;
const START = [
  0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
];
const ROUNDS = 64;
const FIRST_ROUNDS = 16;

/** T(j) turned left by j, for every round j. */
const TURNED = Int32Array.from({ length: ROUNDS }, (_, round) =>
  turn(round < FIRST_ROUNDS ? 0x79cc4519 : 0x7a879d8a, round % 32),
);

/** The SM3 digest (GB/T 32905-2016, ISO/IEC 10118-3): 32 bytes. */
export function sm3(message: Uint8Array): Uint8Array {
  const state = Int32Array.from(START);
  const words = new Int32Array(ROUNDS + 4);
  const whole = message.length - (message.length % BLOCK_BYTES);
  for (let at = 0; at < whole; at += BLOCK_BYTES) compress(state, words, message, at);
  const end = padded(message.subarray(whole), message.length);
  for (let at = 0; at < end.length; at += BLOCK_BYTES) compress(state, words, end, at);
  const digest = new DataView(new ArrayBuffer(4 * state.length));
  for (const [index, word] of state.entries()) digest.setInt32(4 * index, word);
  return new Uint8Array(digest.buffer);
}

/** The last bytes, a one bit, zeros, and the length of the whole message in bits. */
function padded(rest: Uint8Array, length: number): Uint8Array {
  const blocks = Math.ceil((rest.length + 9) / BLOCK_BYTES);
  const end = new Uint8Array(blocks * BLOCK_BYTES);
  end.set(rest);
  end[rest.length] = 0x80;
  new DataView(end.buffer).setBigUint64(end.length - 8, BigInt(length) * 8n);
  return end;
}

function compress(state: Int32Array, words: Int32Array, bytes: Uint8Array, from: number): void {
  expand(words, bytes, from);
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let round = 0; round < ROUNDS; round += 1) {
    const a12 = turn(a, 12);
    const ss1 = turn((a12 + e + (TURNED[round] ?? 0)) | 0, 7);
    const first = round < FIRST_ROUNDS;
    const ff = first ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = first ? e ^ f ^ g : (e & f) | (~e & g);
    const word = words[round] ?? 0;
    const tt1 = (ff + d + (ss1 ^ a12) + (word ^ (words[round + 4] ?? 0))) | 0;
    const tt2 = (gg + h + ss1 + word) | 0;
    [d, c, b, a] = [c, turn(b, 9), a, tt1];
    [h, g, f, e] = [g, turn(f, 19), e, tt2 ^ turn(tt2, 9) ^ turn(tt2, 17)];
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) {
    state[index] = (state[index] ?? 0) ^ word;
  }
}

function expand(words: Int32Array, bytes: Uint8Array, from: number): void {
  for (let index = 0; index < 16; index += 1) {
    const at = from + 4 * index;
    words[index] =
      ((bytes[at] ?? 0) << 24) |
      ((bytes[at + 1] ?? 0) << 16) |
      ((bytes[at + 2] ?? 0) << 8) |
      (bytes[at + 3] ?? 0);
  }
  const word = (index: number) => words[index] ?? 0;
  for (let index = 16; index < words.length; index += 1) {
    const mixed = word(index - 16) ^ word(index - 9) ^ turn(word(index - 3), 15);
    words[index] =
      mixed ^ turn(mixed, 15) ^ turn(mixed, 23) ^ turn(word(index - 13), 7) ^ word(index - 6);
  }
}

function turn(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
