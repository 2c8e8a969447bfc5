-- The state by one pass over the index of the keys, in which the leaves of a key stand side by side: the last one on the line of a
-- revision is its leaf. Where keys are text and indexed, the table leaf has that text as a column, computed when it is read, by which
-- the index is made: 'dacite init', 'migrate' and 'index' see to that.

-- Stores of the first format named no tree that was only linked; by that name the state finds it.
insert into tree (id, parent_id, key, user_key)
select (select coalesce(max(id), 0) from tree) + row_number() over (order by l.key), 0, l.key, l.user_key
from (select key, max(user_key) as user_key from leaf where tree_id = 0 and kind = 1 group by key) l
where not exists (select 1 from tree t where t.parent_id = 0 and t.key = l.key);

drop view proof_of;
drop view history_of;
drop view history_of_text;
drop view state_at;
drop view leaf_at;
drop view leaf_at_unindexed;
drop view leaf_at_by_key;
drop view leaf_at_by_text;
drop view linked_leaf_at;

-- The leaves by the text of their keys, where keys are text; where that is indexed, read off the column key_text of leaf.
create view keyed_leaf (oid, tree_id, kind, revision_id, key_text) as
select oid, tree_id, kind, revision_id, cast(substr(key, 1, length(key) - 1) as text)
from leaf;

-- The trees that are linked in the top tree at each revision: of each key that ever held a tree, where its last leaf on the line links
-- to one, that leaf, as minus its OID.
create view linked_top (revision, link) as
select r.id, (
    select case k.kind when 1 then -k.oid end
    from keyed_leaf k
    join leaf n on n.oid = k.oid
    where k.key_text = cast(substr(t.key, 1, length(t.key) - 1) as text) -- by the index that there is
        and n.key = t.key
        and k.tree_id = 0
        and k.oid <= r.last_oid
        and (r.id = r.height + 1
            or (select w.line_id from revision w where w.id = n.revision_id)
                    in (select q.log_id from line_part q where q.revision = r.id and q.last_oid >= n.oid))
    order by k.oid desc
    limit 1
)
from revision r
join tree t on t.parent_id = 0;

-- The leaves of linked trees at each revision where keys are text, by a walk.
create view linked_leaf_at_by_text (
    revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in
) as
select
    r.id,
    json_extract(found.value, '$[1]'),
    json_extract(found.value, '$[2]'),
    cast(substr(l.key, 1, length(l.key) - 1) as text),
    l.key,
    l.oid,
    r.committed_at,
    1,
    l.value,
    l.revision_id
