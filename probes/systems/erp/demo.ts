/** The ingest token of the simulated ERP in the demo; valid nowhere else. */
export const SIMULATED_TOKEN = 'simulated-erp-token';
