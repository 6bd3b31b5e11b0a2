-- What judges: rules and configuration; and since when. What others judged is not compared with it.
alter table installation add column judged_by text;
alter table installation add column judged_since integer;
