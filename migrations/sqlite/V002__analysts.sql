-- What analysts ask with, in a stock shell too: the map at any revision, changes, histories and proofs as views. Each has a
-- column for the revision; ask for one.

drop view readable;

-- The values, and the names that users gave to hashed keys and to trees, as people read them: as text where the bytes are
-- UTF-8 without NUL, else as 0x and hex.
create view readable (what, oid, text) as
select
    what,
    oid,
    case when instr(bytes, x'00') = 0
        and (cast(bytes as text) not glob '*[^' || char(1) || '-' || char(127) || ']*'
            or (
                -- what is not ASCII is looked at in windows: those characters that are frequent go all at once, of others eight a
                -- step, which are UTF-8 where their numbers make the same bytes; U+FFFE and U+FFFF have none here
                with recursive frequent (characters) as (values (' enirstahduolcgmbwfkzvpyxjqäöüßABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,.:;-_"''/()[]{}ÄÖÜéèàáóí')),
                seen (ahead, rest) as (
                    -- rest: what is left of a window; ahead: the first byte behind it
                    select 4001, ltrim(
                        replace(replace(cast(substr(bytes, 1, 4000) as text), char(65534), '???'), char(65535), '???'),
                        characters)
                    from frequent
                    union all
                    select
                        case when length(cast(rest as blob)) < 32 and ahead <= length(bytes)
                            then ahead - length(cast(rest as blob)) + 4000
                            else ahead
                        end,
                        case when length(cast(rest as blob)) < 32 and ahead <= length(bytes)
                            then ltrim(
                                replace(replace(
                                    cast(substr(bytes, ahead - length(cast(rest as blob)), 4000) as text),
                                    char(65534), '???'), char(65535), '???'),
                                characters)
                            else ltrim(substr(rest, 9), characters)
                        end
                    from seen
                    join frequent
                    where length(cast(rest as blob)) < 32 and ahead <= length(bytes)
                        or rest <> '' and substr(rest || '       ', 1, 8) = char(
                        unicode(substr(rest || '       ', 1, 1)),
                        unicode(substr(rest || '       ', 2, 1)),
                        unicode(substr(rest || '       ', 3, 1)),
                        unicode(substr(rest || '       ', 4, 1)),
                        unicode(substr(rest || '       ', 5, 1)),
                        unicode(substr(rest || '       ', 6, 1)),
                        unicode(substr(rest || '       ', 7, 1)),
                        unicode(substr(rest || '       ', 8, 1)))
                )
                select max(rest = '' and ahead > length(bytes)) from seen
            ))
        then cast(bytes as text)
        else '0x' || lower(hex(bytes))
    end
from (
    select 'value' as what, oid, value as bytes from leaf where kind = 0
    union all
    select 'key' as what, oid, user_key as bytes from leaf where user_key is not null
    union all
    select 'tree' as what, id as oid, user_key as bytes from tree where user_key is not null
);

-- The line of each revision as ranges of OIDs, one for each log that holds some of its revisions: what a revision on it
-- wrote lies in one of them, and where whole is true nothing else does.
create view line_part (revision, log_id, first_oid, last_oid, whole) as
select r.id, upto.line_id, begun.first_oid, upto.last_oid, upto.id - begun.id = upto.height - begun.height
from revision r
join json_each((
    with recursive chain (log_id, size) as (
        select r.line_id, r.height + 1
        union all
        select log.parent_id, log.fork_size
        from chain
        join log on log.id = chain.log_id
        where log.parent_id is not null
    )
    select json_group_array((select x.id from revision x where x.line_id = chain.log_id and x.height = chain.size - 1))
    from chain
)) part
join revision upto on upto.id = part.value
join log on log.id = upto.line_id
join revision begun on begun.line_id = upto.line_id and begun.height = log.fork_size;

