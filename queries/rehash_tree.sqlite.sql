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
-- in sqlite3:  .parameter set :revision 3
--              .read queries/rehash_tree.sqlite.sql

with recursive fit (id, root_oid, root) as (
    select r.id, r.root_oid, r.root
    from revision r
    join store on store.hash_algorithm = 'sha3-256'
    where r.id = :revision
),
reach (link) as (
    -- every node of the map, > 0 a vertex, < 0 a leaf, each once
    select root_oid from fit where root_oid <> 0
    union
    select case side.bit when 0 then coalesce(v.left_oid, l.tree_oid) else v.right_oid end
    from reach w
    cross join (select 0 as bit union all select 1) side
    left join vertex v on v.oid = w.link
    left join leaf l on l.oid = -w.link
    where case side.bit when 0 then coalesce(v.left_oid, l.tree_oid) else v.right_oid end is not null
),
owner (kind, id, side, link, from_bit) as (
    -- the links below what is hashed: two of a vertex, the top of a linked tree and of the whole map
    select 'vertex', v.oid, side.n, case side.n when 0 then v.left_oid else v.right_oid end, v.depth + 1
    from reach
    join vertex v on v.oid = reach.link
    join (select 0 as n union all select 1) side
    union all
    select 'tree', l.oid, 0, l.tree_oid, 0
    from reach
    join leaf l on l.oid = -reach.link
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
    from reach
    join vertex v on v.oid = reach.link
    left join spelled s on s.kind = 'vertex' and s.id = v.oid and s.done > s.bits / 8
    group by v.oid
    union all
    select 'leaf', l.oid, l.hash, sha3(cast(case l.kind when 0 then x'00' else x'03' end || l.value as blob), 256)
    from reach
    join leaf l on l.oid = -reach.link
    where l.kind <> 2
    union all
    select 'tree', l.oid, l.value, sha3(cast(x'02' || s.bytes as blob), 256)
    from reach
    join leaf l on l.oid = -reach.link
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
select
    kind,
    count(*) as hashes,
    count(case when stored = computed then 1 end) as agree,
    min(case when stored = computed then null else id end) as first_wrong,
    max(case when kind = 'revision' then lower(hex(computed)) end) as computed
from hashed
group by kind
order by kind;
