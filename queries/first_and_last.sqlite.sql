-- first_and_last: the first and the last change of a key of the top tree on the line of a revision, as far as its rows are kept
--
-- :revision (integer) id of the revision
-- :key (key) the key, of the top tree; in a shell the bytes of the canonical key: path_hex of state
--
-- returns changes (integer) how often it was written or deleted
-- returns first_revision (integer) id of the revision that wrote it first
-- returns first_committed_at (integer) when, in milliseconds since 1970 UTC
-- returns last_revision (integer) id of the revision that wrote or deleted it last
-- returns last_committed_at (integer) when, in milliseconds since 1970 UTC
-- returns last_kind (text) what it holds since: value, tree; or deleted
--
-- in sqlite3:  .parameter set :revision 3
--              .parameter set :key "x'6100'"
--              .read queries/first_and_last.sqlite.sql

select
    life.changes,
    life.first_revision,
    born.committed_at as first_committed_at,
    life.last_revision,
    latest.committed_at as last_committed_at,
    case l.kind when 0 then 'value' when 1 then 'tree' else 'deleted' end as last_kind
from (
    select count(*) as changes, min(w.revision_id) as first_revision, max(w.revision_id) as last_revision, max(w.oid) as last_oid
    from revision r
    join keyed_leaf k on k.key_text = cast(substr(:key, 1, length(:key) - 1) as text) -- by the index that there is
    join leaf w on w.oid = k.oid and w.key = :key
    where r.id = :revision
        and w.tree_id = 0
        and w.oid <= r.last_oid
        and (select line_id from revision o where o.id = w.revision_id)
            in (select p.log_id from line_part p where p.revision = r.id and p.last_oid >= w.oid)
) life
join revision born on born.id = life.first_revision
join revision latest on latest.id = life.last_revision
join leaf l on l.oid = life.last_oid;
