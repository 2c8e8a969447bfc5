create table half (id integer);
delete from tag;
insert into nothing_of_that_name values (1);
