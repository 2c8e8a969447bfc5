-- path: the nodes from the root down to a key, one row a node, links to other trees passed through
--
-- :revision (integer) id of the revision
-- :key (key) the key; in a shell the bytes of the canonical key, behind those of the trees that it is in: path_hex of state
--
-- returns step (integer) how many nodes stand above this one
-- returns tree (text) names of the trees that the node is in, outermost first, joined by '/', which is \/ in a name; '' in the top tree
-- returns link (integer) > 0: the OID of a vertex, < 0: minus the OID of a leaf
-- returns depth (integer) how many bits the keys below a vertex share; of a leaf the bits of its key
-- returns prefix_hex (text) those bits, of a vertex padded: a one, then zeros to a whole byte
-- returns hash (text) the node's hash, in hexadecimal
-- returns leaf_count (integer) keys with a value below the node
-- returns kind (text) vertex, value, tree
-- returns key (text) of a leaf its key as its user typed it; where the last row has another key, the key is absent
-- returns value (text) of a leaf its value, as text, or 0x and hexadecimal where it is no UTF-8
--
-- in sqlite3:  .parameter set :revision 3
--              .parameter set :key "x'6163636f756e747300616c69636500'"
--              .read queries/path.sqlite.sql

with recursive walk (step, link, tree, rest) as (
    -- rest: what is left of :key below the trees that were passed
    select 0, root_oid, '', :key
    from revision
    where id = :revision and root_oid <> 0
    union all
    select
        w.step + 1,
        case when v.oid is null then l.tree_oid when w.rest < v.prefix then v.left_oid else v.right_oid end,
        case when v.oid is null
            then w.tree || case w.tree when '' then '' else '/' end || (select name from leaf_text t where t.oid = l.oid)
            else w.tree
        end,
        case when v.oid is null then substr(w.rest, length(l.key) + 1) else w.rest end
    from walk w
    left join vertex v on v.oid = w.link
    left join leaf l on l.oid = -w.link
    where v.oid is not null
        or (l.kind = 1 and l.key = substr(w.rest, 1, length(l.key)) and length(w.rest) > length(l.key))
)
select
    w.step,
    w.tree,
    w.link,
    coalesce(v.depth, 8 * length(l.key)) as depth,
    lower(hex(coalesce(v.prefix, l.key))) as prefix_hex,
    lower(hex(coalesce(v.hash, l.hash))) as hash,
    coalesce(v.leaf_count, l.tree_leaf_count, 1) as leaf_count,
    case l.kind when 0 then 'value' when 1 then 'tree' else 'vertex' end as kind,
    (select t.key from leaf_text t where t.oid = l.oid) as key,
    (select t.value from leaf_text t where t.oid = l.oid) as value
from walk w
left join vertex v on v.oid = w.link
left join leaf l on l.oid = -w.link
order by w.step;
