-- Whether nobody saw it end, as of what was wrong when we stopped: not kept until now.
alter table own_trouble add column is_end_unseen integer not null default 0;
