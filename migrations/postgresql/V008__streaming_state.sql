-- The state in one statement for all lines, with fewer parts to plan and to start: what a line of revisions wrote is a set of ranges of
-- OIDs, worked out once where not all revisions up to one are on its line, and a leaf brings its value along. What was there is
-- replaced in its place, so that its rights and views that people made on it stay. What is new has no rights by itself, and linked_top is
-- read by a function as its caller: 'dacite migrate' gives those who may read state_at the rights to it.

-- Stores of the first format named no tree that was only linked; by that name the state finds it.
insert into tree (id, parent_id, key, user_key)
select (select coalesce(max(id), 0) from tree) + row_number() over (order by l.key), 0, l.key, l.user_key
from (select distinct on (key) key, user_key from leaf where tree_id = 0 and kind = 1 order by key, oid) l
where not exists (select 1 from tree t where t.parent_id = 0 and t.key = l.key);

create function line_oids(revision bigint) returns int8multirange language plpgsql stable strict set search_path from current as $$
begin
    return coalesce((
        select range_agg(part.oids)
        from (
            select int8range(p.first_oid, p.last_oid + 1) as oids
            from line_part p
            where p.revision = line_oids.revision and p.whole
            union all
            select int8range(w.first_oid, w.last_oid + 1)
            from line_part p
            join revision w on w.line_id = p.log_id and w.first_oid between p.first_oid and p.last_oid
            where p.revision = line_oids.revision and not p.whole
        ) part
    ), '{}');
end $$;
comment on function line_oids(bigint) is 'the OIDs of what the line of a revision wrote, up to that one; null for null';

create view keyed_leaf (oid, tree_id, kind, revision_id, key_text) as
select oid, tree_id, kind, revision_id, (text_of_key(key) collate "C")
from leaf;
comment on view keyed_leaf is 'The leaves by the text of their keys, where keys are text';

create view linked_top (revision, link) as
select r.id, (
    select case n.kind when 1 then -n.oid end
    from leaves_of_key(t.key) n
    where n.tree_id = 0
        and n.oid <= r.last_oid
        and (r.id = r.height + 1 or on_line(r.id, n.revision_id))
    order by n.oid desc
    limit 1
)
from revision r
join tree t on t.parent_id = 0;
comment on view linked_top is 'The trees that are linked in the top tree at each revision: of each key that ever held a tree, where its last leaf on the line links to one, that leaf, as minus its OID';

