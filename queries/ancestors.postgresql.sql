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
-- in psql:     \set revision 3
--              \set keys '''["6100", "6163636f756e747300616c69636500"]'''
--              \i queries/ancestors.postgresql.sql

with recursive walk (link, next, tree, rest) as (
    -- link: a vertex above a key, or minus the OID of a leaf whose tree the key is in; next: where it goes on from there;
    -- rest: what is left of the key below the trees that were passed
    select 0::bigint, r.root_oid, '', decode(k.value, 'hex')
    from revision r
    cross join json_array_elements_text(cast(:keys as json)) k
    where r.id = :revision
    union all
    select
        w.next,
        case when v.oid is null then l.tree_oid when w.rest < v.prefix then v.left_oid else v.right_oid end,
        case when v.oid is null
            then w.tree || case w.tree when '' then '' else '/' end || (select name from leaf_text t where t.oid = l.oid)
            else w.tree
        end,
        case when v.oid is null then substr(w.rest, length(l.key) + 1) else w.rest end
    from walk w
    left join lateral (
        -- its bits begin the key: all whole bytes, and what is left of the next one
        select *
        from vertex x
        where x.oid = w.next
            and substr(x.prefix, 1, x.depth / 8) = substr(w.rest, 1, x.depth / 8)
            and case when length(w.rest) > x.depth / 8
                then get_byte(x.prefix, x.depth / 8) >> (8 - x.depth % 8) = get_byte(w.rest, x.depth / 8) >> (8 - x.depth % 8)
                else x.depth % 8 = 0
            end
        offset 0
    ) v on true
    left join lateral (
        select *
        from leaf x
        where x.oid = -w.next
            and x.kind = 1
            and x.key = substr(w.rest, 1, length(x.key))
            and length(w.rest) > length(x.key)
        offset 0
    ) l on true
    where v.oid is not null or l.oid is not null
)
select w.tree, v.oid, v.depth, lower(hex(v.prefix)) as prefix_hex, lower(hex(v.hash)) as hash, w.keys
from (select tree, link, count(*) as keys from walk where link > 0 group by tree, link) w
cross join lateral (select * from vertex x where x.oid = w.link offset 0) v
order by v.oid, w.tree;
