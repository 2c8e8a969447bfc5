-- as_of: every key with its value as of a time, on the line of a revision
--
-- The state is that of the newest revision of the line that was committed at that time or before, as its author gave the time.
--
-- :revision (integer) id of the revision
-- :time (integer) milliseconds since 1970 UTC
--
-- returns revision (integer) id of the revision whose state it is
-- returns tree (text) names of the trees that the key is in, outermost first, joined by '/'; '' in the top tree
-- returns key (text) the key as its user typed it
-- returns value (text) the value, as text, or 0x and hexadecimal where it is no UTF-8
-- returns path_hex (text) the canonical keys of the trees and of the key, one after the other: :key of other queries
--
-- in psql:     \set revision 3
--              \set time 1700000000000
--              \i queries/as_of.postgresql.sql

with recursive line (id, parent_id, committed_at) as (
    select id, parent_id, committed_at
    from revision
    where id = :revision
    union all
    select parent.id, parent.parent_id, parent.committed_at
    from line child
    join revision parent on parent.id = child.parent_id
)
select revision, tree, key, value, path_hex
from state_at
where revision = (select max(id) from line where committed_at <= :time)
order by path_hex collate "C";
