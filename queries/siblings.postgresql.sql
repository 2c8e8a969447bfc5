-- siblings: the proof of a key: beside each vertex of its path the hash and the skip that lead on to the root
--
-- Hashing goes from the last row upwards. The row 'leaf' gives h, which is H(00 ‖ value), of a linked tree H(03 ‖ its root).
-- A row 'right' makes it H(01 ‖ h ‖ enc(own_skip) ‖ hash ‖ enc(skip)), a row 'left' H(01 ‖ hash ‖ enc(skip) ‖ h ‖ enc(own_skip)),
-- a row 'root' H(02 ‖ h ‖ enc(own_skip)), which must be the hash there, and a row 'link' H(03 ‖ h), which must be the hash there.
--
-- :revision (integer) id of the revision
-- :key (key) the key; in a shell the bytes of the canonical key, behind those of the trees that it is in: path_hex of state
--
-- returns step (integer) 0, 1, 2 … from the root of the whole map on
-- returns tree (text) names of the trees that the level is in, outermost first, joined by '/', which is \/ in a name; '' in the top tree
-- returns side (text) where the sibling stands, left or right; or root: a tree begins, link: its key holds a tree, leaf: the end
-- returns depth (integer) how many bits the keys below the vertex share; null in the other rows
-- returns hash (text) the hash of the sibling; of the tree that begins its root; of the leaf its own; in hexadecimal
-- returns skip (text) the bits between the vertex and the sibling, as 0s and 1s; null in the other rows
-- returns own_skip (text) the bits down to the next node of the path, as 0s and 1s; null at a leaf
-- returns key (text) of a leaf its key as its user typed it; where the last row has another key, the key is absent
--
-- in psql:     \set revision 3
--              \set key '''\\x6163636f756e747300616c69636500'''
--              \i queries/siblings.postgresql.sql

with recursive walk (step, link, sibling, side, from_bit, root, tree, rest) as (
    -- link: a node of the path, > 0 a vertex, < 0 minus the OID of a leaf; sibling, side: the other child of its vertex,
    -- null at the top of a tree, whose root is there then; from_bit: where its skip begins;
    -- rest: what is left of :key below the trees that were passed
    select 0, root_oid, cast(null as bigint), 'root', 0, root, '', cast(:key as bytea)
    from revision
    where id = :revision and root_oid <> 0
    union all
    select
        w.step + 1,
        case when v.oid is null then l.tree_oid when w.rest < v.prefix then v.left_oid else v.right_oid end,
        case when w.rest < v.prefix then v.right_oid else v.left_oid end,
        case when v.oid is null then 'root' when w.rest < v.prefix then 'right' else 'left' end,
        coalesce(v.depth + 1, 0),
        l.value,
        case when v.oid is null
            then w.tree || case w.tree when '' then '' else '/' end || (select name from leaf_text t where t.oid = l.oid)
            else w.tree
        end,
        case when v.oid is null then substr(w.rest, length(l.key) + 1) else w.rest end
    from walk w
    left join lateral (select * from vertex x where x.oid = w.link offset 0) v on true
    left join lateral (select * from leaf x where x.oid = -w.link offset 0) l on true
    where v.oid is not null
        or (l.kind = 1 and l.key = substr(w.rest, 1, length(l.key)) and length(w.rest) > length(l.key))
),
level as (
    select
        w.*,
        coalesce(v.depth, 8 * length(l.key)) - w.from_bit as own_bits,
        coalesce(sv.depth, 8 * length(sl.key)) - w.from_bit as skip_bits,
        (coalesce(v.depth, 8 * length(l.key)) + 3) / 4 - w.from_bit / 4 as own_digits,
        (coalesce(sv.depth, 8 * length(sl.key)) + 3) / 4 - w.from_bit / 4 as skip_digits,
        lower(hex(coalesce(v.prefix, l.key))) as own_hex,
        lower(hex(coalesce(sv.prefix, sl.key))) as skip_hex,
        lower(hex(l.hash)) as leaf_hash,
        lower(hex(coalesce(sv.hash, sl.hash, w.root))) as hash,
        case when l.kind = 1 and l.key = substr(w.rest, 1, length(l.key)) and length(w.rest) > length(l.key)
            then 'link' else 'leaf' end as kind,
        (select t.key from leaf_text t where t.oid = l.oid) as key
    from walk w
    left join lateral (select * from vertex x where x.oid = w.link offset 0) v on true
    left join lateral (select * from leaf x where x.oid = -w.link offset 0) l on true
    left join lateral (select * from vertex x where x.oid = w.sibling offset 0) sv on true
    left join lateral (select * from leaf x where x.oid = -w.sibling offset 0) sl on true
),
spelled as (
    -- bits: the digits that hold the two skips, the own one first, each digit as its four bits;
    -- by way of g and h, since 0 and 1 are digits too
    select
        level.*,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(
        replace(replace(replace(replace(replace(replace(replace(replace(replace(
            substr(own_hex, from_bit / 4 + 1, own_digits) || coalesce(substr(skip_hex, from_bit / 4 + 1, skip_digits), ''),
            '0', 'gggg'), '1', 'gggh'), '2', 'gghg'), '3', 'gghh'), '4', 'ghgg'), '5', 'ghgh'), '6', 'ghhg'),
            '7', 'ghhh'), '8', 'hggg'), '9', 'hggh'), 'a', 'hghg'), 'b', 'hghh'), 'c', 'hhgg'), 'd', 'hhgh'),
            'e', 'hhhg'), 'f', 'hhhh'), 'g', '0'), 'h', '1') as bits
    from level
)
select
    row_number() over (order by s.step, part.n) - 1 as step,
    s.tree,
    case part.n when 0 then s.side else s.kind end as side,
    case when part.n = 0 and s.sibling is not null then s.from_bit - 1 end as depth,
    case part.n when 0 then s.hash else s.leaf_hash end as hash,
    case part.n when 0 then substr(s.bits, 4 * s.own_digits + s.from_bit % 4 + 1, s.skip_bits) end as skip,
    case part.n when 0 then substr(s.bits, s.from_bit % 4 + 1, s.own_bits) end as own_skip,
    case part.n when 1 then s.key end as key
from spelled s
join (select 0 as n union all select 1) part on part.n = 0 or s.link < 0
order by s.step, part.n;
