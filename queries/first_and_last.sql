-- first_and_last: the first and the last change of a key of the top tree on the line of a revision
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
--              .read queries/first_and_last.sql
-- in psql:     \set revision 3
--              \set key '''\\x6100'''
--              \i queries/first_and_last.sql

select
    life.changes,
    life.first_revision,
    born.committed_at as first_committed_at,
    life.last_revision,
    latest.committed_at as last_committed_at,
    case l.kind when 0 then 'value' when 1 then 'tree' else 'deleted' end as last_kind
from (
    select count(*) as changes, min(written_in) as first_revision, max(written_in) as last_revision, max(oid) as last_oid
    from history_of
    where revision = :revision and key_bytes = :key and tree = ''
) life
join revision born on born.id = life.first_revision
join revision latest on latest.id = life.last_revision
join leaf l on l.oid = life.last_oid;
