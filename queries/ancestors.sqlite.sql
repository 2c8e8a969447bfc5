-- ancestors: the vertices that some keys stand below or would stand below, children first: what a change of them makes anew
--
-- :revision (integer) id of the revision
-- :keys (keys) the keys, a JSON array; in a shell each the canonical key in hexadecimal, behind those of its trees: path_hex of state
--
-- returns tree (text) names of the trees that the vertex is in, outermost first, joined by '/', which is \/ in a name; '' in the top tree
-- returns oid (integer) OID of the vertex
-- returns depth (integer) how many bits the keys below it share
-- returns prefix_hex (text) those bits, padded: a one, then zeros to a whole byte; in hexadecimal
-- returns hash (text) its hash, in hexadecimal
-- returns keys (integer) how many of the keys stand or would stand below it
--
-- in sqlite3:  .parameter set :revision 3
--              .parameter set :keys "'[\"6100\", \"6163636f756e747300616c69636500\"]'"
--              .read queries/ancestors.sqlite.sql

with recursive walk (link, next, tree, rest) as (
    -- link: a vertex above a key, or minus the OID of a leaf whose tree the key is in; next: where it goes on from there;
    -- rest: what is left of the key below the trees that were passed, in hexadecimal, which sorts as its bytes do
    select 0, r.root_oid, '', upper(k.value)
    from revision r
    join json_each(:keys) k
    where r.id = :revision
    union all
    select
        w.next,
        case when v.oid is null then l.tree_oid when w.rest < hex(v.prefix) then v.left_oid else v.right_oid end,
        case when v.oid is null
            then w.tree || case w.tree when '' then '' else '/' end || (select name from leaf_text t where t.oid = l.oid)
            else w.tree
        end,
        case when v.oid is null then substr(w.rest, 2 * length(l.key) + 1) else w.rest end
    from walk w
    left join vertex v on v.oid = w.next
        -- its bits begin the key: all whole digits, and what is left of the next one
        and substr(hex(v.prefix), 1, v.depth / 4) = substr(w.rest, 1, v.depth / 4)
        and instr('123456789ABCDEF', substr(hex(v.prefix), v.depth / 4 + 1, 1)) >> (4 - v.depth % 4)
            = instr('123456789ABCDEF', substr(w.rest, v.depth / 4 + 1, 1)) >> (4 - v.depth % 4)
    left join leaf l on l.oid = -w.next
        and l.kind = 1
        and hex(l.key) = substr(w.rest, 1, 2 * length(l.key))
        and length(w.rest) > 2 * length(l.key)
    where v.oid is not null or l.oid is not null
)
select w.tree, v.oid, v.depth, lower(hex(v.prefix)) as prefix_hex, lower(hex(v.hash)) as hash, count(*) as keys
from walk w
join vertex v on v.oid = w.link
group by w.tree, v.oid
order by v.oid, w.tree;
