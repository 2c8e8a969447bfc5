-- The state by the text of its keys. Where the keys are text, leaves are indexed by that text in place of their bytes, so that
-- a stock shell finds them by where key = …, a prefix and a range. Each store has the views that go with its keys and its index:
-- 'dacite init', 'migrate' and 'index' choose them.

drop view proof_of;
drop view history_of;
drop view state_at;
drop view leaf_at;

-- The values of leaves and the names that users gave to hashed keys as people read them, as the view readable tells them one by one.
create view readable_leaf (oid, user_key, value) as
select
    oid,
    case when instr(user_key, x'00') = 0
        and (cast(user_key as text) not glob cast(x'2A5B5E012D7F5D2A' as text)
            or (
                -- what is not ASCII is looked at in windows: those characters that are frequent go all at once, of others eight a
                -- step, which are UTF-8 where their numbers make the same user_key; U+FFFE and U+FFFF have none here
                with recursive frequent (characters) as (values (' enirstahduolcgmbwfkzvpyxjqäöüßABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,.:;-_"''/()[]{}ÄÖÜéèàáóí')),
                seen (ahead, rest) as (
                    -- rest: what is left of a window; ahead: the first byte behind it
                    select 4001, ltrim(
                        replace(replace(cast(substr(user_key, 1, 4000) as text), cast(x'EFBFBE' as text), '???'), cast(x'EFBFBF' as text), '???'),
                        characters)
                    from frequent
                    union all
                    select
                        case when length(cast(rest as blob)) < 32 and ahead <= length(user_key)
                            then ahead - length(cast(rest as blob)) + 4000
                            else ahead
                        end,
                        case when length(cast(rest as blob)) < 32 and ahead <= length(user_key)
                            then ltrim(
                                replace(replace(
                                    cast(substr(user_key, ahead - length(cast(rest as blob)), 4000) as text),
                                    cast(x'EFBFBE' as text), '???'), cast(x'EFBFBF' as text), '???'),
                                characters)
                            else ltrim(substr(rest, 9), characters)
                        end
                    from seen
                    join frequent
                    where length(cast(rest as blob)) < 32 and ahead <= length(user_key)
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
                select max(rest = '' and ahead > length(user_key)) from seen
            ))
        then cast(user_key as text)
        else '0x' || lower(hex(user_key))
    end,
    case when instr(value, x'00') = 0
        and (cast(value as text) not glob cast(x'2A5B5E012D7F5D2A' as text)
            or (
                -- what is not ASCII is looked at in windows: those characters that are frequent go all at once, of others eight a
                -- step, which are UTF-8 where their numbers make the same value; U+FFFE and U+FFFF have none here
                with recursive frequent (characters) as (values (' enirstahduolcgmbwfkzvpyxjqäöüßABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,.:;-_"''/()[]{}ÄÖÜéèàáóí')),
                seen (ahead, rest) as (
                    -- rest: what is left of a window; ahead: the first byte behind it
                    select 4001, ltrim(
                        replace(replace(cast(substr(value, 1, 4000) as text), cast(x'EFBFBE' as text), '???'), cast(x'EFBFBF' as text), '???'),
                        characters)
                    from frequent
                    union all
                    select
                        case when length(cast(rest as blob)) < 32 and ahead <= length(value)
                            then ahead - length(cast(rest as blob)) + 4000
                            else ahead
                        end,
                        case when length(cast(rest as blob)) < 32 and ahead <= length(value)
                            then ltrim(
                                replace(replace(
                                    cast(substr(value, ahead - length(cast(rest as blob)), 4000) as text),
                                    cast(x'EFBFBE' as text), '???'), cast(x'EFBFBF' as text), '???'),
                                characters)
                            else ltrim(substr(rest, 9), characters)
                        end
                    from seen
                    join frequent
                    where length(cast(rest as blob)) < 32 and ahead <= length(value)
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
                select max(rest = '' and ahead > length(value)) from seen
            ))
        then cast(value as text)
        else '0x' || lower(hex(value))
    end
from leaf;

drop view leaf_text;

-- Every leaf row as people read it: its key, the key as the name of a tree in a path (\/ a slash, \\ a backslash), its value,
-- null where it holds none. Keys of the codecs 'bytes' and 'uint' come as 0x and hex, which sorts as they do.
create view leaf_text (oid, key, name, value) as
select oid, key, replace(replace(key, '\', '\\'), '/', '\/'), value
from (
    select
        oid,
        case (select key_codec from store)
            when 'text' then cast(substr(leaf.key, 1, length(leaf.key) - 1) as text)
            when 'hashed' then (select user_key from readable_leaf where readable_leaf.oid = leaf.oid)
            else '0x' || lower(hex(leaf.key))
        end as key,
        case kind when 0 then (select value from readable_leaf where readable_leaf.oid = leaf.oid) end as value
    from leaf
);

-- The leaves of linked trees at each revision, by a walk from the links in the top tree.
create view linked_leaf_at (revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked) as
select
    r.id,
    json_extract(found.value, '$[1]'),
    json_extract(found.value, '$[2]'),
    (select t.key from leaf_text t where t.oid = l.oid),
    l.key,
    l.oid,
    r.committed_at,
    1
from revision r
join json_each((
    with recursive walk (link, tree, tree_hex) as (
        select top.link, '', ''
        from (
            select (
                select case n.kind when 1 then -n.oid end
                from leaf n
                where n.key = t.key
                    and cast(substr(n.key, 1, length(n.key) - 1) as text) = cast(substr(t.key, 1, length(t.key) - 1) as text) -- by the index that there is
                    and n.tree_id = 0
                    and n.oid <= r.last_oid
                    and (r.id = r.height + 1
                        or (select w.line_id from revision w where w.id = n.revision_id)
                            in (select q.log_id from line_part q where q.revision = r.id and q.last_oid >= n.oid))
                order by n.oid desc
                limit 1
            ) as link
            from tree t
            where t.parent_id = 0
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
where exists (select 1 from tree)
    and l.kind = 0
    and case when exists (select 1 from pruned where revision_id = r.id)
        then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end;

-- The leaves at each revision where the keys are text and indexed: in the top tree those that no later leaf of their key on the
-- line of the revision replaces, as the index tells.
create view leaf_at_by_text (revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked) as
-- where all revisions up to this one are on its line; a range of OIDs takes out few, so a range of keys goes first (likelihood)
select r.id, '', '', cast(substr(l.key, 1, length(l.key) - 1) as text), l.key, l.oid, r.committed_at, 0
from revision r
join leaf l on likelihood(l.oid <= r.last_oid, 1.0)
where r.id = r.height + 1
    and case when exists (select 1 from pruned where revision_id = r.id)
        then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
    and l.tree_id = 0
    and l.kind = 0
    and not exists (
        select 1
        from leaf n
        where cast(substr(n.key, 1, length(n.key) - 1) as text) = cast(substr(l.key, 1, length(l.key) - 1) as text)
            and n.oid > l.oid
            and n.oid <= r.last_oid
            and n.tree_id = 0
    )
union all
-- where some are not
select r.id, '', '', cast(substr(l.key, 1, length(l.key) - 1) as text), l.key, l.oid, r.committed_at, 0
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
        where cast(substr(n.key, 1, length(n.key) - 1) as text) = cast(substr(l.key, 1, length(l.key) - 1) as text)
            and n.oid > l.oid
            and n.oid <= r.last_oid
            and n.tree_id = 0
            and (select w.line_id from revision w where w.id = n.revision_id)
                in (select q.log_id from line_part q where q.revision = r.id and q.last_oid >= n.oid)
    )
union all
select * from linked_leaf_at;

-- The same where the keys are no text and their bytes are indexed.
create view leaf_at_by_key (revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked) as
select r.id, '', '', case (select key_codec from store)
        when 'text' then cast(substr(l.key, 1, length(l.key) - 1) as text)
        when 'hashed' then (select t.key from leaf_text t where t.oid = l.oid)
        else '0x' || lower(hex(l.key))
    end, l.key, l.oid, r.committed_at, 0
from revision r
join leaf l on likelihood(l.oid <= r.last_oid, 1.0)
where r.id = r.height + 1
    and case when exists (select 1 from pruned where revision_id = r.id)
        then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
    and l.tree_id = 0
    and l.kind = 0
    and not exists (
        select 1
        from leaf n
        where n.key = l.key
            and n.oid > l.oid
            and n.oid <= r.last_oid
            and n.tree_id = 0
    )
union all
select r.id, '', '', case (select key_codec from store)
        when 'text' then cast(substr(l.key, 1, length(l.key) - 1) as text)
        when 'hashed' then (select t.key from leaf_text t where t.oid = l.oid)
        else '0x' || lower(hex(l.key))
    end, l.key, l.oid, r.committed_at, 0
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
select * from linked_leaf_at;

-- The same without any index: all by a walk.
create view leaf_at_unindexed (revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked) as
select
    r.id,
    json_extract(found.value, '$[1]'),
    json_extract(found.value, '$[2]'),
    (select t.key from leaf_text t where t.oid = l.oid),
    l.key,
    l.oid,
    r.committed_at,
    json_extract(found.value, '$[1]') <> ''
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
create view leaf_at (revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked) as
select * from leaf_at_unindexed;

-- The map at each revision as people read it, one row a key: ask with where revision = …, and with key for one key, a prefix
-- (glob) or a range of keys; where keys are no text, with key_bytes; with linked = 0 for the top tree alone.
create view state_at (
    revision, tree, key, value, json, key_hex, value_hex, path_hex, key_bytes, value_bytes, oid, written_in, time, linked
) as
select
    l.revision,
    l.tree,
    l.key,
    case when instr(x.value, x'00') = 0 and cast(x.value as text) not glob cast(x'2A5B5E012D7F5D2A' as text)
        then cast(x.value as text)
        else (select t.value from readable_leaf t where t.oid = x.oid)
    end,
    case when instr(x.value, x'00') = 0 and cast(x.value as text) not glob cast(x'2A5B5E012D7F5D2A' as text)
        then case when json_valid(cast(x.value as text)) then json(cast(x.value as text)) end
        else (select case when json_valid(t.value) then json(t.value) end from readable_leaf t where t.oid = x.oid)
    end,
    lower(hex(l.key_bytes)),
    lower(hex(x.value)),
    l.tree_hex || lower(hex(l.key_bytes)),
    l.key_bytes,
    x.value,
    l.oid,
    x.revision_id,
    strftime('%Y-%m-%dT%H:%M:%fZ', l.committed_at / 1000.0, 'unixepoch'),
    l.linked
from leaf_at l
left join leaf x on x.oid = l.oid;

-- What the line of a revision wrote and deleted, key by key, as far as the rows are kept, where the keys are text.
create view history_of_text (
    revision, tree, key, kind, value, key_hex, value_hex, key_bytes, oid, written_in, height, time, author, message
) as
select
    r.id,
    case when l.tree_id = 0 then '' else (select n.path from tree_path n where n.id = l.tree_id) end,
    cast(substr(l.key, 1, length(l.key) - 1) as text),
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
join leaf l on likelihood(l.oid <= r.last_oid, 1.0)
join revision w on w.id = l.revision_id
where (r.id = r.height + 1
        or (select w.line_id from revision w where w.id = l.revision_id)
            in (select q.log_id from line_part q where q.revision = r.id and q.last_oid >= l.oid))
    and case when exists (select 1 from pruned where revision_id = r.id)
        then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end;

-- The same where they are not.
create view history_of_key (
    revision, tree, key, kind, value, key_hex, value_hex, key_bytes, oid, written_in, height, time, author, message
) as
select
    r.id,
    case when l.tree_id = 0 then '' else (select n.path from tree_path n where n.id = l.tree_id) end,
    case (select key_codec from store)
        when 'text' then cast(substr(l.key, 1, length(l.key) - 1) as text)
        when 'hashed' then (select t.key from leaf_text t where t.oid = l.oid)
        else '0x' || lower(hex(l.key))
    end,
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
join leaf l on likelihood(l.oid <= r.last_oid, 1.0)
join revision w on w.id = l.revision_id
where (r.id = r.height + 1
        or (select w.line_id from revision w where w.id = l.revision_id)
            in (select q.log_id from line_part q where q.revision = r.id and q.last_oid >= l.oid))
    and case when exists (select 1 from pruned where revision_id = r.id)
        then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end;

-- What the line of a revision wrote and deleted, key by key, as far as the rows are kept: one of the two above. Ask with where
-- revision = … and key = …, where keys are no text with key_bytes = …; of keys in a linked tree what was written at its path.
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