-- The leaves at each revision, whatever tree they are in: ask for one revision, and for keys by their bytes; of the top
-- tree the latest leaf of each key on the line, which the index leaf_by_key tells, while linked trees are walked. Without
-- that index all is walked.
create view leaf_at (revision, tree, tree_hex, oid, key, committed_at) as
-- where all revisions up to this one are on its line, the last leaf of each key in the order of the index
select r.id, '', '', max(l.oid), l.key, r.committed_at
from revision r
join leaf l on l.oid <= r.last_oid and l.tree_id = 0
where r.id = r.height + 1
    and case when exists (select 1 from pruned where revision_id = r.id)
        then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
    and exists (select 1 from sqlite_schema where type = 'index' and name = 'leaf_by_key')
group by r.id, l.key
having l.kind = 0
union all
-- else each leaf on the line that no later leaf of its key on the line replaces
select r.id, '', '', l.oid, l.key, r.committed_at
from revision r
join line_part p on p.revision = r.id
join leaf l on l.oid between p.first_oid and p.last_oid
where r.id <> r.height + 1
    and case when exists (select 1 from pruned where revision_id = r.id)
        then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
    and exists (select 1 from sqlite_schema where type = 'index' and name = 'leaf_by_key')
    and l.tree_id = 0
    and l.kind = 0
    and (p.whole or (select w.line_id from revision w where w.id = l.revision_id) = p.log_id)
    and not exists (
        select 1
        from leaf n
        where n.key = l.key
            and n.oid > l.oid
            and n.oid <= r.last_oid
            and n.tree_id = 0
            and (r.id = r.height + 1
                or (select w.line_id from revision w where w.id = n.revision_id)
                    in (select q.log_id from line_part q where q.revision = r.id and q.last_oid >= n.oid))
    )
union all
-- and linked trees, or everything where there is no index, by a walk
select r.id, json_extract(found.value, '$[1]'), json_extract(found.value, '$[2]'), l.oid, l.key, r.committed_at
from revision r
join json_each((
    with recursive walk (link, tree, tree_hex) as (
        select top.link, '', ''
        from (
            select (
                select case n.kind when 1 then -n.oid end
                from leaf n
                where n.key = t.key
                    and n.tree_id = 0
                    and n.oid <= r.last_oid
                    and (r.id = r.height + 1
                        or (select w.line_id from revision w where w.id = n.revision_id)
                            in (select q.log_id from line_part q where q.revision = r.id and q.last_oid >= n.oid))
                order by n.oid desc
                limit 1
            ) as link
            from tree t
            where t.parent_id = 0 and exists (select 1 from sqlite_schema where type = 'index' and name = 'leaf_by_key')
            union all
            select r.root_oid
            where not exists (select 1 from sqlite_schema where type = 'index' and name = 'leaf_by_key')
        ) top
        where top.link <> 0
        union all
        select
            case when v.oid is null then l.tree_oid when side.bit = '0' then v.left_oid else v.right_oid end,
            case when v.oid is null
                then w.tree || case w.tree when '' then '' else '/' end || (select name from leaf_text t where t.oid = l.oid)
                else w.tree
            end,
            case when v.oid is null then w.tree_hex || lower(hex(l.key)) else w.tree_hex end
        from walk w
        left join vertex v on v.oid = w.link
        left join leaf l on l.oid = -w.link
        join (select '0' as bit union all select '1') side on v.oid is not null or (l.kind = 1 and side.bit = '0')
    )
    select json_group_array(json_array(-w.link, w.tree, w.tree_hex)) from walk w where w.link < 0
)) found
join leaf l on l.oid = json_extract(found.value, '$[0]')
where l.kind = 0 and case when exists (select 1 from pruned where revision_id = r.id)
        then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end;

-- The map at each revision as people read it, one row a key: ask with where revision = …, and with key_bytes for one key, a
-- prefix or a range of keys.
create view state_at (revision, tree, key, value, json, key_hex, value_hex, path_hex, key_bytes, value_bytes, oid, written_in, time) as
select
    l.revision,
    l.tree,
    (select t.key from leaf_text t where t.oid = l.oid),
    (select t.value from leaf_text t where t.oid = l.oid),
    (select json(t.value) from leaf_text t where t.oid = l.oid and json_valid(t.value)),
    lower(hex(l.key)),
    (select lower(hex(x.value)) from leaf x where x.oid = l.oid),
    l.tree_hex || lower(hex(l.key)),
    l.key,
    (select x.value from leaf x where x.oid = l.oid),
    l.oid,
    (select x.revision_id from leaf x where x.oid = l.oid),
    strftime('%Y-%m-%dT%H:%M:%fZ', l.committed_at / 1000.0, 'unixepoch')
