/** A value cannot stand where its template puts it: nothing is sent. */
export class UnfitValue extends Error {}
