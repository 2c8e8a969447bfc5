-- depths: how many keys stand how deep at a revision, which is how long their proofs are
--
-- :revision (integer) id of the revision
--
-- returns depth (integer) vertices above the key, those of the trees that it is in included; so many hashes has its proof
-- returns leaves (integer) keys with a value at that depth
--
-- in sqlite3:  .parameter set :revision 3
--              .read queries/depths.sql
-- in psql:     \set revision 3
--              \i queries/depths.sql

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
)
select w.depth, count(*) as leaves
from walk w
join leaf l on l.oid = -w.link
where l.kind = 0
group by w.depth
order by w.depth;
