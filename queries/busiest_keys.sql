-- busiest_keys: the keys that the line of a revision wrote or deleted most often, as far as its rows are kept
--
-- :revision (integer) id of the revision
-- :most (count) how many rows at most
--
-- returns tree (text) names of the trees that the key is in, outermost first, joined by '/'; '' in the top tree
-- returns key (text) the key as its user typed it
-- returns changes (integer) how often it was written or deleted
-- returns first_revision (integer) id of the revision that wrote it first
-- returns last_revision (integer) id of the revision that wrote or deleted it last
-- returns key_hex (text) the bytes of the canonical key, in hexadecimal
--
-- in sqlite3:  .parameter set :revision 3
--              .parameter set :most 3
--              .read queries/busiest_keys.sql
-- in psql:     \set revision 3
--              \set most 3
--              \i queries/busiest_keys.sql

select
    tree,
    (select t.key from leaf_text t where t.oid = last_oid) as key,
    changes,
    first_revision,
    last_revision,
    key_hex
from (
    select tree, key_hex, max(oid) as last_oid, count(*) as changes, min(written_in) as first_revision, max(written_in) as last_revision
    from history_of
    where revision = :revision and kind <> 'tree'
    group by tree, key_hex
    order by changes desc, tree, key_hex
    limit :most
) often
order by changes desc, tree, key_hex;
