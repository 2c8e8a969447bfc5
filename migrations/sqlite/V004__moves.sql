-- Histories that were committed anew under another hash or key codec: which revision was made of which.

create table rehashed (
    revision_id integer not null primary key references revision (id), -- a revision of this store
    old_id      integer not null unique check (old_id >= 1), -- the id of the revision, in the store that it was made from, that it was made of
    old_hash    blob    not null check (length(old_hash) = 32), -- the hash of that revision there
    old_root    blob    not null check (length(old_root) = 32) -- the root of that revision there
) strict;

-- The table old hash to new hash as people read it, for whoever trusts a hash of the old store.
create view rehash_table as
select
    rehashed.old_id,
    rehashed.revision_id as id,
    lower(hex(rehashed.old_hash)) as old_hash,
    lower(hex(revision.hash)) as hash,
    lower(hex(rehashed.old_root)) as old_root,
    lower(hex(revision.root)) as root
from rehashed
join revision on revision.id = rehashed.revision_id;
