-- The state by the text of its keys. Where the keys are text, leaves are indexed by that text in place of their bytes, so that
-- any shell finds them by where key = …, a prefix and a range. Each store has the views that go with its keys: 'dacite init',
-- 'migrate' and 'index' choose them. Views that people declared stand on the state, so they are made anew.

create function text_of_key(key bytea) returns text language plpgsql immutable strict parallel safe cost 1 as $$
begin
    return convert_from(substr(key, 1, length(key) - 1), 'UTF8');
end $$;
comment on function text_of_key(bytea) is 'the text that a canonical key of the codec text is made of, by which its leaves are indexed';

create temporary table "Declared" (name text, definition text) on commit drop;
insert into "Declared" select name, pg_get_viewdef(to_regclass(quote_ident(name))) from field_view
    where to_regclass(quote_ident(name)) is not null;
do $$
declare
    each text;
begin
    for each in select name from "Declared" loop
        execute format('drop view %I', each);
    end loop;
end $$;

drop function history_of(text, text);
drop function state_at(text);
drop function state_at(bigint);
drop view proof_of;
drop view history_of;
drop view state_at;
drop view leaf_at;

create function leaves_of_key(bytes bytea) returns setof leaf language plpgsql stable set search_path from current as $$
begin
    if (select key_codec from store) <> 'text' then
        return query select * from leaf n where n.key = bytes;
    elsif position('\x00'::bytea in bytes) = length(bytes) then
        return query select * from leaf n where (text_of_key(n.key) collate "C") = text_of_key(bytes);
    end if;
end $$;
comment on function leaves_of_key(bytea) is 'all leaves of a canonical key, by the index that there is';

create or replace function linked_leaves(rev bigint) returns table (leaf_oid bigint, tree text, tree_hex text)
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
            cross join lateral leaves_of_key(t.key) n
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

create view readable_leaf (oid, user_key, value) as
select
    oid,
    coalesce(dacite_text(user_key), '0x' || encode(user_key, 'hex')),
    coalesce(dacite_text(value), '0x' || encode(value, 'hex'))
from leaf;
comment on view readable_leaf is 'The values of leaves and the names that users gave to hashed keys as people read them: as text where the bytes are UTF-8 without NUL, else as 0x and hex';

create view linked_leaf_at (revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked) as
select r.id, found.tree, found.tree_hex, (case (select key_codec from store)
        when 'text' then text_of_key(l.key)
        when 'hashed' then coalesce(dacite_text(l.user_key), '0x' || encode(l.user_key, 'hex'))
        else '0x' || encode(l.key, 'hex')
    end collate "C"), l.key, l.oid, r.committed_at, true
from revision r
cross join lateral linked_leaves(r.id) found
join leaf l on l.oid = found.leaf_oid
where exists (select 1 from tree)
    and (not exists (select 1 from pruned x where x.revision_id = r.id) or refuse_pruned(r.id))
    and l.kind = 0;
comment on view linked_leaf_at is 'The leaves of linked trees at each revision, by a walk from the links in the top tree';

create view leaf_at_by_text (revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked) as
-- where all revisions up to this one are on its line
select r.id, ''::text, ''::text, (text_of_key(l.key) collate "C"), l.key, l.oid, r.committed_at, false
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
-- where some are not
select r.id, ''::text, ''::text, (text_of_key(l.key) collate "C"), l.key, l.oid, r.committed_at, false
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
            and on_line(r.id, n.revision_id)
    )
union all
select * from linked_leaf_at;
comment on view leaf_at_by_text is 'The leaves at each revision where the keys are text: in the top tree those that no later leaf of their key on the line of the revision replaces, as the index tells';

create view leaf_at_by_key (revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked) as
select r.id, ''::text, ''::text, (case (select key_codec from store)
        when 'text' then text_of_key(l.key)
        when 'hashed' then coalesce(dacite_text(l.user_key), '0x' || encode(l.user_key, 'hex'))
        else '0x' || encode(l.key, 'hex')
    end collate "C"), l.key, l.oid, r.committed_at, false
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
select r.id, ''::text, ''::text, (case (select key_codec from store)
        when 'text' then text_of_key(l.key)
        when 'hashed' then coalesce(dacite_text(l.user_key), '0x' || encode(l.user_key, 'hex'))
        else '0x' || encode(l.key, 'hex')
    end collate "C"), l.key, l.oid, r.committed_at, false
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
            and on_line(r.id, n.revision_id)
    )
