-- shared: how many vertices and leaves two revisions share, and how many each has to itself
--
-- Walks both maps whole.
--
-- :from (integer) id of another revision
-- :revision (integer) id of the revision
--
-- returns nodes (text) vertex, leaf
-- returns shared (integer) rows that both reach
-- returns only_from (integer) rows that only :from reaches
-- returns only_revision (integer) rows that only :revision reaches
--
-- in sqlite3:  .parameter set :from 1
--              .parameter set :revision 3
--              .read queries/shared.sql
-- in psql:     \set from 1
--              \set revision 3
--              \i queries/shared.sql

with recursive one (link) as (
    -- every node of the map, > 0 a vertex, < 0 a leaf, each once
    select root_oid from revision where id = :from and root_oid <> 0
    union
    select case side.bit when 0 then coalesce(v.left_oid, l.tree_oid) else v.right_oid end
    from one w
    cross join (select 0 as bit union all select 1) side
    left join vertex v on v.oid = w.link
    left join leaf l on l.oid = -w.link
    where case side.bit when 0 then coalesce(v.left_oid, l.tree_oid) else v.right_oid end is not null
),
two (link) as (
    -- every node of the map, > 0 a vertex, < 0 a leaf, each once
    select root_oid from revision where id = :revision and root_oid <> 0
    union
    select case side.bit when 0 then coalesce(v.left_oid, l.tree_oid) else v.right_oid end
    from two w
    cross join (select 0 as bit union all select 1) side
    left join vertex v on v.oid = w.link
    left join leaf l on l.oid = -w.link
    where case side.bit when 0 then coalesce(v.left_oid, l.tree_oid) else v.right_oid end is not null
)
select
    case when link > 0 then 'vertex' else 'leaf' end as nodes,
    count(case when times = 2 then 1 end) as shared,
    count(case when times = 1 and side = 1 then 1 end) as only_from,
    count(case when times = 1 and side = 2 then 1 end) as only_revision
from (
    select link, count(*) as times, max(side) as side
    from (select link, 1 as side from one union all select link, 2 from two) each_side
    group by link
) counted
group by case when link > 0 then 'vertex' else 'leaf' end
order by nodes desc;
