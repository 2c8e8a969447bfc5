-- revisions: a revision and all before it on its line, newest first
--
-- :revision (integer) id of the revision
--
-- returns id (integer) id of the revision
-- returns height (integer) how many revisions of the line stand before it
-- returns root (text) root hash of the whole map, in hexadecimal
-- returns hash (text) hash of the revision, in hexadecimal
-- returns leaf_count (integer) keys with a value, those of linked trees included
-- returns changes (integer) rows that it wrote to the change log, leaves and deletions, links to changed trees included
-- returns committed_at (integer) when, in milliseconds since 1970 UTC
-- returns author (text) who
-- returns message (text) why
--
-- in sqlite3:  .parameter set :revision 3
--              .read queries/revisions.sql
-- in psql:     \set revision 3
--              \i queries/revisions.sql

with recursive line (id, parent_id) as (
    select id, parent_id
    from revision
    where id = :revision
    union all
    select parent.id, parent.parent_id
    from line child
    join revision parent on parent.id = child.parent_id
)
select
    r.id,
    r.height,
    lower(hex(r.root)) as root,
    lower(hex(r.hash)) as hash,
    r.leaf_count,
    (select count(*) from leaf l where l.oid between r.first_oid and r.last_oid) as changes,
    r.committed_at,
    r.author,
    r.message
from line
join revision r on r.id = line.id
order by r.height desc;
