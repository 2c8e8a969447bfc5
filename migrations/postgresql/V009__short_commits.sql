-- A commit on the line that everybody works on writes two rows less: none of a branch, which follows the newest revision until
-- another branch does, and none in the index of lines and heights, since on a first line the id tells the height.

alter table revision drop constraint revision_line_id_height_key;
create unique index revision_by_height on revision (line_id, height) where id <> height + 1;
comment on index revision_by_height is 'Where a revision stands that has others beside its line before it; any other is found by its id, which is its height + 1';
comment on column revision.id is 'given out in ascending order by the one writer; height + 1 where all earlier revisions stand before it on its line';

alter table branch rename to branch_head;
alter table branch_head rename constraint branch_pkey to branch_head_pkey;
alter table branch_head rename constraint branch_name_check to branch_head_name_check;
alter table branch_head rename constraint branch_revision_id_fkey to branch_head_revision_id_fkey;
alter table branch_head alter column revision_id drop not null;
create unique index branch_following on branch_head ((revision_id is null)) where revision_id is null;
comment on table branch_head is 'Where the heads of branches stand; at most one branch follows the newest revision';
comment on column branch_head.revision_id is 'its head; null: the newest revision of the store, which the branch follows without a row written';

create view branch (name, revision_id) as
select name, coalesce(revision_id, (select max(id) from revision))
from branch_head;
comment on view branch is 'The branches, each with the revision that is its head';

create or replace view line_part (revision, log_id, first_oid, last_oid, whole) as
select r.id, upto.line_id, begun.first_oid, upto.last_oid, upto.id - begun.id = upto.height - begun.height
from revision r
cross join lateral (
    with recursive chain (log_id, size) as (
        select r.line_id, r.height + 1
        union all
        select log.parent_id, log.fork_size
        from chain
        join log on log.id = chain.log_id
        where log.parent_id is not null
    )
    select
        coalesce(
            (select x.id from revision x where x.id = log.fork_size + 1 and x.id = x.height + 1 and x.line_id = log.id),
            (select x.id from revision x where x.line_id = log.id and x.height = log.fork_size and x.id <> x.height + 1)
        ) as first_id,
        coalesce(
            (select x.id from revision x where x.id = chain.size and x.id = x.height + 1 and x.line_id = log.id),
            (select x.id from revision x where x.line_id = log.id and x.height = chain.size - 1 and x.id <> x.height + 1)
        ) as last_id
    from chain
    join log on log.id = chain.log_id
) part
join revision upto on upto.id = part.last_id
join revision begun on begun.id = part.first_id;

-- The revisions whose ids are their heights + 1 are the first ones of all, on one line; the index has the others.
create or replace function line_oids(revision bigint) returns int8multirange language plpgsql stable strict set search_path from current as $$
begin
    return coalesce((
        select range_agg(part.oids)
        from (
            select int8range(p.first_oid, p.last_oid + 1) as oids
            from line_part p
            where p.revision = line_oids.revision and p.whole
            union all
            select int8range(w.first_oid, w.last_oid + 1)
            from line_part p
            join revision w on w.line_id = p.log_id and w.id <> w.height + 1 and w.first_oid between p.first_oid and p.last_oid
            where p.revision = line_oids.revision and not p.whole
            union all
            select int8range(min(w.first_oid), max(w.last_oid) + 1)
            from line_part p
            join revision w on w.line_id = p.log_id and w.id = w.height + 1 and w.first_oid between p.first_oid and p.last_oid
            where p.revision = line_oids.revision and not p.whole and p.log_id = (select f.line_id from revision f where f.id = 1)
            having count(*) > 0
        ) part
    ), '{}');
end $$;

-- asked last of all, so that no revision but the one that is meant is looked at, however the planner finds it
alter function not_pruned(bigint) cost 10000;
