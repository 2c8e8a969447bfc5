alter table tag add column moved integer;
update tag set moved = 0;
