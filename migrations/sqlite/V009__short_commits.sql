-- A commit on the line that everybody works on writes two pages less: no row of a branch, which follows the newest revision until
-- another branch does, and no index of lines and heights, since on a first line the id tells the height.

-- SQLite takes a constraint from a table only by making it anew.
create table revision_before as
select * from revision;

drop table revision;

create table revision (
    id           integer not null primary key check (id >= 1), -- given out in ascending order by the one writer; height + 1 where all earlier revisions stand before it on its line
    line_id      integer not null references log (id), -- the log in which its hash is the entry of the number height
    parent_id    integer references revision (id) check (parent_id < id), -- the revision this one was committed on; null: the first of its line
    height       integer not null check (height >= 0), -- how many revisions of its line stand before it
    root_oid     integer not null check (abs(root_oid) <= last_oid), -- link to the top node: > 0 a vertex, < 0 minus the OID of a leaf, 0 the empty tree
    root         blob    not null check (length(root) = 32), -- root hash of the whole map
    history      blob    not null check (length(history) = 32), -- RFC 6962 tree hash over the hashes of all earlier revisions of its line
    hash         blob    not null check (length(hash) = 32), -- hash of the revision: height, root, history, time, author, message
    leaf_count   integer not null check (leaf_count >= 0), -- leaves of the map that hold a value, those of linked trees included
    committed_at integer not null, -- milliseconds since 1970-01-01 UTC, as the author gave it
    author       text    not null, -- who made it
    message      text    not null, -- why
    first_oid    integer not null check (first_oid >= 1), -- the first OID that it gave out, to a vertex or a leaf
    last_oid     integer not null check (last_oid >= first_oid - 1), -- the last one, included; first_oid - 1: it gave out none
    nodes        blob    check (length(nodes) >= 32 and length(nodes) % 32 = 0) -- the nodes that it completed in the log of its line, 32 bytes each, from the leaf up: RFC 6962's H(00 ‖ hash), then H(01 ‖ left ‖ right) of each perfect subtree that ends with it
) strict;

insert into revision
select * from revision_before order by id;

drop table revision_before;

-- Where a revision stands that has others beside its line before it; any other is found by its id, which is its height + 1.
create unique index revision_by_height on revision (line_id, height) where id <> height + 1;

create table branch_head (
    name        text    not null primary key check (length(name) between 1 and 255), -- what people call the line
    revision_id integer references revision (id) -- its head; null: the newest revision of the store, which the branch follows without a row written
) strict, without rowid;

insert into branch_head (name, revision_id)
select name, revision_id
from branch;

drop table branch;

-- At most one branch follows the newest revision.
create unique index branch_following on branch_head (revision_id is null) where revision_id is null;

-- The branches, each with the revision that is its head.
create view branch (name, revision_id) as
select name, coalesce(revision_id, (select max(id) from revision))
from branch_head;

-- The line of each revision as ranges of OIDs, one for each log that holds some of its revisions: what a revision on it
-- wrote lies in one of them, and where whole is true nothing else does.
drop view line_part;

create view line_part (revision, log_id, first_oid, last_oid, whole) as
select r.id, upto.line_id, begun.first_oid, upto.last_oid, upto.id - begun.id = upto.height - begun.height
from revision r
join json_each((
    with recursive chain (log_id, size) as (
        select r.line_id, r.height + 1
        union all
        select log.parent_id, log.fork_size
        from chain
        join log on log.id = chain.log_id
        where log.parent_id is not null
    )
    select json_group_array(json_array(
        coalesce(
            (select x.id from revision x where x.id = log.fork_size + 1 and x.id = x.height + 1 and x.line_id = log.id),
            (select x.id from revision x where x.line_id = log.id and x.height = log.fork_size and x.id <> x.height + 1)
        ),
        coalesce(
            (select x.id from revision x where x.id = chain.size and x.id = x.height + 1 and x.line_id = log.id),
            (select x.id from revision x where x.line_id = log.id and x.height = chain.size - 1 and x.id <> x.height + 1)
        )
    ))
    from chain
    join log on log.id = chain.log_id
)) part
join revision begun on begun.id = json_extract(part.value, '$[0]')
join revision upto on upto.id = json_extract(part.value, '$[1]');
