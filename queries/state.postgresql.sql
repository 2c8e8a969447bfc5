-- state: every key with its value at a revision, in key order, the keys of linked trees at the place of their link
--
-- :revision (integer) id of the revision
--
-- returns tree (text) names of the trees that the key is in, outermost first, joined by '/', which is \/ in a name; '' in the top tree
-- returns key (text) the key as its user typed it
-- returns value (text) the value, as text, or 0x and hexadecimal where it is no UTF-8
-- returns key_hex (text) the bytes of the canonical key, in hexadecimal
-- returns value_hex (text) the bytes of the value, in hexadecimal
-- returns path_hex (text) the canonical keys of the trees and of the key, one after the other: :key of other queries
--
-- in psql:     \set revision 3
--              \i queries/state.postgresql.sql

select tree, key, value, key_hex, value_hex, path_hex
from state_at
where revision = :revision
order by path_hex collate "C";
