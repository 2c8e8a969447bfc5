-- What analysts ask with, in a stock shell too: the map at any revision, changes, histories and proofs as views. Each has a
-- column for the revision; ask for one. Functions say the same with the revision as an argument, by id or by name.

create view line_part (revision, log_id, first_oid, last_oid, whole) as
select r.id, upto.line_id, begun.first_oid, upto.last_oid, upto.id - begun.id = upto.height - begun.height
from revision r
cross join lateral (
    with recursive chain (log_id, size) as (
        select r.line_id, r.height + 1
        union all
        select log.parent_id, log.fork_size
        from chain
        join log on log.id = chain.log_id
        where log.parent_id is not null
    )
    select log_id, size from chain
) part
join revision upto on upto.line_id = part.log_id and upto.height = part.size - 1
join log on log.id = upto.line_id
join revision begun on begun.line_id = upto.line_id and begun.height = log.fork_size;
comment on view line_part is 'The line of each revision as ranges of OIDs, one for each log that holds some of its revisions: what a revision on it wrote lies in one of them, and where whole is true nothing else does';

create function on_line(revision bigint, written_in bigint) returns boolean language plpgsql stable set search_path from current as $$
begin
    return exists (
        select 1
        from revision w
        join line_part p on p.log_id = w.line_id and w.first_oid <= p.last_oid
        where w.id = written_in and p.revision = on_line.revision);
end $$;
comment on function on_line(bigint, bigint) is 'whether the second revision is the first or stands before it on its line';

create function line_parts(revision bigint) returns setof line_part language plpgsql stable rows 2
set search_path from current as $$
begin
    return query select * from line_part p where p.revision = line_parts.revision;
end $$;
comment on function line_parts(bigint) is 'the line of one revision: the rows of the view line_part; apart from a statement, so that its plan stays small';

create function refuse_pruned(revision bigint) returns boolean language plpgsql stable as $$
begin
    raise exception 'expected a revision whose state is kept, got revision %, which was pruned', revision;
end $$;
comment on function refuse_pruned(bigint) is 'the error of who asks for the state of a revision that was pruned';

create function linked_leaves(rev bigint) returns table (leaf_oid bigint, tree text, tree_hex text)
language plpgsql stable set search_path from current as $$
#variable_conflict use_column
begin
    return query
    with recursive walk (link, tree, tree_hex) as (
        -- the last leaf on the line of each key of the top tree that ever held a tree, where it is a link
        select -top.oid, ''::text, ''::text
        from (
            select distinct on (n.key) n.oid, n.kind
            from revision r
            join tree t on t.parent_id = 0
            join leaf n on n.key = t.key
            where r.id = rev
                and n.tree_id = 0
                and n.oid <= r.last_oid
                and (r.id = r.height + 1 or on_line(r.id, n.revision_id))
            order by n.key, n.oid desc
        ) top
        where top.kind = 1
        union all
        select
            case when v.oid is null then l.tree_oid when side.bit = '0' then v.left_oid else v.right_oid end,
            case when v.oid is null
                then w.tree || case w.tree when '' then '' else '/' end || (select name from leaf_text t where t.oid = l.oid)
                else w.tree
            end,
            case when v.oid is null then w.tree_hex || lower(hex(l.key)) else w.tree_hex end
        from walk w
        left join lateral (select * from vertex x where x.oid = w.link offset 0) v on true
        left join lateral (select * from leaf x where x.oid = -w.link offset 0) l on true
        join (select '0' as bit union all select '1') side on v.oid is not null or (l.kind = 1 and side.bit = '0')
    )
    select -w.link, w.tree, w.tree_hex
    from walk w
    where w.link < 0;
end $$;
comment on function linked_leaves(bigint) is 'the leaves of the trees that are linked at a revision, their links among them, by a walk';

create view leaf_at (revision, tree, tree_hex, oid, key, committed_at) as
-- where all revisions up to this one are on its line, each leaf that no later leaf of its key replaces
select r.id, ''::text, ''::text, l.oid, l.key, r.committed_at
from revision r
join leaf l on l.oid <= r.last_oid
where r.id = r.height + 1
    and (not exists (select 1 from pruned x where x.revision_id = r.id) or refuse_pruned(r.id))
    and l.tree_id = 0
    and l.kind = 0
    and not exists (
        select 1
        from leaf n
        where n.key = l.key
            and n.oid > l.oid
            and n.oid <= r.last_oid
            and n.tree_id = 0
            and n.previous_oid is not null -- as the first leaf of a key that is later than another has; there are few
    )
