-- prefixes: how many keys begin with the same characters at a revision, and how large their values are
--
-- :revision (integer) id of the revision
-- :length (count) how many characters a prefix has
--
-- returns tree (text) names of the trees that the key is in, outermost first, joined by '/'; '' in the top tree
-- returns prefix (text) the first characters of the keys as their users typed them
-- returns keys (integer) keys with a value that begin so
-- returns bytes (integer) the bytes of their values
--
-- in sqlite3:  .parameter set :revision 3
--              .parameter set :length 3
--              .read queries/prefixes.sql
-- in psql:     \set revision 3
--              \set length 3
--              \i queries/prefixes.sql

select tree, substr(key, 1, cast(:length as integer)) as prefix, count(*) as keys, cast(sum(length(value_bytes)) as bigint) as bytes
from state_at
where revision = :revision
group by 1, 2
order by keys desc, tree, prefix;