from revision r
join json_each((
    with recursive walk (link, tree, tree_hex) as (
        select link, '', '' from linked_top where revision = r.id and link <> 0
        union all
        select
            case when v.oid is null then l.tree_oid when side.bit = '0' then v.left_oid else v.right_oid end,
            case when v.oid is null
                then w.tree || case w.tree when '' then '' else '/' end || replace(replace(cast(substr(l.key, 1, length(l.key) - 1) as text), '\', '\\'), '/', '\/')
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
where exists (select 1 from tree)
    and l.kind = 0
    and case when exists (select 1 from pruned where revision_id = r.id)
        then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end;

-- The same where they are not.
create view linked_leaf_at (
    revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in
) as
select
    r.id,
    json_extract(found.value, '$[1]'),
    json_extract(found.value, '$[2]'),
    case (select key_codec from store)
        when 'text' then cast(substr(l.key, 1, length(l.key) - 1) as text)
        when 'hashed' then (select t.key from leaf_text t where t.oid = l.oid)
        else '0x' || lower(hex(l.key))
    end,
    l.key,
    l.oid,
    r.committed_at,
    1,
    l.value,
    l.revision_id
from revision r
join json_each((
    with recursive walk (link, tree, tree_hex) as (
        select link, '', '' from linked_top where revision = r.id and link <> 0
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
where exists (select 1 from tree)
    and l.kind = 0
    and case when exists (select 1 from pruned where revision_id = r.id)
        then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end;

-- The leaves at each revision where the keys are text and indexed.
create view leaf_at_by_text (
    revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in
) as
select
    s.revision,
    s.tree,
    s.tree_hex,
    s.key,
    (select x.key from leaf x where x.oid = s.oid),
    s.oid,
    (select r.committed_at from revision r where r.id = s.revision),
    s.linked,
    (select x.value from leaf x where x.oid = s.oid),
    (select x.revision_id from leaf x where x.oid = s.oid)
from (
    -- where all revisions up to this one are on its line, the last leaf of each key; other columns of such a group are those of the row
    -- that has the max()
    select r.id as revision, '' as tree, '' as tree_hex, l.key_text as key, max(l.oid) as oid, 0 as linked
    from revision r
    join keyed_leaf l on likelihood(l.oid <= r.last_oid, 1.0)
    where r.id = r.height + 1
        and case when exists (select 1 from pruned where revision_id = r.id)
            then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
        and l.tree_id = 0
    group by r.id, l.key_text
    having l.kind = 0
    union all
    -- where some are not, each leaf on the line that no later leaf of its key on the line replaces; a range of OIDs takes out few, so
    -- a range of keys goes first (likelihood)
    select r.id, '', '', l.key_text, l.oid, 0
    from revision r
    join line_part p on p.revision = r.id
    join keyed_leaf l on likelihood(l.oid >= p.first_oid, 1.0) and likelihood(l.oid <= p.last_oid, 1.0)
    where r.id <> r.height + 1
        and case when exists (select 1 from pruned where revision_id = r.id)
            then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
        and l.tree_id = 0
        and l.kind = 0
        and (p.whole or (select w.line_id from revision w where w.id = l.revision_id) = p.log_id)
        and not exists (
            select 1
            from keyed_leaf n
            where n.key_text = l.key_text
                and n.oid > l.oid
                and n.oid <= r.last_oid
                and n.tree_id = 0
                and (select w.line_id from revision w where w.id = n.revision_id)
                    in (select q.log_id from line_part q where q.revision = r.id and q.last_oid >= n.oid)
        )
    union all
    select revision, tree, tree_hex, key, oid, 1 from linked_leaf_at_by_text
) s;

-- The same where the keys are no text and their bytes are indexed.
create view leaf_at_by_key (
    revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in
) as
select
    s.revision,
    s.tree,
    s.tree_hex,
    (
        select case (select key_codec from store)
                when 'text' then cast(substr(l.key, 1, length(l.key) - 1) as text)
                when 'hashed' then (select t.key from leaf_text t where t.oid = l.oid)
                else '0x' || lower(hex(l.key))
            end
        from leaf l
        where l.oid = s.oid
    ),
    s.key_bytes,
    s.oid,
    (select r.committed_at from revision r where r.id = s.revision),
    s.linked,
    (select x.value from leaf x where x.oid = s.oid),
    (select x.revision_id from leaf x where x.oid = s.oid)
from (
    select r.id as revision, '' as tree, '' as tree_hex, l.key as key_bytes, max(l.oid) as oid, 0 as linked
    from revision r
    join leaf l on likelihood(l.oid <= r.last_oid, 1.0)
    where r.id = r.height + 1
        and case when exists (select 1 from pruned where revision_id = r.id)
            then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
        and l.tree_id = 0
    group by r.id, l.key
    having l.kind = 0
    union all
    select r.id, '', '', l.key, l.oid, 0
    from revision r
    join line_part p on p.revision = r.id
    join leaf l on likelihood(l.oid >= p.first_oid, 1.0) and likelihood(l.oid <= p.last_oid, 1.0)
    where r.id <> r.height + 1
        and case when exists (select 1 from pruned where revision_id = r.id)
            then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
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
                and (select w.line_id from revision w where w.id = n.revision_id)
                    in (select q.log_id from line_part q where q.revision = r.id and q.last_oid >= n.oid)
        )
    union all
    select revision, tree, tree_hex, key_bytes, oid, 1 from linked_leaf_at
) s;

-- The same without any index: all by a walk.
create view leaf_at_unindexed (
    revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in
) as
select
    r.id,
    json_extract(found.value, '$[1]'),
    json_extract(found.value, '$[2]'),
    (select t.key from leaf_text t where t.oid = l.oid),
    l.key,
    l.oid,
    r.committed_at,
    json_extract(found.value, '$[1]') <> '',
    l.value,
    l.revision_id
from revision r
join json_each((
    with recursive walk (link, tree, tree_hex) as (
        select r.root_oid, '', ''
        where r.root_oid <> 0
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
where l.kind = 0
    and case when exists (select 1 from pruned where revision_id = r.id)
        then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end;

-- The leaves at each revision, whatever tree they are in: one of the three above. Ask for one revision, and for keys by their text
-- where they are text, else by their bytes; linked = 0 leaves linked trees out, which are walked.
create view leaf_at (
    revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in
) as
select * from leaf_at_unindexed;

-- The map at each revision as people read it, one row a key: ask with where revision = …, and with key for one key, a prefix
-- (glob) or a range of keys; where keys are no text, with key_bytes; with linked = 0 for the top tree alone.
-- Values that are ASCII without NUL are told quickly: no byte but the first can go on a character, as instr() counts them, and none
-- can begin one of several bytes, as glob reads U+FFFD where what begins so does not go on. The others are looked at as readable tells.
create view state_at (
    revision, tree, key, value, json, key_hex, value_hex, path_hex, key_bytes, value_bytes, oid, written_in, time, linked
) as
select
    l.revision,
    l.tree,
    l.key,
    (
        select case when x.value < x'80' and instr(x.value || x'00', cast(x'00' as text)) > length(x.value)
                and cast(x.value as text) not glob cast(x'2AEFBFBD2A' as text)
            then cast(x.value as text)
            else (select t.value from readable_leaf t where t.oid = x.oid)
        end
        from leaf x
        where x.oid = l.oid
    ),
    (
        select case when json_valid(cast(x.value as text))
            then case when x.value < x'80' and instr(x.value || x'00', cast(x'00' as text)) > length(x.value)
                and cast(x.value as text) not glob cast(x'2AEFBFBD2A' as text)
                then json(cast(x.value as text))
                else (select json(t.value) from readable_leaf t where t.oid = x.oid and json_valid(t.value))
            end
        end
        from leaf x
        where x.oid = l.oid
    ),
    lower(hex(l.key_bytes)),
    lower(hex(l.value)),
    l.tree_hex || lower(hex(l.key_bytes)),
    l.key_bytes,
    l.value,
    l.oid,
    l.written_in,
    strftime('%Y-%m-%dT%H:%M:%fZ', l.committed_at / 1000.0, 'unixepoch'),
    l.linked
from leaf_at l;

-- What the line of a revision wrote and deleted, key by key, as far as the rows are kept, where the keys are text.
create view history_of_text (
    revision, tree, key, kind, value, key_hex, value_hex, key_bytes, oid, written_in, height, time, author, message
) as
select
    r.id,
    case when l.tree_id = 0 then '' else (select n.path from tree_path n where n.id = l.tree_id) end,
    k.key_text,
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
join keyed_leaf k on likelihood(k.oid <= r.last_oid, 1.0)
join leaf l on l.oid = k.oid
join revision w on w.id = l.revision_id
where (r.id = r.height + 1
        or (select w.line_id from revision w where w.id = l.revision_id)
            in (select q.log_id from line_part q where q.revision = r.id and q.last_oid >= l.oid))
    and case when exists (select 1 from pruned where revision_id = r.id)
        then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end;

-- What the line of a revision wrote and deleted, key by key, as far as the rows are kept: one of history_of_text and history_of_key. Ask
-- with where revision = … and key = …, where keys are no text with key_bytes = …; of keys in a linked tree what was written at its path.
create view history_of as
select * from history_of_key;

-- The proof of each key at a revision, beside each vertex of its path the hash and the skip that lead on to the root: ask
-- with where revision = … and key = …, where keys are no text with key_bytes = …; how to hash it is told in queries/siblings.
create view proof_of (revision, key, step, tree, side, depth, hash, skip, own_skip, path_hex, key_bytes) as
select
    k.revision,
    k.key,
    json_extract(p.value, '$[0]'),
    json_extract(p.value, '$[1]'),
    json_extract(p.value, '$[2]'),
    json_extract(p.value, '$[3]'),
    json_extract(p.value, '$[4]'),
    json_extract(p.value, '$[5]'),
    json_extract(p.value, '$[6]'),
    k.tree_hex || lower(hex(k.key_bytes)),
    k.key_bytes
from leaf_at k
join revision r on r.id = k.revision
join json_each((
    with recursive walk (step, link, sibling, side, from_bit, root, tree, rest) as (
        -- link: a node of the path, > 0 a vertex, < 0 minus the OID of a leaf; sibling, side: the other child of its vertex,
        -- null at the top of a tree, whose root is there then; from_bit: where its skip begins;
        -- rest: what is left of the path below the trees that were passed
        select 0, r.root_oid, null, 'root', 0, r.root, '', upper(k.tree_hex || hex(k.key_bytes))
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
