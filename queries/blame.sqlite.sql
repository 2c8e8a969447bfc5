-- blame: every key at a revision with the revision that wrote its value, in key order, the keys of linked trees included
--
-- :revision (integer) id of the revision
--
-- returns tree (text) names of the trees that the key is in, outermost first, joined by '/', which is \/ in a name; '' in the top tree
-- returns key (text) the key as its user typed it
-- returns value (text) the value, as text, or 0x and hexadecimal where it is no UTF-8
-- returns revision (integer) id of the revision that wrote it; in a linked tree that was copied, of the one that wrote the original
-- returns committed_at (integer) when, in milliseconds since 1970 UTC
-- returns author (text) who
-- returns message (text) why
-- returns path_hex (text) the canonical keys of the trees and of the key, one after the other: :key of other queries
--
-- in sqlite3:  .parameter set :revision 3
--              .read queries/blame.sqlite.sql

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
    left join vertex v on v.oid = w.link
    left join leaf l on l.oid = -w.link
    join (select '0' as bit union all select '1') side on v.oid is not null or (l.kind = 1 and side.bit = '0')
)
select
    w.tree,
    (select t.key from leaf_text t where t.oid = l.oid) as key,
    (select t.value from leaf_text t where t.oid = l.oid) as value,
    l.revision_id as revision,
    writer.committed_at,
    writer.author,
    writer.message,
    w.tree_hex || lower(hex(l.key)) as path_hex
from walk w
join leaf l on l.oid = -w.link
left join revision writer on writer.id = l.revision_id
where l.kind = 0
order by w.place;
