/**
 * Size limit of a request with a maintenance: far more than the longest texts in every language.
 */
export const MAX_MAINTENANCE_BYTES = 64 * 1024;
