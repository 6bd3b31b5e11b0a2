/**
 * Node's http module. An import of it would read all of its exports, among them some that load an
 * HTTP client of 16 MB that not every process uses; this reads none.
 */
export const { createServer, request } = process.getBuiltinModule('node:http');
