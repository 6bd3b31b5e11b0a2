import type { MetricObjectWithValues, MetricValue } from 'prom-client';

/** A metric with all its series. */
export type Family = MetricObjectWithValues<MetricValue<string>>;
