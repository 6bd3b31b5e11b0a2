/** Blocks this thread, for ever unless told; unlike a loop it takes nothing from other tests. */
export function block(ms = Number.POSITIVE_INFINITY): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
