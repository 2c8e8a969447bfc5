-- common_ancestor: the newest revision that two branches have in common, and how far each went on from there
--
-- :branch (branch) name of a branch
-- :other (branch) name of another branch
--
-- returns revision (integer) id of the revision
-- returns hash (text) its hash, in hexadecimal
-- returns height (integer) how many revisions of the line stand before it
-- returns ahead (integer) revisions of :branch since
-- returns other_ahead (integer) revisions of :other since
--
-- in sqlite3:  .parameter set :branch "'main'"
--              .parameter set :other "'main'"
--              .read queries/common_ancestor.sql
-- in psql:     \set branch '''main'''
--              \set other '''main'''
--              \i queries/common_ancestor.sql

with recursive one (id, parent_id, height) as (
    select r.id, r.parent_id, r.height
    from branch
    join revision r on r.id = branch.revision_id
    where branch.name = :branch
    union all
    select r.id, r.parent_id, r.height
    from one
    join revision r on r.id = one.parent_id
),
two (id, parent_id, height) as (
    select r.id, r.parent_id, r.height
    from branch
    join revision r on r.id = branch.revision_id
    where branch.name = :other
    union all
    select r.id, r.parent_id, r.height
    from two
    join revision r on r.id = two.parent_id
)
select
    r.id as revision,
    lower(hex(r.hash)) as hash,
    r.height,
    (select max(height) from one) - r.height as ahead,
    (select max(height) from two) - r.height as other_ahead
from revision r
where r.id = (select max(one.id) from one join two on two.id = one.id);
