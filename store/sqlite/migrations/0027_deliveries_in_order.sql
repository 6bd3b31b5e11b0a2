-- Notices are numbered as they are written, whatever the clock said.
alter table notice add column seq integer not null default 0;
update notice set seq = rowid;
create unique index notice_seq on notice (seq);
create index notice_to_fan_out on notice (seq) where fanned_out_at is null;

-- Of each recipient, channel and matter one delivery is next; those after it wait for it. owner is
-- the notifier that has it in hand; overtaken_by is the delivery that tells what it would have.
alter table delivery add column matter text not null default '';
alter table delivery add column seq integer not null default 0;
alter table delivery add column lane text not null default '';
alter table delivery add column is_next integer not null default 0;
alter table delivery add column owner text;
alter table delivery add column overtaken_by text;

update delivery
set matter = substr(notice.kind, 1, instr(notice.kind, '_') - 1) || ' ' || notice.ref,
  seq = notice.seq,
  lane = case
    when delivery.recipient = 'operators' or delivery.recipient like 'operator-%' then 'operators'
    when notice.kind like 'subscription%' then 'confirmations'
    else 'readers'
  end
from notice where notice.id = delivery.notice;

create index delivery_matter on delivery (recipient, matter, seq);

update delivery set is_next = 1
where status = 'pending' and not exists (
  select 1 from delivery as earlier
  where earlier.recipient = delivery.recipient and earlier.matter = delivery.matter
    and earlier.channel = delivery.channel and earlier.status = 'pending'
    and earlier.seq < delivery.seq
);

drop index delivery_status;
create index delivery_due on delivery (lane, channel, due_at, seq)
  where status = 'pending' and is_next = 1 and owner is null;
create index delivery_newest on delivery (lane, channel, seq, due_at)
  where status = 'pending' and is_next = 1 and owner is null;
create index delivery_pending on delivery (channel, seq) where status = 'pending';
create index delivery_owner on delivery (owner) where owner is not null;
create index delivery_overtaken_by on delivery (overtaken_by) where overtaken_by is not null;
