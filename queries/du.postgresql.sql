-- du: how many values and bytes are below each directory at a revision, those of its directories included
--
-- A directory is a linked tree, in a store with text keys. Goes down to it by its names, so that what stands beside the way is not
-- looked at.
-- What stands at two paths is counted at both: it is the size of the state, not of the rows.
--
-- :revision (integer) id of the revision
-- :path (text) names from the top tree down to the directory, divided by '/'; '' for the top tree
--
-- returns path (text) its names from the top tree down, joined by '/'; '' for the top tree
-- returns entries (integer) values below it
-- returns bytes (integer) their length, all together
--
-- in psql:     \set revision 3
--              \set path '''accounts'''
--              \i queries/du.postgresql.sql

with recursive walk (link, place, rest, dir, above) as (
    -- link: > 0 a vertex, < 0 a leaf; place: the way from the root, 0 left and 1 right, and 0 into a linked tree, which sorts a
    -- directory before what is in it; rest: the names that are still to come on the way to the directory, null: within it
    select root_oid, '', nullif(cast(:path as text), ''), cast(:path as text), array[cast(:path as text)]
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
        end,
        case when v.oid is null and w.rest is null
            then w.above || (case w.dir when '' then '' else w.dir || '/' end || (select t.key from leaf_text t where t.oid = l.oid))
            else w.above
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
),
own (above, entries, bytes) as (
    -- what each directory holds itself
    select w.above, count(*), sum(length(l.value))
    from walk w
    join leaf l on l.oid = -w.link
    where w.rest is null and l.kind = 0
    group by w.above
)
select each.value as path, cast(sum(own.entries) as bigint) as entries, cast(sum(own.bytes) as bigint) as bytes
from own
cross join unnest(own.above) each (value)
group by each.value
order by each.value collate "C";
