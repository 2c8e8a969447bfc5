-- changes: what a revision wrote and deleted, one row a key, from the change log alone
--
-- Keys of linked trees come before the key that links to their tree, which is a change of its own. A tree that is deleted,
-- or put as a whole under another key, is one row, whatever is in it.
--
-- :revision (integer) id of the revision
--
-- returns tree (text) names of the trees that the key is in, outermost first, joined by '/', which is \/ in a name; '' in the top tree
-- returns key (text) the key as its user typed it
-- returns kind (text) put: a new key, changed: another value, deleted; with trees: tree put, tree changed, tree deleted
-- returns before (text) the value before, as text, or 0x and hexadecimal where it is no UTF-8, of a tree its root in hexadecimal; null: there was none
-- returns after (text) the value after; null: deleted
-- returns key_hex (text) the bytes of the canonical key, in hexadecimal
-- returns before_hex (text) the bytes of the value before, of a tree its root, in hexadecimal
-- returns after_hex (text) the bytes of the value after, of a tree its root, in hexadecimal
--
-- in sqlite3:  .parameter set :revision 3
--              .read queries/changes.sql
-- in psql:     \set revision 3
--              \i queries/changes.sql

select
    named.path as tree,
    (select t.key from leaf_text t where t.oid = l.oid) as key,
    case when case l.kind when 2 then p.kind else l.kind end = 1 then 'tree ' else '' end
        || case when l.kind = 2 then 'deleted' when p.oid is null then 'put' else 'changed' end as kind,
    case p.kind when 1 then lower(hex(p.value)) else (select t.value from leaf_text t where t.oid = p.oid) end as before,
    case l.kind when 1 then lower(hex(l.value)) else (select t.value from leaf_text t where t.oid = l.oid) end as after,
    lower(hex(l.key)) as key_hex,
    case when p.oid is not null then lower(hex(p.value)) end as before_hex,
    case when l.kind <> 2 then lower(hex(l.value)) end as after_hex
from revision r
join leaf l on l.oid between r.first_oid and r.last_oid
left join leaf p on p.oid = l.previous_oid
left join tree_path named on named.id = l.tree_id
where r.id = :revision
order by l.oid;
