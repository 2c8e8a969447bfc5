-- tree: everything below a directory at a revision, in byte order of names, each directory before what is in it
--
-- A directory is a linked tree, in a store with text keys. Goes down to it by its names, so that what stands beside the way is not
-- looked at.
--
-- :revision (integer) id of the revision
-- :path (text) names from the top tree down to the directory, divided by '/'; '' for the top tree
--
-- returns path (text) its names from the top tree down, joined by '/'
-- returns kind (text) value or directory
-- returns bytes (integer) length of the value; null: it is a directory
-- returns value (text) the value, as text, or 0x and hexadecimal where it is no UTF-8; null: it is a directory
--
-- in psql:     \set revision 3
--              \set path '''accounts'''
--              \i queries/tree.postgresql.sql

with recursive walk (link, place, rest, dir) as (
    -- link: > 0 a vertex, < 0 a leaf; place: the way from the root, 0 left and 1 right, and 0 into a linked tree, which sorts a
    -- directory before what is in it; rest: the names that are still to come on the way to the directory, null: within it
    select root_oid, '', nullif(cast(:path as text), ''), cast(:path as text)
    from revision
    where id = :revision and root_oid <> 0
    union all
    select
        case when v.oid is null then l.tree_oid when side.bit = '0' then v.left_oid else v.right_oid end,
        w.place || side.bit,
        case when v.oid is null
            then nullif(substr(w.rest, length(split_part(w.rest, '/', 1)) + 2), '')
            else w.rest
        end,
        case when v.oid is null and w.rest is null
            then case w.dir when '' then '' else w.dir || '/' end || (select t.key from leaf_text t where t.oid = l.oid)
            else w.dir
        end
    from walk w
    left join lateral (select * from vertex x where x.oid = w.link offset 0) v on true
    left join lateral (select * from leaf x where x.oid = -w.link offset 0) l on true
    join (select '0' as bit union all select '1') side on case
        when v.oid is null then l.kind = 1 and side.bit = '0'
            and (w.rest is null or l.key = convert_to(split_part(w.rest, '/', 1), 'UTF8') || decode('00', 'hex'))
        when w.rest is null then true
        else (convert_to(split_part(w.rest, '/', 1), 'UTF8') || decode('00', 'hex') >= v.prefix) = (side.bit = '1')
    end
)
select
    case w.dir when '' then '' else w.dir || '/' end || (select t.key from leaf_text t where t.oid = l.oid) as path,
    case l.kind when 0 then 'value' else 'directory' end as kind,
    case l.kind when 0 then length(l.value) end as bytes,
    (select t.value from leaf_text t where t.oid = l.oid) as value
from walk w
join leaf l on l.oid = -w.link
where w.rest is null
order by w.place;
