-- That a store holds nothing but text is told once and not for each row; linked trees are found by a walk down to each, for which no
-- index is needed; the bytes of text keys are made of their text, with no look at the leaf; and without indexes filters of the state are
-- handed down to one reading of the leaves instead of a walk of the tree.

create table other_value (
    one integer not null primary key check (one = 1) -- always 1: the table has one row as soon as a value may be no text; none says that all values of the store are
) strict;

insert into other_value (one)
select 1
where exists (
    select 1
    from leaf l
    where l.kind = 0
        and not (
            l.value < x'80' and instr(l.value || x'00', cast(x'00' as text)) > length(l.value)
            and cast(l.value as text) not glob cast(x'2AEFBFBD2A' as text)
        )
        and (select cast(t.value as blob) from readable_leaf t where t.oid = l.oid) <> l.value
);

drop view state_at;
drop view leaf_at_unindexed;
drop view leaf_at_by_text;
drop view linked_top;

-- The trees that are linked in the top tree at each revision: of each key that ever held a tree, where it holds one there, its leaf, as
-- minus its OID; by a walk down to it.
create view linked_top (revision, link) as
select r.id, (
    with recursive down (link) as (
        select r.root_oid
        union all
        select case when t.key < v.prefix then v.left_oid else v.right_oid end
        from down d
        join vertex v on v.oid = d.link
    )
    select d.link
    from down d
    join leaf l on l.oid = -d.link
    where l.key = t.key and l.kind = 1
)
from revision r
join tree t on t.parent_id = 0;

-- The leaves at each revision where the keys are text and indexed; their bytes are their text and a NUL.
create view leaf_at_by_text (
    revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in
) as
select
    s.revision,
    s.tree,
    s.tree_hex,
    s.key,
    cast(s.key || cast(x'00' as text) as blob),
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

-- The leaves at each revision without any index, by one reading of all leaves up to it.
create view leaf_at_unindexed (
    revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in
) as
select
    s.revision,
    s.tree,
    s.tree_hex,
    s.key,
    s.key_bytes,
    s.oid,
    (select r.committed_at from revision r where r.id = s.revision),
    s.linked,
    (select x.value from leaf x where x.oid = s.oid),
    (select x.revision_id from leaf x where x.oid = s.oid)
from (
    -- where all revisions up to this one are on its line, the last leaf of each key; by the text of keys that are text
    select
        r.id as revision,
        '' as tree,
        '' as tree_hex,
        l.key_text as key,
        cast(l.key_text || cast(x'00' as text) as blob) as key_bytes,
        max(l.oid) as oid,
        0 as linked
    from store c
    join revision r
    join keyed_leaf l on likelihood(l.oid <= r.last_oid, 1.0)
    where c.key_codec = 'text'
        and r.id = r.height + 1
        and case when exists (select 1 from pruned where revision_id = r.id)
            then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
        and l.tree_id = 0
    group by r.id, l.key_text
    having l.kind = 0
    union all
    select g.revision, '', '', (select t.key from leaf_text t where t.oid = g.oid), g.key_bytes, g.oid, 0
    from (
        select r.id as revision, l.key as key_bytes, max(l.oid) as oid
        from store c
        join revision r
        join leaf l on likelihood(l.oid <= r.last_oid, 1.0)
        where c.key_codec <> 'text'
            and r.id = r.height + 1
            and case when exists (select 1 from pruned where revision_id = r.id)
                then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
            and l.tree_id = 0
        group by r.id, l.key
        having l.kind = 0
    ) g
    union all
    -- where some are not, each leaf to which its key leads down the tree
    select r.id, '', '', l.key_text, cast(l.key_text || cast(x'00' as text) as blob), l.oid, 0
    from store c
    join revision r
    join keyed_leaf l on likelihood(l.oid <= r.last_oid, 1.0)
    where c.key_codec = 'text'
        and r.id <> r.height + 1
        and case when exists (select 1 from pruned where revision_id = r.id)
            then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
        and l.tree_id = 0
        and l.kind = 0
        and l.oid = -(
            with recursive down (link) as (
                select r.root_oid
                union all
                select case when cast(l.key_text || cast(x'00' as text) as blob) < v.prefix then v.left_oid else v.right_oid end
                from down d
                join vertex v on v.oid = d.link
            )
            select d.link from down d where d.link < 0
        )
    union all
    select r.id, '', '', (select t.key from leaf_text t where t.oid = l.oid), l.key, l.oid, 0
    from store c
    join revision r
    join leaf l on likelihood(l.oid <= r.last_oid, 1.0)
    where c.key_codec <> 'text'
        and r.id <> r.height + 1
        and case when exists (select 1 from pruned where revision_id = r.id)
            then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
        and l.tree_id = 0
        and l.kind = 0
        and l.oid = -(
            with recursive down (link) as (
                select r.root_oid
                union all
                select case when l.key < v.prefix then v.left_oid else v.right_oid end
                from down d
                join vertex v on v.oid = d.link
            )
            select d.link from down d where d.link < 0
        )
    union all
    select revision, tree, tree_hex, key, key_bytes, oid, 1 from linked_leaf_at
) s;

-- The map at each revision as people read it, one row a key: ask with where revision = …, and with key for one key, a prefix
-- (glob) or a range of keys; where keys are no text, with key_bytes; with linked = 0 for the top tree alone.
-- In a store of nothing but text every value is. Else those that are ASCII without NUL are told quickly: no byte but the first can go on a
-- character, as instr() counts them, and none can begin one of several bytes, as glob reads U+FFFD where what begins so does not go on.
-- The others are looked at as readable tells.
create view state_at (
    revision, tree, key, value, json, key_hex, value_hex, path_hex, key_bytes, value_bytes, oid, written_in, time, linked
) as
select
    l.revision,
    l.tree,
    l.key,
    (
        select case
            when not exists (select 1 from other_value) then cast(x.value as text)
            when x.value < x'80' and instr(x.value || x'00', cast(x'00' as text)) > length(x.value)
                and cast(x.value as text) not glob cast(x'2AEFBFBD2A' as text)
                then cast(x.value as text)
            else (select t.value from readable_leaf t where t.oid = x.oid)
        end
        from leaf x
        where x.oid = l.oid
    ),
    (
        select case when json_valid(cast(x.value as text))
            then case
                when not exists (select 1 from other_value) then json(cast(x.value as text))
                when x.value < x'80' and instr(x.value || x'00', cast(x'00' as text)) > length(x.value)
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
