-- history: the life of a key on the line of a revision, newest first: every revision that changed what it holds
--
-- Looks only at revisions that changed the key, or the top tree's link to the tree that it is in. Without an index on leaves it
-- reads the change log once.
--
-- :revision (integer) id of the revision
-- :key (key) the key; in a shell the bytes of the canonical key, behind those of the trees that it is in: path_hex of state
--
-- returns revision (integer) id of the revision that made the change
-- returns height (integer) how many revisions of the line stand before it
-- returns kind (text) what it holds from then on: value, tree; or deleted
-- returns value (text) the value, as text, or 0x and hexadecimal where it is no UTF-8, of a tree its root in hexadecimal; null: deleted
-- returns value_hex (text) the bytes of the value, of a tree its root, in hexadecimal; null: deleted
-- returns committed_at (integer) when, in milliseconds since 1970 UTC
-- returns author (text) who
-- returns message (text) why
--
-- in sqlite3:  .parameter set :revision 3
--              .parameter set :key "x'6163636f756e747300616c69636500'"
--              .read queries/history.sqlite.sql

with recursive line (id, parent_id) as (
    select id, parent_id
    from revision
    where id = :revision
    union all
    select parent.id, parent.parent_id
    from line child
    join revision parent on parent.id = child.parent_id
),
start (bytes, length) as (
    -- each beginning of :key, one of which is its first key
    select :key, 1
    union all
    select bytes, length + 1
    from start
    where length < length(bytes)
),
event (id) as (
    -- revisions of the line that wrote that key
    select id
    from (
        select id, 0 as wrote from line
        union all
        select l.revision_id, 1
        from start
        join keyed_leaf k on k.key_text = cast(substr(start.bytes, 1, start.length - 1) as text) -- by the index that there is
        join leaf l on l.oid = k.oid and l.key = substr(start.bytes, 1, start.length)
        where l.tree_id = 0
    ) both_sides
    group by id
    having min(wrote) = 0 and max(wrote) = 1
),
walk (id, link, rest) as (
    -- at each of them down to the key; rest: what is left of :key below the trees that were passed
    select r.id, r.root_oid, :key
    from event
    join revision r on r.id = event.id
    union all
    select
        w.id,
        case when v.oid is null then l.tree_oid when w.rest < v.prefix then v.left_oid else v.right_oid end,
        case when v.oid is null then substr(w.rest, length(l.key) + 1) else w.rest end
    from walk w
    left join vertex v on v.oid = w.link
    left join leaf l on l.oid = -w.link
    where v.oid is not null
        or (l.kind = 1 and l.key = substr(w.rest, 1, length(l.key)) and length(w.rest) > length(l.key))
),
found (id, oid) as (
    select w.id, max(case when l.key = w.rest then l.oid else 0 end)
    from walk w
    left join leaf l on l.oid = -w.link
    group by w.id
),
life (id, oid, before) as (
    select found.id, found.oid, lag(found.oid, 1) over (order by found.id)
    from found
)
select
    life.id as revision,
    r.height,
    case l.kind when 0 then 'value' when 1 then 'tree' else 'deleted' end as kind,
    case l.kind when 1 then lower(hex(l.value)) else (select t.value from leaf_text t where t.oid = l.oid) end as value,
    case when l.oid is not null then lower(hex(l.value)) end as value_hex,
    r.committed_at,
    r.author,
    r.message
from life
join revision r on r.id = life.id
left join leaf l on l.oid = life.oid
where life.oid <> coalesce(life.before, 0)
order by r.height desc;
