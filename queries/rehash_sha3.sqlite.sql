-- rehash_sha3: the same as rehash_revision in pure SQL, for a store with sha3-256 in a sqlite3 shell that knows nothing of Dacite
--
-- Its one function that not every SQLite has is the shell's own sha3.
--
-- :revision (integer) id of the revision
--
-- returns kind (text) store: stored is its hash algorithm, and if that is not sha3-256 there are no other rows; else as in rehash_revision
-- returns id (integer) OID of the vertex or leaf, of a linked tree that of its leaf; id of the revision
-- returns stored (text) the hash in the row, in hexadecimal
-- returns computed (text) the hash of its children or of its value as they stand in their rows; null: a row is missing
-- returns agrees (text) yes, no
--
-- in sqlite3:  .parameter set :revision 3
--              .read queries/rehash_sha3.sqlite.sql
-- in psql:     not there; see rehash_revision.postgresql.sql

with recursive fit (id, root_oid, root, first_oid, last_oid) as (
    select r.id, r.root_oid, r.root, r.first_oid, r.last_oid
    from revision r
    join store on store.hash_algorithm = 'sha3-256'
    where r.id = :revision
),
owner (kind, id, side, link, from_bit) as (
    -- the links below what is hashed: two of a vertex, the top of a linked tree and of the whole map
    select 'vertex', v.oid, side.n, case side.n when 0 then v.left_oid else v.right_oid end, v.depth + 1
    from fit
    join vertex v on v.oid between fit.first_oid and fit.last_oid
    join (select 0 as n union all select 1) side
    union all
    select 'tree', l.oid, 0, l.tree_oid, 0
    from fit
    join leaf l on l.oid between fit.first_oid and fit.last_oid
    where l.kind = 1
    union all
    select 'revision', id, 0, root_oid, 0
    from fit
    where root_oid <> 0
),
child (kind, id, side, hash, digits, from_bit, bits) as (
    -- digits: all bits of the child, in hexadecimal, with some to spare; its skip: so many bits from from_bit on
    select
        o.kind,
        o.id,
        o.side,
        coalesce(v.hash, l.hash),
        hex(coalesce(v.prefix, l.key)) || '0000',
        o.from_bit,
        coalesce(v.depth, 8 * length(l.key)) - o.from_bit
    from owner o
    left join vertex v on v.oid = o.link
    left join leaf l on l.oid = -o.link
),
spelled (kind, id, side, digits, from_bit, bits, done, bytes) as (
    -- bytes: hash and enc(skip), which grows by a byte a step: eight bits out of sixteen, at the end the one and the zeros
    select
        kind,
        id,
        side,
        digits,
        from_bit,
        bits,
        case bits when 0 then 1 else 0 end,
        cast(hash || case
            when bits = 0 then x'00'
            when bits < 1016 then substr(byte.x, bits / 8 + 2, 1)
            else cast(substr(byte.x, (bits / 8 + 1) % 128 + 129, 1) || substr(byte.x, (bits / 8 + 1) / 128 + 1, 1) as blob)
        end as blob)
    from child
    join byte
    union all
    select
        kind,
        id,
        side,
        digits,
        from_bit,
        bits,
        done + 1,
        cast(bytes || substr(byte.x, 1 + (
            ((instr('123456789ABCDEF', substr(digits, (from_bit / 8 + done) * 2 + 1, 1)) << 12)
                | (instr('123456789ABCDEF', substr(digits, (from_bit / 8 + done) * 2 + 2, 1)) << 8)
                | (instr('123456789ABCDEF', substr(digits, (from_bit / 8 + done) * 2 + 3, 1)) << 4)
                | instr('123456789ABCDEF', substr(digits, (from_bit / 8 + done) * 2 + 4, 1))) >> (8 - from_bit % 8)
            & case when done < bits / 8 then 255 else (65280 >> bits % 8) & 255 end
            | case when done < bits / 8 then 0 else 128 >> bits % 8 end
        ), 1) as blob)
    from spelled
    join byte
    where done <= bits / 8 and bits > 0
),
byte (x) as (
    -- every byte at its place: what char() is for text
    select cast(
        x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f'
        || x'404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f'
        || x'808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf'
        || x'c0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff' as blob)
),
hashed (kind, id, stored, computed) as (
    select 'vertex', v.oid, v.hash, sha3(cast(x'01'
        || max(case s.side when 0 then s.bytes end)
        || max(case s.side when 1 then s.bytes end) as blob), 256)
    from fit
    join vertex v on v.oid between fit.first_oid and fit.last_oid
    left join spelled s on s.kind = 'vertex' and s.id = v.oid and s.done > s.bits / 8
    group by v.oid
    union all
    select 'leaf', l.oid, l.hash, sha3(cast(case l.kind when 0 then x'00' else x'03' end || l.value as blob), 256)
    from fit
    join leaf l on l.oid between fit.first_oid and fit.last_oid
    where l.kind <> 2
    union all
    select 'tree', l.oid, l.value, sha3(cast(x'02' || s.bytes as blob), 256)
    from fit
    join leaf l on l.oid between fit.first_oid and fit.last_oid
    left join spelled s on s.kind = 'tree' and s.id = l.oid and s.done > s.bits / 8
    where l.kind = 1
    union all
    select 'revision', fit.id, fit.root, case fit.root_oid
        when 0 then sha3(x'02', 256)
        else sha3(cast(x'02' || s.bytes as blob), 256)
    end
    from fit
    left join spelled s on s.kind = 'revision' and s.id = fit.id and s.done > s.bits / 8
)
select 'store' as kind, 1 as id, hash_algorithm as stored, 'sha3-256' as computed,
    case hash_algorithm when 'sha3-256' then 'yes' else 'no' end as agrees
from store
union all
select kind, id, lower(hex(stored)), nullif(lower(hex(computed)), ''), case when stored = computed then 'yes' else 'no' end
from hashed
order by kind, id;
