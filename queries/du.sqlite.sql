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
-- in sqlite3:  .parameter set :revision 3
--              .parameter set :path "'accounts'"
--              .read queries/du.sqlite.sql

with recursive walk (link, place, rest, dir, above) as (
    -- link: > 0 a vertex, < 0 a leaf; place: the way from the root, 0 left and 1 right, and 0 into a linked tree, which sorts a
    -- directory before what is in it; rest: the names that are still to come on the way to the directory, null: within it
    select root_oid, '', nullif(:path, ''), coalesce(:path, ''), json_array(coalesce(:path, ''))
    from revision
    where id = :revision and root_oid <> 0
    union all
    select
        case when v.oid is null then l.tree_oid when side.bit = '0' then v.left_oid else v.right_oid end,
        w.place || side.bit,
        case when v.oid is null
            then nullif(substr(w.rest, length(substr(w.rest, 1, instr(w.rest || '/', '/') - 1)) + 2), '')
            else w.rest
        end,
        case when v.oid is null and w.rest is null
            then case w.dir when '' then '' else w.dir || '/' end || (select t.key from leaf_text t where t.oid = l.oid)
            else w.dir
        end,
        case when v.oid is null and w.rest is null
            then json_insert(w.above, '$[#]', case w.dir when '' then '' else w.dir || '/' end || (select t.key from leaf_text t where t.oid = l.oid))
            else w.above
        end
    from walk w
    left join vertex v on v.oid = w.link
    left join leaf l on l.oid = -w.link
    join (select '0' as bit union all select '1') side on case
        when v.oid is null then l.kind = 1 and side.bit = '0'
            and (w.rest is null or l.key = cast(substr(w.rest, 1, instr(w.rest || '/', '/') - 1) || char(0) as blob))
        when w.rest is null then 1
        else (cast(substr(w.rest, 1, instr(w.rest || '/', '/') - 1) || char(0) as blob) >= v.prefix) = (side.bit = '1')
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
select each.value as path, sum(own.entries) as entries, sum(own.bytes) as bytes
from own
cross join json_each(own.above) each
group by each.value
order by each.value;
