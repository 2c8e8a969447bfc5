create table half (id integer);
delete from tag;
insert into half with recursive n (i) as (select 1 union all select i + 1 from n where i < 1000000000) select max(i) from n;
