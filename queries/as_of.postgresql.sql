-- as_of: every key with its value as of a time, on the line of a revision
--
-- The state is that of the newest revision of the line that was committed at that time or before, as its author gave the time.
--
-- :revision (integer) id of the revision
-- :time (integer) milliseconds since 1970 UTC
--
-- returns revision (integer) id of the revision whose state it is
-- returns tree (text) names of the trees that the key is in, outermost first, joined by '/'; '' in the top tree
-- returns key (text) the key as its user typed it
-- returns value (text) the value, as text, or 0x and hexadecimal where it is no UTF-8
-- returns path_hex (text) the canonical keys of the trees and of the key, one after the other: :key of other queries
--
-- in psql:     \set revision 3
--              \set time 1700000000000
--              \i queries/as_of.postgresql.sql

with recursive line (id, parent_id, committed_at) as (
    select id, parent_id, committed_at
    from revision
    where id = :revision
    union all
    select parent.id, parent.parent_id, parent.committed_at
    from line child
    join revision parent on parent.id = child.parent_id
),
found (id, root_oid) as (
    select id, root_oid
    from revision
    where id = (select max(id) from line where committed_at <= :time)
),
walk (link, place, tree, tree_hex) as (
    -- link: > 0 a vertex, < 0 a leaf; place: the way from the root, 0 left and 1 right, which sorts in key order
    select root_oid, '', '', ''
    from found
    where root_oid <> 0
    union all
    select
        case when v.oid is null then l.tree_oid when side.bit = '0' then v.left_oid else v.right_oid end,
        case when v.oid is null then w.place else w.place || side.bit end,
        case when v.oid is null
            then w.tree || case w.tree when '' then '' else '/' end || (select name from leaf_text t where t.oid = l.oid)
            else w.tree
        end,
        case when v.oid is null then w.tree_hex || lower(hex(l.key)) else w.tree_hex end
    from walk w
    left join lateral (select * from vertex x where x.oid = w.link offset 0) v on true
    left join lateral (select * from leaf x where x.oid = -w.link offset 0) l on true
    join (select '0' as bit union all select '1') side on v.oid is not null or (l.kind = 1 and side.bit = '0')
)
select
    (select id from found) as revision,
    w.tree,
    (select t.key from leaf_text t where t.oid = l.oid) as key,
    (select t.value from leaf_text t where t.oid = l.oid) as value,
    w.tree_hex || lower(hex(l.key)) as path_hex
from walk w
join leaf l on l.oid = -w.link
where l.kind = 0
order by w.place;
