-- Stands for a migration that is still to come.
create table extra (
    revision_id integer not null primary key references revision (id),
    note        text
) strict;
insert into extra (revision_id, note) select id, message from revision;
