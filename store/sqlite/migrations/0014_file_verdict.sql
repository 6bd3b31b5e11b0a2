-- The verdict on a file and what it rests on are apart: flags held one of seven words in bits 4 to
-- 6, and hold the verdict in bits 4 and 5 and what was checked in bits 6 and 7.
-- Notes are bits, null for none.
alter table result add column notes integer;
alter table evidence add column notes integer;

-- Sums that did not agree: the outcome of its own, mismatch.
update result set outcome = 11 where outcome = 9 and reason = 35;
update evidence set outcome = 11 where outcome = 9 and reason = 35;

update result set flags = (flags & 15) | case (flags >> 4) & 7
  when 0 then 64
  when 6 then 32 + 64
  else 16 + 64
end where flags & 12 != 0;
update evidence set flags = (flags & 15) | case (flags >> 4) & 7
  when 0 then 64
  when 6 then 32 + 64
  else 16 + 64
end where flags & 12 != 0;
