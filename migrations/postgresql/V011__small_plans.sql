-- The state with less to start: a lookup of one key is over in the time that its plan takes to begin. Linked trees come from one
-- function that is not called without any; later leaves are told by their index alone, which holds those of the top tree;
-- and the text of a leaf comes from its own row.

drop index if exists later_leaf_by_key; -- made again for what is asked now, by the upgrade or 'dacite index'

create function linked_leaves_at(revision bigint) returns setof linked_leaf_at language plpgsql stable strict set search_path from current as $$
begin
    return query select * from linked_leaf_at l where l.revision = linked_leaves_at.revision;
end $$;
comment on function linked_leaves_at(bigint) is 'the leaves of linked trees at a revision: the view linked_leaf_at; none for null';

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
    select f.tree, f.tree_hex, f.key, f.key_bytes, f.oid, true, f.value, f.written_in
    from linked_leaves_at(case when exists (select 1 from tree) then r.id end) f
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
    select f.tree, f.tree_hex, f.key, f.key_bytes, f.oid, true, f.value, f.written_in
    from linked_leaves_at(case when exists (select 1 from tree) then r.id end) f
) s (tree, tree_hex, key, key_bytes, oid, linked, value, written_in)
where not exists (select 1 from pruned) or not_pruned(r.id);

create or replace view leaf_text (oid, key, name, value) as
select oid, key, replace(replace(key, '\', '\\'), '/', '\/'), value
from (
    select
        oid,
        case (select key_codec from store)
            when 'text' then dacite_text(substring(l.key for length(l.key) - 1))
            when 'hashed' then coalesce(dacite_text(l.user_key), '0x' || encode(l.user_key, 'hex'))
            else '0x' || encode(l.key, 'hex')
        end as key,
        case
            when kind <> 0 then null
            when length(encode(l.value, 'escape')) = length(l.value) then convert_from(l.value, 'UTF8') collate "default"
            else coalesce(dacite_text(l.value), '0x' || encode(l.value, 'hex'))
        end as value
    from leaf l
) read_leaf;