create or replace function linked_leaves(rev bigint) returns table (leaf_oid bigint, tree text, tree_hex text)
language plpgsql stable set search_path from current as $$
#variable_conflict use_column
begin
    return query
    with recursive walk (link, tree, tree_hex) as (
        select link, ''::text, ''::text from linked_top where revision = rev and link <> 0
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

create function linked_rows(rev bigint)
returns table (tree text, tree_hex text, key text, key_bytes bytea, oid bigint, value bytea, written_in bigint)
language plpgsql stable set search_path from current as $$
#variable_conflict use_column
declare
    codec text;
begin
    if exists (select 1 from pruned p where p.revision_id = rev) then
        perform refuse_pruned(rev);
    end if;
    select key_codec into codec from store;
    return query
    select
        found.tree,
        found.tree_hex,
        case codec
            when 'text' then text_of_key(l.key)
            when 'hashed' then coalesce(dacite_text(l.user_key), '0x' || encode(l.user_key, 'hex'))
            else '0x' || encode(l.key, 'hex')
        end,
        l.key,
        l.oid,
        l.value,
        l.revision_id
    from linked_leaves(rev) found
    join leaf l on l.oid = found.leaf_oid
    where l.kind = 0;
end $$;
comment on function linked_rows(bigint) is 'the leaves of linked trees that hold a value at a revision, by a walk; apart from a statement, so that its plan stays small';

create or replace view linked_leaf_at (
    revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in
) as
select r.id, f.tree, f.tree_hex, (f.key collate "C"), f.key_bytes, f.oid, r.committed_at, true, f.value, f.written_in
from revision r
cross join lateral linked_rows(r.id) f
where exists (select 1 from tree);

create view linked_leaf_at_by_text as
select * from linked_leaf_at;
comment on view linked_leaf_at_by_text is 'The same where keys are text';

create function not_pruned(revision bigint) returns boolean language plpgsql stable set search_path from current as $$
begin
    if exists (select 1 from pruned p where p.revision_id = not_pruned.revision) then
        perform refuse_pruned(not_pruned.revision);
    end if;
    return true;
end $$;
comment on function not_pruned(bigint) is 'true, or an error where the revision was pruned';

create or replace view leaf_at_by_text (
    revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in
) as
select r.id, s.tree, s.tree_hex, s.key, s.key_bytes, s.oid, r.committed_at, s.linked, s.value, s.written_in
from revision r
cross join lateral (select line_oids(case when r.id <> r.height + 1 then r.id end) offset 0) line (oids) -- else all is on it
cross join lateral (
    select ''::text, ''::text, (text_of_key(l.key) collate "C"), l.key, l.oid, false, l.value, l.revision_id
    from leaf l
    where l.oid <= r.last_oid
        and l.tree_id = 0
        and l.kind = 0
        and coalesce(l.oid <@ line.oids, true) -- which the planner takes for half of all
        and not exists (
            select 1
            from leaf n
            where n.key = l.key
                and n.oid > l.oid
                and n.oid + 0 <= r.last_oid -- by no index of OIDs, which would find all leaves
                and n.tree_id = 0
                and n.previous_oid is not null -- as the first leaf of a key that is later than another has; there are few
                and coalesce(n.oid <@ line.oids, true)
        )
    union all
    select (f).tree, (f).tree_hex, ((f).key collate "C"), (f).key_bytes, (f).oid, true, (f).value, (f).written_in
    from (select linked_rows(r.id) where exists (select 1 from tree) offset 0) found (f) -- which starts faster than in from
) s (tree, tree_hex, key, key_bytes, oid, linked, value, written_in)
where not exists (select 1 from pruned) or not_pruned(r.id);

create or replace view leaf_at_by_key (
    revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in
) as
select r.id, s.tree, s.tree_hex, s.key, s.key_bytes, s.oid, r.committed_at, s.linked, s.value, s.written_in
from revision r
cross join lateral (select line_oids(case when r.id <> r.height + 1 then r.id end) offset 0) line (oids) -- else all is on it
cross join lateral (
    select ''::text, ''::text, (case (select key_codec from store)
            when 'text' then text_of_key(l.key)
            when 'hashed' then coalesce(dacite_text(l.user_key), '0x' || encode(l.user_key, 'hex'))
            else '0x' || encode(l.key, 'hex')
        end collate "C"), l.key, l.oid, false, l.value, l.revision_id
    from leaf l
    where l.oid <= r.last_oid
        and l.tree_id = 0
        and l.kind = 0
        and coalesce(l.oid <@ line.oids, true) -- which the planner takes for half of all
        and not exists (
            select 1
            from leaf n
            where n.key = l.key
                and n.oid > l.oid
                and n.oid + 0 <= r.last_oid -- by no index of OIDs, which would find all leaves
                and n.tree_id = 0
                and n.previous_oid is not null -- as the first leaf of a key that is later than another has; there are few
                and coalesce(n.oid <@ line.oids, true)
        )
    union all
    select (f).tree, (f).tree_hex, ((f).key collate "C"), (f).key_bytes, (f).oid, true, (f).value, (f).written_in
    from (select linked_rows(r.id) where exists (select 1 from tree) offset 0) found (f) -- which starts faster than in from
) s (tree, tree_hex, key, key_bytes, oid, linked, value, written_in)
where not exists (select 1 from pruned) or not_pruned(r.id);

create or replace view leaf_at_unindexed (
    revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in
) as
select * from leaf_at_by_key;

create or replace view leaf_at (
    revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in
) as
select * from leaf_at_unindexed;

-- Values that are ASCII without NUL and \ are told by a function of the engine: it writes every other byte as several.
create or replace view state_at (
    revision, tree, key, value, json, key_hex, value_hex, path_hex, key_bytes, value_bytes, oid, written_in, time, linked
) as
select
    l.revision,
    l.tree,
    l.key,
    case when length(encode(l.value, 'escape')) = length(l.value)
        then convert_from(l.value, 'UTF8') collate "default" -- not that of the name of the encoding
        else coalesce(dacite_text(l.value), '0x' || encode(l.value, 'hex'))
    end,
    dacite_json(dacite_text(l.value)),
    encode(l.key_bytes, 'hex'),
    encode(l.value, 'hex'),
    l.tree_hex || encode(l.key_bytes, 'hex'),
    l.key_bytes,
    l.value,
    l.oid,
    l.written_in,
    to_timestamp(l.committed_at / 1000.0),
    l.linked
from leaf_at l;
