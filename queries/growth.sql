-- growth: what each revision of a line added to the store, oldest first
--
-- :revision (integer) id of the revision
--
-- returns id (integer) id of the revision
-- returns leaf_count (integer) keys with a value in it, those of linked trees included
-- returns vertices (integer) vertices that it appended
-- returns leaves (integer) rows of the change log that it appended: leaves, links to changed trees, deletions
-- returns vertex_bytes (integer) bytes of its vertices: prefixes and hashes, without numbers and what a row costs
-- returns leaf_bytes (integer) bytes of its leaves: keys, values and hashes
-- returns total_bytes (integer) both, summed up from the first revision of the line to this one
--
-- in sqlite3:  .parameter set :revision 3
--              .read queries/growth.sql
-- in psql:     \set revision 3
--              \i queries/growth.sql

with recursive line (id, parent_id) as (
    select id, parent_id
    from revision
    where id = :revision
    union all
    select parent.id, parent.parent_id
    from line child
    join revision parent on parent.id = child.parent_id
),
part (id, height, leaf_count, vertices, leaves, vertex_bytes, leaf_bytes) as (
    select
        r.id,
        r.height,
        r.leaf_count,
        (select count(*) from vertex v where v.oid between r.first_oid and r.last_oid),
        (select count(*) from leaf l where l.oid between r.first_oid and r.last_oid),
        (
            select coalesce(sum(length(v.prefix) + length(v.hash)), 0)
            from vertex v
            where v.oid between r.first_oid and r.last_oid
        ),
        (
            select coalesce(sum(length(l.key) + coalesce(length(l.user_key), 0) + coalesce(length(l.value), 0)
                + coalesce(length(l.hash), 0)), 0)
            from leaf l
            where l.oid between r.first_oid and r.last_oid
        )
    from line
    join revision r on r.id = line.id
)
select
    id,
    leaf_count,
    vertices,
    leaves,
    vertex_bytes,
    leaf_bytes,
    cast(sum(vertex_bytes + leaf_bytes) over (order by height) as bigint) as total_bytes
from part
order by height;