union all
-- else each leaf on the line that no later leaf of its key on the line replaces
select r.id, ''::text, ''::text, l.oid, l.key, r.committed_at
from revision r
cross join lateral line_parts(r.id) p
join leaf l on l.oid + 0 >= p.first_oid and l.oid <= p.last_oid -- + 0, or the planner thinks of few rows
where r.id <> r.height + 1
    and (not exists (select 1 from pruned x where x.revision_id = r.id) or refuse_pruned(r.id))
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
            and n.previous_oid is not null -- as the first leaf of a key that is later than another has; there are few
            and (r.id = r.height + 1 or on_line(r.id, n.revision_id))
    )
union all
-- and linked trees by a walk
select r.id, found.tree, found.tree_hex, l.oid, l.key, r.committed_at
from revision r
cross join lateral linked_leaves(r.id) found
join leaf l on l.oid = found.leaf_oid
where l.kind = 0
    and (not exists (select 1 from pruned x where x.revision_id = r.id) or refuse_pruned(r.id))
    and exists (select 1 from tree);
comment on view leaf_at is 'The leaves at each revision, whatever tree they are in: ask for one revision, and for keys by their bytes; of the top tree the latest leaf of each key on the line, which the index leaf_by_key tells, while linked trees are walked';

create function dacite_json(value text) returns jsonb language plpgsql immutable strict as $$
begin
    return value::jsonb;
exception when others then
    return null;
end $$;
comment on function dacite_json(text) is 'the text as JSON, null where it is none';

create view state_at (revision, tree, key, value, json, key_hex, value_hex, path_hex, key_bytes, value_bytes, oid, written_in, time) as
select
    l.revision,
    l.tree,
    (select t.key from leaf_text t where t.oid = l.oid),
    (select t.value from leaf_text t where t.oid = l.oid),
    (select dacite_json(t.value) from leaf_text t where t.oid = l.oid),
    lower(hex(l.key)),
    (select lower(hex(x.value)) from leaf x where x.oid = l.oid),
    l.tree_hex || lower(hex(l.key)),
    l.key,
    (select x.value from leaf x where x.oid = l.oid),
    l.oid,
    (select x.revision_id from leaf x where x.oid = l.oid),
    to_timestamp(l.committed_at / 1000.0)
from leaf_at l;
comment on view state_at is 'The map at each revision as people read it, one row a key: ask with where revision = …, and with key_bytes for one key, a prefix or a range of keys';

create view changes_between (
    from_revision, to_revision, tree, key, kind, before, after, key_hex, before_hex, after_hex, path_hex, key_bytes, before_oid, after_oid
) as
select
    f.id,
    t.id,
    d.tree,
    (select x.key from leaf_text x where x.oid = coalesce(la.oid, lb.oid)),
    case when la.oid is null then 'put' when lb.oid is null then 'deleted' else 'changed' end,
    (select x.value from leaf_text x where x.oid = la.oid),
    (select x.value from leaf_text x where x.oid = lb.oid),
    lower(hex(coalesce(la.key, lb.key))),
    case when la.oid is not null then lower(hex(la.value)) end,
    case when lb.oid is not null then lower(hex(lb.value)) end,
    d.tree_hex || lower(hex(coalesce(la.key, lb.key))),
    coalesce(la.key, lb.key),
    la.oid,
    lb.oid