union all
select * from linked_leaf_at;
comment on view leaf_at_by_key is 'The same where the keys are no text and their bytes are indexed';

create view leaf_at_unindexed (revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked) as
select * from leaf_at_by_key;
comment on view leaf_at_unindexed is 'The same without any index: all is read';

create view leaf_at (revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked) as
select * from leaf_at_unindexed;
comment on view leaf_at is 'The leaves at each revision, whatever tree they are in: one of the three above. Ask for one revision, and for keys by their text where they are text, else by their bytes; not linked leaves linked trees out, which are walked';

create view state_at (
    revision, tree, key, value, json, key_hex, value_hex, path_hex, key_bytes, value_bytes, oid, written_in, time, linked
) as
select
    l.revision,
    l.tree,
    l.key,
    coalesce(dacite_text(x.value), '0x' || encode(x.value, 'hex')),
    dacite_json(dacite_text(x.value)),
    encode(l.key_bytes, 'hex'),
    encode(x.value, 'hex'),
    l.tree_hex || encode(l.key_bytes, 'hex'),
    l.key_bytes,
    x.value,
    l.oid,
    x.revision_id,
    to_timestamp(l.committed_at / 1000.0),
    l.linked
from leaf_at l
left join leaf x on x.oid = l.oid;
comment on view state_at is 'The map at each revision as people read it, one row a key: ask with where revision = …, and with key for one key, a prefix or a range of keys; where keys are no text, with key_bytes; with not linked for the top tree alone';

create view history_of_text (
    revision, tree, key, kind, value, key_hex, value_hex, key_bytes, oid, written_in, height, time, author, message
) as
select
    r.id,
    case when l.tree_id = 0 then '' else (select n.path from tree_path n where n.id = l.tree_id) end,
    (text_of_key(l.key) collate "C"),
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
where (r.id = r.height + 1 or on_line(r.id, l.revision_id))
    and (not exists (select 1 from pruned x where x.revision_id = r.id) or refuse_pruned(r.id));
comment on view history_of_text is 'What the line of a revision wrote and deleted, key by key, as far as the rows are kept, where the keys are text';

create view history_of_key (
    revision, tree, key, kind, value, key_hex, value_hex, key_bytes, oid, written_in, height, time, author, message
) as
select
    r.id,
    case when l.tree_id = 0 then '' else (select n.path from tree_path n where n.id = l.tree_id) end,
    (case (select key_codec from store)
        when 'text' then text_of_key(l.key)
        when 'hashed' then coalesce(dacite_text(l.user_key), '0x' || encode(l.user_key, 'hex'))
        else '0x' || encode(l.key, 'hex')
    end collate "C"),
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
where (r.id = r.height + 1 or on_line(r.id, l.revision_id))
    and (not exists (select 1 from pruned x where x.revision_id = r.id) or refuse_pruned(r.id));
comment on view history_of_key is 'The same where they are not';

create view history_of as
select * from history_of_key;
comment on view history_of is 'What the line of a revision wrote and deleted, key by key, as far as the rows are kept: one of the two above. Ask with where revision = … and key = …, where keys are no text with key_bytes = …; of keys in a linked tree what was written at its path';

create view proof_of (revision, key, step, tree, side, depth, hash, skip, own_skip, path_hex, key_bytes) as
select
    k.revision,
    k.key,
    p.step,
    p.tree,
    p.side,
    p.depth,
    p.hash,
    p.skip,
    p.own_skip,
    k.tree_hex || lower(hex(k.key_bytes)),
    k.key_bytes
from leaf_at k
join revision r on r.id = k.revision
cross join lateral siblings_of(r.root_oid, r.root, decode(k.tree_hex || encode(k.key_bytes, 'hex'), 'hex')) p;
comment on view proof_of is 'The proof of each key at a revision, beside each vertex of its path the hash and the skip that lead on to the root: ask with where revision = … and key = …, where keys are no text with key_bytes = …; how to hash it is told in queries/siblings';

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
create function history_of(key text, rev text default 'main') returns setof history_of language sql stable
begin atomic
    select h.*
    from leaves_of_key(key_bytes($1)) l
    join revision at on at.id = revision_id(rev)
    join history_of h on h.revision = at.id and h.oid = l.oid
    order by h.oid desc;
end
$bound$; end $do$;
comment on function history_of(text, text) is 'what the line of a revision, that of main unless another is named, wrote for a key, newest first: the view history_of';

do $$
declare
    each record;
begin
    for each in select name, definition from "Declared" loop
        execute format('create view %I as %s', each.name, each.definition);
    end loop;
end $$;
