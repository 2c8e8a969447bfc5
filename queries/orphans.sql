-- orphans: rows that no revision reaches, which an unfinished prune leaves, or damage
--
-- Walks all kept revisions. Vertices of a commit on PostgreSQL that is under way, or was cut off and will be cleared away by the
-- next one, are not among them.
--
-- :most (count) how many rows at most
--
-- returns rows_of (text) vertex, leaf
-- returns oid (integer) OID of the row
--
-- in sqlite3:  .parameter set :most 3
--              .read queries/orphans.sql
-- in psql:     \set most 3
--              \i queries/orphans.sql

with recursive kept (link) as (
    -- every node of the map, > 0 a vertex, < 0 a leaf, each once
    select root_oid from revision where root_oid <> 0 and id not in (select revision_id from pruned)
    union
    select case side.bit when 0 then coalesce(v.left_oid, l.tree_oid) else v.right_oid end
    from kept w
    cross join (select 0 as bit union all select 1) side
    left join vertex v on v.oid = w.link
    left join leaf l on l.oid = -w.link
    where case side.bit when 0 then coalesce(v.left_oid, l.tree_oid) else v.right_oid end is not null
)
select 'vertex' as rows_of, oid
from vertex
where oid <= (select coalesce(max(last_oid), 0) from revision) and oid not in (select link from kept)
union all
select 'leaf', oid
from leaf
where kind <> 2 and -oid not in (select link from kept)
order by oid
limit :most;
