/**
 * What the demo's configuration knows of whoever posts this system's events. It opens nothing
 * anywhere else.
 */
export const SIMULATED_TOKEN = 'simulated-erp-token';
