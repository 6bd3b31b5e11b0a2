/** A value cannot stand where its template puts it: nothing is sent. */
export class UnfitValue extends Error {}

/** What a system gave as an address leads nowhere: that is its answer, and no value of ours. */
export class UnfitAddress extends UnfitValue {}
