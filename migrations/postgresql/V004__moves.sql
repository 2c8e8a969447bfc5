-- Histories that were committed anew under another hash or key codec: which revision was made of which.

create table rehashed (
    revision_id bigint not null primary key references revision (id),
    old_id      bigint not null unique check (old_id >= 1),
    old_hash    bytea  not null check (length(old_hash) = 32),
    old_root    bytea  not null check (length(old_root) = 32)
);
comment on table rehashed is 'One row for each revision that was committed anew from one of another store, under another hash or key codec';
comment on column rehashed.revision_id is 'a revision of this store';
comment on column rehashed.old_id is 'the id of the revision, in the store that it was made from, that it was made of';
comment on column rehashed.old_hash is 'the hash of that revision there';
comment on column rehashed.old_root is 'the root of that revision there';

create view rehash_table as
select
    rehashed.old_id,
    rehashed.revision_id as id,
    encode(rehashed.old_hash, 'hex') as old_hash,
    encode(revision.hash, 'hex') as hash,
    encode(rehashed.old_root, 'hex') as old_root,
    encode(revision.root, 'hex') as root
from rehashed
join revision on revision.id = rehashed.revision_id;
comment on view rehash_table is 'The table old hash to new hash as people read it, for whoever trusts a hash of the old store';
