-- trees: the linked trees at a revision, in key order, each with its root and its size
--
-- :revision (integer) id of the revision
--
-- returns tree (text) names from the top tree down to this one, joined by '/'
-- returns root (text) its root hash, in hexadecimal
-- returns leaf_count (integer) keys with a value in it, those of the trees below included
-- returns top (integer) its top node: > 0 the OID of a vertex, < 0 minus the OID of a leaf; equal where two links share a tree
-- returns revision (integer) id of the revision that wrote the link, which is the last one that changed the tree
-- returns path_hex (text) the canonical keys that lead to it, one after the other: what stands before a key of it in :key
--
-- in sqlite3:  .parameter set :revision 3
--              .read queries/trees.sqlite.sql

with recursive walk (link, tree, tree_hex) as (
    -- link: > 0 a vertex, < 0 a leaf; begins at the links in the top tree
    select link, '', ''
    from linked_top
    where revision = :revision and link <> 0
    union all
    select
        case when v.oid is null then l.tree_oid when side.bit = '0' then v.left_oid else v.right_oid end,
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
    w.tree || case w.tree when '' then '' else '/' end || (select name from leaf_text t where t.oid = l.oid) as tree,
    lower(hex(l.value)) as root,
    l.tree_leaf_count as leaf_count,
    l.tree_oid as top,
    l.revision_id as revision,
    w.tree_hex || lower(hex(l.key)) as path_hex
from walk w
join leaf l on l.oid = -w.link
where l.kind = 1
order by path_hex;