from revision f
cross join revision t
cross join lateral (
    with recursive walk (a, b, tree, tree_hex) as (
        -- a, b: what stands at one place of the two trees, > 0 a vertex, < 0 a leaf, null: nothing
        select nullif(f.root_oid, 0), nullif(t.root_oid, 0), ''::text, ''::text
        where f.root <> t.root
        union all
        select
            side.a,
            side.b,
            case when pair.below[5] = 1
                then w.tree || case w.tree when '' then '' else '/' end
                    || (select name from leaf_text n where n.oid = coalesce(la.oid, lb.oid))
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
    select -w.a as a, -w.b as b, w.tree, w.tree_hex
    from walk w
    left join lateral (select * from leaf x where x.oid = -w.a offset 0) la on true
    left join lateral (select * from leaf x where x.oid = -w.b offset 0) lb on true
    where (w.a is null or la.kind = 0)
        and (w.b is null or lb.kind = 0)
        and (w.a is null or w.b is null or (la.key = lb.key and la.hash <> lb.hash))
) d
left join leaf la on la.oid = d.a
left join leaf lb on lb.oid = d.b
where (not exists (select 1 from pruned x where x.revision_id = f.id) or refuse_pruned(f.id)) and (not exists (select 1 from pruned x where x.revision_id = t.id) or refuse_pruned(t.id));
comment on view changes_between is 'The keys whose values differ between two revisions, of any age and on any line: ask with where from_revision = … and to_revision = …; two walks at once, which end where both have the same rows or hashes';

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
    to_timestamp(w.committed_at / 1000.0),
    w.author,
    w.message
from revision r
join leaf l on l.oid <= r.last_oid
join revision w on w.id = l.revision_id
where (not exists (select 1 from pruned x where x.revision_id = r.id) or refuse_pruned(r.id))
    and (r.id = r.height + 1 or on_line(r.id, l.revision_id));
comment on view history_of is 'What the line of a revision wrote and deleted, key by key, as far as the rows are kept: ask with where revision = … and key_bytes = …; of keys in a linked tree what was written at its path';

create function siblings_of(top bigint, root bytea, path bytea)
returns table (step bigint, tree text, side text, depth integer, hash text, skip text, own_skip text)
language plpgsql stable set search_path from current as $$
#variable_conflict use_column
begin
    return query
    with recursive walk (step, link, sibling, side, from_bit, root, tree, rest) as (
        -- link: a node of the path, > 0 a vertex, < 0 minus the OID of a leaf; sibling, side: the other child of its vertex,
        -- null at the top of a tree, whose root is there then; from_bit: where its skip begins;
        -- rest: what is left of the path below the trees that were passed
        select 0, siblings_of.top, null::bigint, 'root', 0, siblings_of.root, ''::text, siblings_of.path
        where siblings_of.top <> 0
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
        case part.n when 0 then substr(s.bits, s.from_bit % 4 + 1, s.own_bits) end as own_skip
    from spelled s
    join (select 0 as n union all select 1) part on part.n = 0 or s.link < 0
    order by s.step, part.n;
end $$;
comment on function siblings_of(bigint, bytea, bytea) is 'the way from a root, given as link and hash, to the canonical keys of a path, in a proof of which these rows are the levels; as in queries/siblings';
create view proof_of (revision, key, step, tree, side, depth, hash, skip, own_skip, path_hex, key_bytes) as
select
    k.revision,
    (select t.key from leaf_text t where t.oid = k.oid),
    p.step,
    p.tree,
    p.side,
    p.depth,
    p.hash,
    p.skip,
    p.own_skip,
    k.tree_hex || lower(hex(k.key)),
    k.key
from leaf_at k
join revision r on r.id = k.revision
cross join lateral siblings_of(r.root_oid, r.root, decode(k.tree_hex || encode(k.key, 'hex'), 'hex')) p;
comment on view proof_of is 'The proof of each key at a revision, beside each vertex of its path the hash and the skip that lead on to the root: ask with where revision = … and key_bytes = …; how to hash it is told in queries/siblings';

create function revision_id(rev text) returns bigint language plpgsql stable set search_path from current as $$
declare
    called text := regexp_replace(rev, '(~[0-9]+)$', '');
    back bigint := coalesce(substring(rev from '~([0-9]+)$'), '0')::bigint;
    found bigint;
    many bigint;
begin
    if called = '' then
        called := 'main';
    end if;
    select n.id into found
    from (select b.name, b.revision_id from branch b union all select t.name, t.revision_id from tag t) n (name, id)
    where n.name = called;
    if found is null and called ~ '^[0-9]{1,18}$' then
        select r.id into found from revision r where r.id = called::bigint;
    end if;
    if found is null and called ~ '^[0-9a-f]{8,64}$' then
        select min(r.id), count(*) into found, many
        from revision r
        where r.hash >= decode(rpad(called, 64, '0'), 'hex') and r.hash <= decode(rpad(called, 64, 'f'), 'hex');
        if many > 1 then
            raise exception 'expected the digits of one hash, got ''%'', with which % revisions begin', called, many;
        end if;
    end if;
    for step in 1..back loop
        select r.parent_id into found from revision r where r.id = found;
    end loop;
    if found is null then
        raise exception 'expected a branch, a tag, a revision id or eight digits of a hash, with ~N for the Nth before it, got ''%''', rev;
    end if;
    return found;
end $$;
comment on function revision_id(text) is 'the id of the revision that a branch, a tag, an id or eight digits or more of a hash name; ~N behind it: the Nth before';

create function key_bytes(key text) returns bytea language plpgsql stable set search_path from current as $$
declare
    codec text := (select key_codec from store);
    bytes bytea := case when codec <> 'text' and key like '0x%' then decode(substr(key, 3), 'hex') else convert_to(key, 'UTF8') end;
begin
    return case codec
        when 'text' then bytes || '\x00'
        when 'uint' then int8send(key::bigint)
        when 'hashed' then dacite_hash(bytes)
        else bytes
    end;
end $$;
comment on function key_bytes(text) is 'the canonical bytes of a key as its user types it, for where key_bytes = …';

-- bound to this schema as they are made, so that they may be called from anywhere and the planner sees into them
do $do$ begin execute $bound$
create function state_at(rev bigint) returns setof state_at language sql stable
begin atomic
    select * from state_at where revision = rev;
end
$bound$; end $do$;
comment on function state_at(bigint) is 'the map at the revision of that id, one row a key: the view state_at';

do $do$ begin execute $bound$
create function state_at(rev text) returns setof state_at language sql stable
begin atomic
    select * from state_at where revision = revision_id(rev);
end
$bound$; end $do$;
comment on function state_at(text) is 'the same at the revision that a name means: a branch, a tag, ~N';

do $do$ begin execute $bound$
create function changes_between(a bigint, b bigint) returns setof changes_between language sql stable
begin atomic
    select * from changes_between where from_revision = a and to_revision = b;
end
$bound$; end $do$;
comment on function changes_between(bigint, bigint) is 'the keys whose values differ between two revisions: the view changes_between';

do $do$ begin execute $bound$
create function changes_between(a text, b text) returns setof changes_between language sql stable
begin atomic
    select * from changes_between where from_revision = revision_id(a) and to_revision = revision_id(b);
end
$bound$; end $do$;
comment on function changes_between(text, text) is 'the same between revisions that names mean';

do $do$ begin execute $bound$
create function history_of(key text, rev text default 'main') returns setof history_of language sql stable
begin atomic
    select * from history_of h where h.revision = revision_id(rev) and h.key_bytes = key_bytes($1) order by h.oid desc;
end
$bound$; end $do$;
comment on function history_of(text, text) is 'what the line of a revision, that of main unless another is named, wrote for a key, newest first: the view history_of';

do $do$ begin execute $bound$
create function proof_of(rev text, key text)
returns table (step bigint, tree text, side text, depth integer, hash text, skip text, own_skip text) language sql stable
begin atomic
    select p.*
    from revision r
    cross join lateral siblings_of(r.root_oid, r.root, key_bytes($2)) p
    where r.id = revision_id(rev) and (not exists (select 1 from pruned x where x.revision_id = r.id) or refuse_pruned(r.id));
end
$bound$; end $do$;
comment on function proof_of(text, text) is 'the proof of a key of the top tree, there or not, at the revision that a name means: each level from the root on';

do $do$ begin execute $bound$
create function proof_of(rev bigint, key text)
returns table (step bigint, tree text, side text, depth integer, hash text, skip text, own_skip text) language sql stable
begin atomic
    select * from proof_of(rev::text, key);
end
$bound$; end $do$;
comment on function proof_of(bigint, text) is 'the same at the revision of that id';

create table field_view (
    name   text not null primary key,
    fields text not null
);
comment on table field_view is 'The views that people declared over the fields of values that are JSON objects';
comment on column field_view.name is 'of the view';
comment on column field_view.fields is 'name:type,name:type, as they were declared';
