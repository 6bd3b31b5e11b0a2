import { createHash } from 'node:crypto';

/** The year in tag URIs (RFC 4151). */
const SINCE = 2026;
const INSTALLATION_ID = /^[0-9a-f]{32}$/;

/** Ids of what is published: stable, also when the page moves to another address. */
export interface Identity {
  /** A URI, by a name within the page. */
  uri(name: string): string;
  /** Of an event in calendars (RFC 5545 §3.8.4.7), by the id of its maintenance. */
  calendarUid(id: string): string;
}

/**
 * By what the installation is published as: its id, a UUID that is the namespace of others, or, of
 * one that published before it had one, the address that it had then.
 */
export function publishedIdentity(published_as: string): Identity {
  if (INSTALLATION_ID.test(published_as)) {
    return {
      uri: (name) => `urn:uuid:${uuidWithin(published_as, name)}`,
      calendarUid: (id) => uuidWithin(published_as, `maintenances/${id}`),
    };
  }
  const { hostname } = new URL(published_as);
  return {
    uri: (name) => `tag:${hostname},${SINCE}:${name}`,
    calendarUid: (id) => `${id}@${hostname}`,
  };
}

/** The UUID of a name within a namespace, which is a UUID too (version 5, RFC 9562 §5.5). */
export function uuidWithin(namespace: string, name: string): string {
  const digest = createHash('sha1').update(Buffer.from(namespace, 'hex')).update(name).digest();
  const bytes = digest.subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
