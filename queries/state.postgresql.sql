-- state: every key with its value at a revision, in key order, the keys of linked trees at the place of their link
--
-- :revision (integer) id of the revision
--
-- returns tree (text) names of the trees that the key is in, outermost first, joined by '/', which is \/ in a name; '' in the top tree
-- returns key (text) the key as its user typed it
-- returns value (text) the value, as text, or 0x and hexadecimal where it is no UTF-8
-- returns key_hex (text) the bytes of the canonical key, in hexadecimal
-- returns value_hex (text) the bytes of the value, in hexadecimal
-- returns path_hex (text) the canonical keys of the trees and of the key, one after the other: :key of other queries
--
-- in psql:     \set revision 3
--              \i queries/state.postgresql.sql

with recursive walk (link, place, tree, tree_hex) as (
    -- link: > 0 a vertex, < 0 a leaf; place: the way from the root, 0 left and 1 right, which sorts in key order
    select root_oid, '', '', ''
    from revision
    where id = :revision and root_oid <> 0
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
    w.tree,
    (select t.key from leaf_text t where t.oid = l.oid) as key,
    (select t.value from leaf_text t where t.oid = l.oid) as value,
    lower(hex(l.key)) as key_hex,
    lower(hex(l.value)) as value_hex,
    w.tree_hex || lower(hex(l.key)) as path_hex
from walk w
join leaf l on l.oid = -w.link
where l.kind = 0
order by w.place;
