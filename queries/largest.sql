-- largest: the largest values at a revision
--
-- :revision (integer) id of the revision
-- :most (count) how many rows at most
--
-- returns tree (text) names of the trees that the key is in, outermost first, joined by '/'; '' in the top tree
-- returns key (text) the key as its user typed it
-- returns bytes (integer) the bytes of its value
-- returns written_in (integer) id of the revision that wrote it
-- returns path_hex (text) the canonical keys of the trees and of the key, one after the other: :key of other queries
--
-- in sqlite3:  .parameter set :revision 3
--              .parameter set :most 3
--              .read queries/largest.sql
-- in psql:     \set revision 3
--              \set most 3
--              \i queries/largest.sql

select tree, key, length(value_bytes) as bytes, written_in, path_hex
from state_at
where revision = :revision
order by length(value_bytes) desc, path_hex
limit :most;
