/** A second reader that never gives its thread back. */
for (;;) {
  // Spins.
}
