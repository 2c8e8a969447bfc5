-- SQLite tells by this table which stores hold nothing but text, and has views of its own for what it costs there. PostgreSQL tells text
-- from other bytes by itself, so that nobody keeps account of it here.

create table other_value (
    one integer not null primary key check (one = 1)
);

comment on table other_value is 'Whether values may be no text, which is UTF-8 without NUL, U+FFFE and U+FFFF: SQLite''s views then look at each. A store on PostgreSQL has the row always';
comment on column other_value.one is 'always 1: the table has one row as soon as a value may be no text; none says that all values of the store are';

insert into other_value (one) values (1);