from leaf_at l;

-- The keys whose values differ between two revisions, of any age and on any line: ask with where from_revision = … and
-- to_revision = …; two walks at once, which end where both have the same rows or hashes.
create view changes_between (
    from_revision, to_revision, tree, key, kind, before, after, key_hex, before_hex, after_hex, path_hex, key_bytes, before_oid, after_oid
) as
select
    f.id,
    t.id,
    json_extract(d.value, '$[2]'),
    (select x.key from leaf_text x where x.oid = coalesce(la.oid, lb.oid)),
    case when la.oid is null then 'put' when lb.oid is null then 'deleted' else 'changed' end,
    (select x.value from leaf_text x where x.oid = la.oid),
    (select x.value from leaf_text x where x.oid = lb.oid),
    lower(hex(coalesce(la.key, lb.key))),
    case when la.oid is not null then lower(hex(la.value)) end,
    case when lb.oid is not null then lower(hex(lb.value)) end,
    json_extract(d.value, '$[3]') || lower(hex(coalesce(la.key, lb.key))),
    coalesce(la.key, lb.key),
    la.oid,
    lb.oid
from revision f
join revision t
join json_each((
    with recursive walk (a, b, tree, tree_hex) as (
        -- a, b: what stands at one place of the two trees, > 0 a vertex, < 0 a leaf, null: nothing
        select nullif(f.root_oid, 0), nullif(t.root_oid, 0), '', ''
        where f.root <> t.root
        union all
        select
            json_extract(side.value, '$[0]'),
            json_extract(side.value, '$[1]'),
            case when json_array_length(side.value) = 3
                then w.tree || case w.tree when '' then '' else '/' end
                    || (select name from leaf_text n where n.oid = coalesce(la.oid, lb.oid))
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
    select json_group_array(json_array(-w.a, -w.b, w.tree, w.tree_hex))
    from walk w
    left join leaf la on la.oid = -w.a
    left join leaf lb on lb.oid = -w.b
    where (w.a is null or la.kind = 0)
        and (w.b is null or lb.kind = 0)
        and (w.a is null or w.b is null or (la.key = lb.key and la.hash <> lb.hash))
)) d
left join leaf la on la.oid = json_extract(d.value, '$[0]')
left join leaf lb on lb.oid = json_extract(d.value, '$[1]')
where case when exists (select 1 from pruned where revision_id = f.id)
        then json_extract('{}', 'revision ' || f.id || ' was pruned') is null else 1 end
    and case when exists (select 1 from pruned where revision_id = t.id)
        then json_extract('{}', 'revision ' || t.id || ' was pruned') is null else 1 end;

-- What the line of a revision wrote and deleted, key by key, as far as the rows are kept: ask with where revision = … and
-- key_bytes = …; of keys in a linked tree what was written at its path.
create view history_of (
    revision, tree, key, kind, value, key_hex, value_hex, key_bytes, oid, written_in, height, time, author, message
) as
select
    r.id,
    case when l.tree_id = 0 then '' else (select n.path from tree_path n where n.id = l.tree_id) end,
    (select t.key from leaf_text t where t.oid = l.oid),
    case l.kind when 0 then 'value' when 1 then 'tree' else 'deleted' end,
    case l.kind when 1 then lower(hex(l.value)) else (select t.value from leaf_text t where t.oid = l.oid) end,
    lower(hex(l.key)),
    case when l.kind <> 2 then lower(hex(l.value)) end,
    l.key,
    l.oid,
    w.id,
    w.height,
    strftime('%Y-%m-%dT%H:%M:%fZ', w.committed_at / 1000.0, 'unixepoch'),
    w.author,
    w.message
from revision r
join leaf l on l.oid <= r.last_oid
join revision w on w.id = l.revision_id
where case when exists (select 1 from pruned where revision_id = r.id)
        then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
    and (r.id = r.height + 1
        or (select w.line_id from revision w where w.id = l.revision_id)
            in (select q.log_id from line_part q where q.revision = r.id and q.last_oid >= l.oid));

-- The proof of each key at a revision, beside each vertex of its path the hash and the skip that lead on to the root: ask
-- with where revision = … and key_bytes = …; how to hash it is told in queries/siblings.
create view proof_of (revision, key, step, tree, side, depth, hash, skip, own_skip, path_hex, key_bytes) as
select
    k.revision,
    (select t.key from leaf_text t where t.oid = k.oid),
    json_extract(p.value, '$[0]'),
    json_extract(p.value, '$[1]'),
    json_extract(p.value, '$[2]'),
    json_extract(p.value, '$[3]'),
    json_extract(p.value, '$[4]'),
    json_extract(p.value, '$[5]'),
    json_extract(p.value, '$[6]'),
    k.tree_hex || lower(hex(k.key)),
    k.key
from leaf_at k
join revision r on r.id = k.revision
join json_each((
    with recursive walk (step, link, sibling, side, from_bit, root, tree, rest) as (
        -- link: a node of the path, > 0 a vertex, < 0 minus the OID of a leaf; sibling, side: the other child of its vertex,
        -- null at the top of a tree, whose root is there then; from_bit: where its skip begins;
        -- rest: what is left of the path below the trees that were passed
        select 0, r.root_oid, null, 'root', 0, r.root, '', upper(k.tree_hex || hex(k.key))
        union all
        select
            w.step + 1,
            case when v.oid is null then l.tree_oid when w.rest < hex(v.prefix) then v.left_oid else v.right_oid end,
            case when w.rest < hex(v.prefix) then v.right_oid else v.left_oid end,
            case when v.oid is null then 'root' when w.rest < hex(v.prefix) then 'right' else 'left' end,
            coalesce(v.depth + 1, 0),
            l.value,
            case when v.oid is null
                then w.tree || case w.tree when '' then '' else '/' end || (select name from leaf_text t where t.oid = l.oid)
                else w.tree
            end,
            case when v.oid is null then substr(w.rest, 2 * length(l.key) + 1) else w.rest end
        from walk w
        left join vertex v on v.oid = w.link
        left join leaf l on l.oid = -w.link
        where v.oid is not null
            or (l.kind = 1 and hex(l.key) = substr(w.rest, 1, 2 * length(l.key)) and length(w.rest) > 2 * length(l.key))
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
            case when l.kind = 1 and hex(l.key) = substr(w.rest, 1, 2 * length(l.key)) and length(w.rest) > 2 * length(l.key)
                then 'link' else 'leaf' end as kind,
            (select t.key from leaf_text t where t.oid = l.oid) as key
        from walk w
        left join vertex v on v.oid = w.link
        left join leaf l on l.oid = -w.link
        left join vertex sv on sv.oid = w.sibling
        left join leaf sl on sl.oid = -w.sibling
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
    select json_group_array(json_array(step, tree, side, depth, hash, skip, own_skip))
    from (
        select
            row_number() over (order by s.step, part.n) - 1 as step,
            s.tree,
            case part.n when 0 then s.side else s.kind end as side,
            case when part.n = 0 and s.sibling is not null then s.from_bit - 1 end as depth,
            case part.n when 0 then s.hash else s.leaf_hash end as hash,
            case part.n when 0 then substr(s.bits, 4 * s.own_digits + s.from_bit % 4 + 1, s.skip_bits) end as skip,
            case part.n when 0 then substr(s.bits, s.from_bit % 4 + 1, s.own_bits) end as own_skip
        from spelled s
        join (select 0 as n union all select 1) part on part.n = 0 or s.link < 0
    )
)) p;

-- The views that people declared over the fields of values that are JSON objects.
create table field_view (
    name   text not null primary key, -- of the view
    fields text not null -- name:type,name:type, as they were declared
) strict;
