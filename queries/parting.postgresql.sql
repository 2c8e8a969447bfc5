-- parting: the first revision where the line of a revision parts from that of another store
--
-- 'dacite query revisions' in the other store lists its hashes, newest first.
--
-- :revision (integer) id of the revision
-- :hashes (hashes) the hashes of the other store's line in hexadecimal, first revision first: a JSON array
--
-- returns height (integer) the first height at which the two differ, or one has nothing
-- returns revision (integer) id of the revision there; null: this line ends before
-- returns hash (text) its hash, in hexadecimal
-- returns other_hash (text) the other store's; null: its line ends before
--
-- in psql:     \set revision 3
--              \set hashes '''[]'''
--              \i queries/parting.postgresql.sql

with recursive line (id, parent_id) as (
    select id, parent_id
    from revision
    where id = :revision
    union all
    select parent.id, parent.parent_id
    from line child
    join revision parent on parent.id = child.parent_id
),
theirs (height, hash) as (
    select n - 1 as height, hash from json_array_elements_text(cast(:hashes as json)) with ordinality h (hash, n)
)
select h.height, r.id as revision, lower(hex(r.hash)) as hash, t.hash as other_hash
from (select height from theirs union select r.height from line join revision r on r.id = line.id) h
left join theirs t on t.height = h.height
left join (select r.id, r.height, r.hash from line join revision r on r.id = line.id) r on r.height = h.height
where r.id is null or t.hash is null or lower(hex(r.hash)) <> lower(t.hash)
order by h.height
limit 1;
