-- rehash_revision: computes anew every hash that a revision appended, and its root, from the rows that it stands for
--
-- Its functions dacite_hash and dacite_skip are those of a Dacite connection: dacite query rehash_revision runs it. A stock
-- sqlite3 has sha3, for which there is rehash_sha3.
--
-- :revision (integer) id of the revision
--
-- returns kind (text) vertex, leaf, tree: the root of a linked tree, revision: the root of the whole map
-- returns id (integer) OID of the vertex or leaf, of a linked tree that of its leaf; id of the revision
-- returns stored (text) the hash in the row, in hexadecimal
-- returns computed (text) the hash of its children or of its value as they stand in their rows; null: a row is missing
-- returns agrees (text) yes, no
--
-- in sqlite3:  not in a stock shell
-- in psql:     see rehash_revision.postgresql.sql

with hashed (kind, id, stored, computed) as (
    select
        'vertex',
        v.oid,
        v.hash,
        dacite_hash(cast(x'01'
            || coalesce(lv.hash, ll.hash)
            || dacite_skip(coalesce(lv.prefix, ll.key), v.depth + 1, coalesce(lv.depth, 8 * length(ll.key)))
            || coalesce(rv.hash, rl.hash)
            || dacite_skip(coalesce(rv.prefix, rl.key), v.depth + 1, coalesce(rv.depth, 8 * length(rl.key))) as blob))
    from revision r
    join vertex v on v.oid between r.first_oid and r.last_oid
    left join vertex lv on lv.oid = v.left_oid
    left join leaf ll on ll.oid = -v.left_oid
    left join vertex rv on rv.oid = v.right_oid
    left join leaf rl on rl.oid = -v.right_oid
    where r.id = :revision
    union all
    select 'leaf', l.oid, l.hash, dacite_hash(cast(case l.kind when 0 then x'00' else x'03' end || l.value as blob))
    from revision r
    join leaf l on l.oid between r.first_oid and r.last_oid
    where r.id = :revision and l.kind <> 2
    union all
    select
        'tree',
        l.oid,
        l.value,
        dacite_hash(cast(x'02'
            || coalesce(tv.hash, tl.hash)
            || dacite_skip(coalesce(tv.prefix, tl.key), 0, coalesce(tv.depth, 8 * length(tl.key))) as blob))
    from revision r
    join leaf l on l.oid between r.first_oid and r.last_oid
    left join vertex tv on tv.oid = l.tree_oid
    left join leaf tl on tl.oid = -l.tree_oid
    where r.id = :revision and l.kind = 1
    union all
    select
        'revision',
        r.id,
        r.root,
        case when r.root_oid = 0 then dacite_hash(x'02') else dacite_hash(cast(x'02'
            || coalesce(tv.hash, tl.hash)
            || dacite_skip(coalesce(tv.prefix, tl.key), 0, coalesce(tv.depth, 8 * length(tl.key))) as blob))
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
