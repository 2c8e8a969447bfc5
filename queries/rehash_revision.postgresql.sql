-- rehash_revision: computes anew every hash that a revision appended, and its root, from the rows that it stands for
--
-- Its functions dacite_hash and dacite_skip are those of the store's schema; the first hashes with PostgreSQL's own sha256.
--
-- :revision (integer) id of the revision
--
-- returns kind (text) vertex, leaf, tree: the root of a linked tree, revision: the root of the whole map
-- returns id (integer) OID of the vertex or leaf, of a linked tree that of its leaf; id of the revision
-- returns stored (text) the hash in the row, in hexadecimal
-- returns computed (text) the hash of its children or of its value as they stand in their rows; null: a row is missing
-- returns agrees (text) yes, no
--
-- in sqlite3:  see rehash_revision.sqlite.sql
-- in psql:     \set revision 3
--              \i queries/rehash_revision.postgresql.sql

with hashed (kind, id, stored, computed) as (
    select
        'vertex',
        v.oid,
        v.hash,
        dacite_hash('\x01'::bytea
            || coalesce(lv.hash, ll.hash)
            || dacite_skip(coalesce(lv.prefix, ll.key), v.depth + 1, coalesce(lv.depth, 8 * length(ll.key)))
            || coalesce(rv.hash, rl.hash)
            || dacite_skip(coalesce(rv.prefix, rl.key), v.depth + 1, coalesce(rv.depth, 8 * length(rl.key))))
    from revision r
    join vertex v on v.oid between r.first_oid and r.last_oid
    left join lateral (select * from vertex x where x.oid = v.left_oid offset 0) lv on true
    left join lateral (select * from leaf x where x.oid = -v.left_oid offset 0) ll on true
    left join lateral (select * from vertex x where x.oid = v.right_oid offset 0) rv on true
    left join lateral (select * from leaf x where x.oid = -v.right_oid offset 0) rl on true
    where r.id = :revision
    union all
    select 'leaf', l.oid, l.hash, dacite_hash(case l.kind when 0 then '\x00'::bytea else '\x03'::bytea end || l.value)
    from revision r
    join leaf l on l.oid between r.first_oid and r.last_oid
    where r.id = :revision and l.kind <> 2
    union all
    select
        'tree',
        l.oid,
        l.value,
        dacite_hash('\x02'::bytea
            || coalesce(tv.hash, tl.hash)
            || dacite_skip(coalesce(tv.prefix, tl.key), 0, coalesce(tv.depth, 8 * length(tl.key))))
    from revision r
    join leaf l on l.oid between r.first_oid and r.last_oid
    left join lateral (select * from vertex x where x.oid = l.tree_oid offset 0) tv on true
    left join lateral (select * from leaf x where x.oid = -l.tree_oid offset 0) tl on true
    where r.id = :revision and l.kind = 1
    union all
    select
        'revision',
        r.id,
        r.root,
        case when r.root_oid = 0 then dacite_hash('\x02'::bytea) else dacite_hash('\x02'::bytea
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
    id,
    lower(hex(stored)) as stored,
    nullif(lower(hex(computed)), '') as computed,
    case when stored = computed then 'yes' else 'no' end as agrees
from hashed
order by kind, id;
