/**
 * Size limit of a request with a maintenance: far more than the longest texts in every language and
 * the longest scope.
 */
export const MAX_MAINTENANCE_BYTES = 256 * 1024;
