-- Of the invoices that a sync shows: when one is usually overdue, and how far apart they arrive.
alter table usual_delay add column p99_ms real;
alter table usual_delay add column apart_ms real;
