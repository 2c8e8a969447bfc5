-- balance: how deep the tree of a revision is, beside what is possible
--
-- Walks the map whole; linked trees count from the top of the whole map.
--
-- :revision (integer) id of the revision
--
-- returns leaves (integer) keys with a value
-- returns vertices (integer) vertices, those of trees that are linked twice twice
-- returns least_depth (integer) vertices above the least deep key
-- returns most_depth (integer) vertices above the deepest key
-- returns thousandth_depth (integer) a thousand times the average of vertices above a key
-- returns possible_depth (integer) the depth that so many keys need at least, were each path as long
--
-- in sqlite3:  .parameter set :revision 3
--              .read queries/balance.sql
-- in psql:     \set revision 3
--              \i queries/balance.sql

with recursive walk (link, depth) as (
    -- link: > 0 a vertex, < 0 a leaf
    select root_oid, 0
    from revision
    where id = :revision and root_oid <> 0
    union all
    select
        case when v.oid is null then l.tree_oid when side.bit = 0 then v.left_oid else v.right_oid end,
        case when v.oid is null then w.depth else w.depth + 1 end
    from walk w
    left join vertex v on v.oid = w.link
    left join leaf l on l.oid = -w.link and l.kind = 1
    join (select 0 as bit union all select 1) side on v.oid is not null or (l.oid is not null and side.bit = 0)
),
counted as (
    select
        count(case when w.link < 0 and l.kind = 0 then 1 end) as leaves,
        count(case when w.link > 0 then 1 end) as vertices,
        min(case when l.kind = 0 then w.depth end) as least_depth,
        max(case when l.kind = 0 then w.depth end) as most_depth,
        sum(case when l.kind = 0 then w.depth end) as all_depths
    from walk w
    left join leaf l on l.oid = -w.link
),
power (n, size) as (
    select 0, cast(1 as bigint)
    union all
    select n + 1, size * 2
    from power
    where n < 62
)
select
    leaves,
    vertices,
    least_depth,
    most_depth,
    cast(1000 * all_depths / leaves as bigint) as thousandth_depth,
    (select min(n) from power where size >= leaves) as possible_depth
from counted
where leaves > 0;
