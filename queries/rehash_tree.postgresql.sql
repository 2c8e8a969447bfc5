-- rehash_tree: every hash of a whole map computed anew from its rows, and its root, in SQL alone
--
-- Every vertex is hashed anew from the hashes in its children's rows, every leaf from its value; so where all agree, the root
-- covers every key and value. Needs no more than the shell: on SQLite its own sha3, for a store with sha3-256, on PostgreSQL the
-- built-in sha256, for a store with sha256.
--
-- :revision (integer) id of the revision
--
-- returns kind (text) revision: the root of the map; vertex, leaf; tree: the root of a linked tree; no row at all: the store has another hash
-- returns hashes (integer) how many were computed anew, each row once
-- returns agree (integer) how many are what their rows say
-- returns first_wrong (integer) the least OID, of a revision its id, of one that is not; null: none
-- returns computed (text) of the revision its root as its top node makes it, in hexadecimal
--
-- in psql:     \set revision 3
--              \i queries/rehash_tree.postgresql.sql

with recursive reach (link) as (
    -- every node of the map, > 0 a vertex, < 0 a leaf, each once
    select root_oid from revision where id = :revision and root_oid <> 0
    union
    select case side.bit when 0 then coalesce(v.left_oid, l.tree_oid) else v.right_oid end
    from reach w
    cross join (select 0 as bit union all select 1) side
    left join vertex v on v.oid = w.link
    left join leaf l on l.oid = -w.link
    where case side.bit when 0 then coalesce(v.left_oid, l.tree_oid) else v.right_oid end is not null
),
hashed (kind, id, stored, computed) as (
    select
        'vertex',
        v.oid,
        v.hash,
        sha256('\x01'::bytea
            || coalesce(lv.hash, ll.hash)
            || dacite_skip(coalesce(lv.prefix, ll.key), v.depth + 1, coalesce(lv.depth, 8 * length(ll.key)))
            || coalesce(rv.hash, rl.hash)
            || dacite_skip(coalesce(rv.prefix, rl.key), v.depth + 1, coalesce(rv.depth, 8 * length(rl.key))))
    from reach
    join vertex v on v.oid = reach.link
    left join vertex lv on lv.oid = v.left_oid
    left join leaf ll on ll.oid = -v.left_oid
    left join vertex rv on rv.oid = v.right_oid
    left join leaf rl on rl.oid = -v.right_oid
    union all
    select 'leaf', l.oid, l.hash, sha256(case l.kind when 0 then '\x00'::bytea else '\x03'::bytea end || l.value)
    from reach
    join leaf l on l.oid = -reach.link
    where l.kind <> 2
    union all
    select
        'tree',
        l.oid,
        l.value,
        sha256('\x02'::bytea
            || coalesce(tv.hash, tl.hash)
            || dacite_skip(coalesce(tv.prefix, tl.key), 0, coalesce(tv.depth, 8 * length(tl.key))))
    from reach
    join leaf l on l.oid = -reach.link
    left join vertex tv on tv.oid = l.tree_oid
    left join leaf tl on tl.oid = -l.tree_oid
    where l.kind = 1
    union all
    select
        'revision',
        r.id,
        r.root,
        case when r.root_oid = 0 then sha256('\x02'::bytea) else sha256('\x02'::bytea
            || coalesce(tv.hash, tl.hash)
            || dacite_skip(coalesce(tv.prefix, tl.key), 0, coalesce(tv.depth, 8 * length(tl.key))))
        end
    from revision r
    left join vertex tv on tv.oid = r.root_oid
    left join leaf tl on tl.oid = -r.root_oid
    where r.id = :revision
)
select
    kind,
    count(*) as hashes,
    count(case when stored = computed then 1 end) as agree,
    min(case when stored = computed then null else id end) as first_wrong,
    max(case when kind = 'revision' then lower(hex(computed)) end) as computed
from hashed
where (select dacite_hash(''::bytea)) is not null -- once: an error where the store has another hash
group by kind
order by kind;
