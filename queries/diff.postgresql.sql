-- diff: the keys whose values differ between two revisions, in key order, the keys of linked trees at the place of their link
--
-- Two walks down the two trees at once, which end where both have the same node, or nodes with the same hash at the same place:
-- a thousand changed keys of a million take some 12,000 steps. No matter which revision is the older one, and on which line.
--
-- :from (integer) id of the revision to start from
-- :revision (integer) id of the revision to compare with it
--
-- returns tree (text) names of the trees that the key is in, outermost first, joined by '/'; '' in the top tree
-- returns key (text) the key as its user typed it
-- returns before (text) the value at :from, read as UTF-8; null: there was none
-- returns after (text) the value at :revision; null: there is none
-- returns key_hex (text) the bytes of the canonical key, in hexadecimal
-- returns before_hex (text) the bytes of the value before, in hexadecimal
-- returns after_hex (text) the bytes of the value after, in hexadecimal
-- returns path_hex (text) the canonical keys of the trees and of the key, one after the other: :key of other queries
--
-- in psql:     \set from 1
--              \set revision 3
--              \i queries/diff.postgresql.sql

with recursive walk (a, b, place, tree, tree_hex) as (
    -- a, b: what stands at one place of the two trees, > 0 a vertex, < 0 a leaf, null: nothing;
    -- place: the way from the root, in which 0 comes before 1, so that it sorts in key order
    select nullif(f.root_oid, 0), nullif(t.root_oid, 0), '', '', ''
    from revision f
    join revision t on t.id = :revision
    where f.id = :from and f.root <> t.root
    union all
    select
        side.a,
        side.b,
        w.place || side.bit,
        case when pair.below[5] = 1
            then w.tree || case w.tree when '' then '' else '/' end
                || case (select key_codec from store)
                    when 'text' then dacite_text(substr(coalesce(la.key, lb.key), 1, length(coalesce(la.key, lb.key)) - 1))
                    when 'hashed' then coalesce(
                        dacite_text(coalesce(la.user_key, lb.user_key)), '0x' || encode(coalesce(la.user_key, lb.user_key), 'hex'))
                    else '0x' || encode(coalesce(la.key, lb.key), 'hex')
                end
            else w.tree
        end,
        case when pair.below[5] = 1
            then w.tree_hex || encode(coalesce(la.key, lb.key), 'hex')
            else w.tree_hex
        end
    from walk w
    left join lateral (select * from vertex x where x.oid = w.a offset 0) va on true
    left join lateral (select * from leaf x where x.oid = -w.a offset 0) la on true
    left join lateral (select * from vertex x where x.oid = w.b offset 0) vb on true
    left join lateral (select * from leaf x where x.oid = -w.b offset 0) lb on true
    cross join lateral (
        select
            coalesce(va.prefix, la.key) as a_bits,
            coalesce(va.depth, 8 * length(la.key)) as a_depth,
            coalesce(vb.prefix, lb.key) as b_bits,
            coalesce(vb.depth, 8 * length(lb.key)) as b_depth
    ) at
    cross join lateral (
        -- the pairs below: a, b of the first, a, b of the second, and 1 where they are the tops of linked trees
        select case
            when at.a_bits = at.b_bits and coalesce(va.hash, la.hash) = coalesce(vb.hash, lb.hash) then null
            when la.kind = 1 and lb.kind = 1 and la.key = lb.key then array[la.tree_oid, lb.tree_oid, null, null, 1]
            when la.kind = 1 and w.b is null then array[la.tree_oid, null, null, null, 1]
            when lb.kind = 1 and w.a is null then array[null, lb.tree_oid, null, null, 1]
            when (w.a is null or la.kind = 0) and (w.b is null or lb.kind = 0) and coalesce(la.key = lb.key, true) then null
            when w.b is null then array[va.left_oid, null, va.right_oid, null]
            when w.a is null then array[null, vb.left_oid, null, vb.right_oid]
            when va.prefix = vb.prefix then array[va.left_oid, vb.left_oid, va.right_oid, vb.right_oid]
            -- the bits of va begin those of b: all whole bytes, and what is left of the next one; b stands on its left or right
            when va.depth <= at.b_depth
                and substr(va.prefix, 1, va.depth / 8) = substr(at.b_bits, 1, va.depth / 8)
                and case when va.depth <= at.b_depth and va.depth % 8 > 0
                    then get_byte(va.prefix, va.depth / 8) >> (8 - va.depth % 8)
                        = get_byte(at.b_bits, va.depth / 8) >> (8 - va.depth % 8)
                    else true
                end
                then case when at.b_bits < va.prefix
                    then array[va.left_oid, w.b, va.right_oid, null]
                    else array[va.left_oid, null, va.right_oid, w.b]
                end
            when vb.depth <= at.a_depth
                and substr(vb.prefix, 1, vb.depth / 8) = substr(at.a_bits, 1, vb.depth / 8)
                and case when vb.depth <= at.a_depth and vb.depth % 8 > 0
                    then get_byte(vb.prefix, vb.depth / 8) >> (8 - vb.depth % 8)
                        = get_byte(at.a_bits, vb.depth / 8) >> (8 - vb.depth % 8)
                    else true
                end
                then case when at.a_bits < vb.prefix
                    then array[w.a, vb.left_oid, null, vb.right_oid]
                    else array[null, vb.left_oid, w.a, vb.right_oid]
                end
            -- neither stands above the other: one after the other, a first where a value gives way to a tree or the other way
            when at.a_bits <= at.b_bits then array[w.a, null, null, w.b]
            else array[null, w.b, w.a, null]
        end as below
        offset 0
    ) pair
    cross join lateral (values ('0', pair.below[1], pair.below[2]), ('1', pair.below[3], pair.below[4])) side (bit, a, b)
    where side.a is distinct from side.b
)
select
    w.tree,
    case (select key_codec from store)
        when 'text' then dacite_text(substr(coalesce(la.key, lb.key), 1, length(coalesce(la.key, lb.key)) - 1))
        when 'hashed' then coalesce(
            dacite_text(coalesce(la.user_key, lb.user_key)), '0x' || encode(coalesce(la.user_key, lb.user_key), 'hex'))
        else '0x' || encode(coalesce(la.key, lb.key), 'hex')
    end as key,
    dacite_text(la.value) as before,
    dacite_text(lb.value) as after,
    lower(hex(coalesce(la.key, lb.key))) as key_hex,
    lower(hex(la.value)) as before_hex,
    lower(hex(lb.value)) as after_hex,
    w.tree_hex || lower(hex(coalesce(la.key, lb.key))) as path_hex
from walk w
left join lateral (select * from leaf x where x.oid = -w.a offset 0) la on true
left join lateral (select * from leaf x where x.oid = -w.b offset 0) lb on true
where (w.a is null or la.kind = 0)
    and (w.b is null or lb.kind = 0)
    and (w.a is null or w.b is null or (la.key = lb.key and la.hash <> lb.hash))
order by w.place;
