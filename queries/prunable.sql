-- prunable: what pruning to the last revisions of each branch and what tags name would free
--
-- Walks all that would be kept. 'dacite prune --keep N --dry-run' looks at open snapshots too, and writes nothing either.
--
-- :keep (count) how many revisions of each branch would be kept, its head being the first
--
-- returns rows_of (text) vertex, leaf
-- returns freed (integer) rows that nothing kept would reach; deletions go with what they deleted and are not counted
-- returns bytes (integer) about how many bytes those are
--
-- in sqlite3:  .parameter set :keep 1
--              .read queries/prunable.sql
-- in psql:     \set keep 1
--              \i queries/prunable.sql

with recursive back (id, parent_id, step) as (
    select r.id, r.parent_id, 1
    from branch
    join revision r on r.id = branch.revision_id
    union all
    select r.id, r.parent_id, back.step + 1
    from back
    join revision r on r.id = back.parent_id
    where back.step < :keep
),
kept (link) as (
    -- every node of the map, > 0 a vertex, < 0 a leaf, each once
    select root_oid
    from revision
    where root_oid <> 0
        and (id in (select id from back) or id in (select revision_id from tag))
        and id not in (select revision_id from pruned)
    union
    select case side.bit when 0 then coalesce(v.left_oid, l.tree_oid) else v.right_oid end
    from kept w
    cross join (select 0 as bit union all select 1) side
    left join vertex v on v.oid = w.link
    left join leaf l on l.oid = -w.link
    where case side.bit when 0 then coalesce(v.left_oid, l.tree_oid) else v.right_oid end is not null
)
select 'vertex' as rows_of, count(*) as freed, cast(coalesce(sum(length(prefix) + 72), 0) as bigint) as bytes
from vertex
where oid <= (select coalesce(max(last_oid), 0) from revision) and oid not in (select link from kept)
union all
select 'leaf', count(*), cast(coalesce(sum(length(key) + length(value) + 62), 0) as bigint)
from leaf
where kind <> 2 and -oid not in (select link from kept)
order by rows_of desc;
