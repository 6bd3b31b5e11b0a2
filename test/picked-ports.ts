/** Environment of a start whose ports the system picks. */
export const PICKED_PORTS = {
  PORT: '0',
  COLLECTOR_PORT: '0',
  PAGE_PRIVATE_PORT: '0',
  NOTIFY_PORT: '0',
  INGEST_PORT: '0',
  SIMULATOR_PORT: '0',
};
