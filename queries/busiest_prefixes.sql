-- busiest_prefixes: the beginnings of keys below which the line of a revision wrote or deleted most often, as far as its rows are kept
--
-- :revision (integer) id of the revision
-- :length (count) how many characters a prefix has
-- :most (count) how many rows at most
--
-- returns tree (text) names of the trees that the key is in, outermost first, joined by '/'; '' in the top tree
-- returns prefix (text) the first characters of the keys as their users typed them
-- returns changes (integer) how often a key that begins so was written or deleted
-- returns keys (integer) how many different keys
--
-- in sqlite3:  .parameter set :revision 3
--              .parameter set :length 3
--              .parameter set :most 3
--              .read queries/busiest_prefixes.sql
-- in psql:     \set revision 3
--              \set length 3
--              \set most 3
--              \i queries/busiest_prefixes.sql

select tree, substr(key, 1, cast(:length as integer)) as prefix, count(*) as changes, count(distinct key_bytes) as keys
from history_of
where revision = :revision and kind <> 'tree'
group by 1, 2
order by changes desc, tree, prefix
limit :most;
