create table half (id integer);
delete from tag;
select pg_sleep(600);
