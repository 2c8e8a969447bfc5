-- diff_counts: how many keys are new, changed and deleted between two revisions, by tree
--
-- :from (integer) id of another revision
-- :revision (integer) id of the revision
--
-- returns tree (text) names of the trees that the key is in, outermost first, joined by '/'; '' in the top tree
-- returns put (integer) keys that only :revision has
-- returns changed (integer) keys with another value
-- returns deleted (integer) keys that only :from has
--
-- in sqlite3:  .parameter set :from 1
--              .parameter set :revision 3
--              .read queries/diff_counts.sql
-- in psql:     \set from 1
--              \set revision 3
--              \i queries/diff_counts.sql

select
    tree,
    count(case when kind = 'put' then 1 end) as put,
    count(case when kind = 'changed' then 1 end) as changed,
    count(case when kind = 'deleted' then 1 end) as deleted
from changes_between
where from_revision = :from and to_revision = :revision
group by tree
order by tree;
