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
-- in sqlite3:  .parameter set :from 1
--              .parameter set :revision 3
--              .read queries/diff.sqlite.sql

with recursive walk (a, b, place, tree, tree_hex) as (
    -- a, b: what stands at one place of the two trees, > 0 a vertex, < 0 a leaf, null: nothing;
    -- place: the way from the root, in which 0 comes before 1, so that it sorts in key order
    select nullif(f.root_oid, 0), nullif(t.root_oid, 0), '', '', ''
    from revision f
    join revision t on t.id = :revision
    where f.id = :from and f.root <> t.root
    union all
    select
        json_extract(side.value, '$[0]'),
        json_extract(side.value, '$[1]'),
        w.place || side.key,
        case when json_array_length(side.value) = 3
            then w.tree || case w.tree when '' then '' else '/' end
                || case (select key_codec from store)
                    when 'text' then cast(substr(coalesce(la.key, lb.key), 1, length(coalesce(la.key, lb.key)) - 1) as text)
                    when 'hashed' then cast(coalesce(la.user_key, lb.user_key) as text)
                    else '0x' || lower(hex(coalesce(la.key, lb.key)))
                end
            else w.tree
        end,
        case when json_array_length(side.value) = 3
            then w.tree_hex || lower(hex(coalesce(la.key, lb.key)))
            else w.tree_hex
        end
    from walk w
    left join vertex va on va.oid = w.a
    left join leaf la on la.oid = -w.a
    left join vertex vb on vb.oid = w.b
    left join leaf lb on lb.oid = -w.b
    join json_each(case
        -- the pairs below: [a, b], or [a, b, 1] where they are the tops of linked trees
        when coalesce(va.prefix, la.key) = coalesce(vb.prefix, lb.key) and coalesce(va.hash, la.hash) = coalesce(vb.hash, lb.hash)
            then '[]'
        when la.kind = 1 and lb.kind = 1 and la.key = lb.key then json_array(json_array(la.tree_oid, lb.tree_oid, 1))
        when la.kind = 1 and w.b is null then json_array(json_array(la.tree_oid, null, 1))
        when lb.kind = 1 and w.a is null then json_array(json_array(null, lb.tree_oid, 1))
        when (w.a is null or la.kind = 0) and (w.b is null or lb.kind = 0) and coalesce(la.key = lb.key, 1) then '[]'
        when w.b is null then json_array(json_array(va.left_oid, null), json_array(va.right_oid, null))
        when w.a is null then json_array(json_array(null, vb.left_oid), json_array(null, vb.right_oid))
        when va.prefix = vb.prefix then json_array(json_array(va.left_oid, vb.left_oid), json_array(va.right_oid, vb.right_oid))
        -- the bits of va begin those of b: all whole digits, and what is left of the next one; b stands on its left or right
        when va.depth <= coalesce(vb.depth, 8 * length(lb.key))
            and substr(hex(va.prefix), 1, va.depth / 4) = substr(hex(coalesce(vb.prefix, lb.key)), 1, va.depth / 4)
            and instr('123456789ABCDEF', substr(hex(va.prefix), va.depth / 4 + 1, 1)) >> (4 - va.depth % 4)
                = instr('123456789ABCDEF', substr(hex(coalesce(vb.prefix, lb.key)), va.depth / 4 + 1, 1)) >> (4 - va.depth % 4)
            then case when coalesce(vb.prefix, lb.key) < va.prefix
                then json_array(json_array(va.left_oid, w.b), json_array(va.right_oid, null))
                else json_array(json_array(va.left_oid, null), json_array(va.right_oid, w.b))
            end
        when vb.depth <= coalesce(va.depth, 8 * length(la.key))
            and substr(hex(vb.prefix), 1, vb.depth / 4) = substr(hex(coalesce(va.prefix, la.key)), 1, vb.depth / 4)
            and instr('123456789ABCDEF', substr(hex(vb.prefix), vb.depth / 4 + 1, 1)) >> (4 - vb.depth % 4)
                = instr('123456789ABCDEF', substr(hex(coalesce(va.prefix, la.key)), vb.depth / 4 + 1, 1)) >> (4 - vb.depth % 4)
            then case when coalesce(va.prefix, la.key) < vb.prefix
                then json_array(json_array(w.a, vb.left_oid), json_array(null, vb.right_oid))
                else json_array(json_array(null, vb.left_oid), json_array(w.a, vb.right_oid))
            end
        -- neither stands above the other: one after the other, a first where a value gives way to a tree or the other way
        when coalesce(va.prefix, la.key) <= coalesce(vb.prefix, lb.key) then json_array(json_array(w.a, null), json_array(null, w.b))
        else json_array(json_array(null, w.b), json_array(w.a, null))
    end) side
    where json_extract(side.value, '$[0]') is not json_extract(side.value, '$[1]')
)
select
    w.tree,
    case (select key_codec from store)
        when 'text' then cast(substr(coalesce(la.key, lb.key), 1, length(coalesce(la.key, lb.key)) - 1) as text)
        when 'hashed' then cast(coalesce(la.user_key, lb.user_key) as text)
        else '0x' || lower(hex(coalesce(la.key, lb.key)))
    end as key,
    cast(la.value as text) as before,
    cast(lb.value as text) as after,
    lower(hex(coalesce(la.key, lb.key))) as key_hex,
    case when la.oid is not null then lower(hex(la.value)) end as before_hex,
    case when lb.oid is not null then lower(hex(lb.value)) end as after_hex,
    w.tree_hex || lower(hex(coalesce(la.key, lb.key))) as path_hex
from walk w
left join leaf la on la.oid = -w.a
left join leaf lb on lb.oid = -w.b
where (w.a is null or la.kind = 0)
    and (w.b is null or lb.kind = 0)
    and (w.a is null or w.b is null or (la.key = lb.key and la.hash <> lb.hash))
order by w.place;
