-- blame: every key at a revision with the revision that wrote its value, in key order, the keys of linked trees included
--
-- :revision (integer) id of the revision
--
-- returns tree (text) names of the trees that the key is in, outermost first, joined by '/', which is \/ in a name; '' in the top tree
-- returns key (text) the key as its user typed it
-- returns value (text) the value, as text, or 0x and hexadecimal where it is no UTF-8
-- returns revision (integer) id of the revision that wrote it; in a linked tree that was copied, of the one that wrote the original
-- returns committed_at (integer) when, in milliseconds since 1970 UTC
-- returns author (text) who
-- returns message (text) why
-- returns path_hex (text) the canonical keys of the trees and of the key, one after the other: :key of other queries
--
-- in psql:     \set revision 3
--              \i queries/blame.postgresql.sql

select
    s.tree,
    s.key,
    s.value,
    s.written_in as revision,
    writer.committed_at,
    writer.author,
    writer.message,
    s.path_hex
from state_at s
left join revision writer on writer.id = s.written_in
where s.revision = :revision
order by s.path_hex collate "C";
