-- The nodes of a line's log stand in the rows of its revisions, each in the one that completed it, so that a commit writes one
-- row where it wrote several in two tables.

alter table revision add column nodes blob check (length(nodes) >= 32 and length(nodes) % 32 = 0);

-- So that the table reads as it would have been written: a column added last stands before the comment of the one before it.
pragma writable_schema = on;

update sqlite_schema
set sql = replace(
    sql,
    ', nodes blob check (length(nodes) >= 32 and length(nodes) % 32 = 0), -- the last one, included; first_oid - 1: it gave out none',
    ', -- the last one, included; first_oid - 1: it gave out none
    nodes        blob    check (length(nodes) >= 32 and length(nodes) % 32 = 0), -- the nodes that it completed in the log of its line, 32 bytes each, from the leaf up: RFC 6962''s H(00 ‖ hash), then H(01 ‖ left ‖ right) of each perfect subtree that ends with it')
where type = 'table' and name = 'revision';

pragma writable_schema = off;

update revision
set nodes = (
    -- an entry's nodes begin behind the 2·height - (ones in height) of those before it, and its leaf and one for each one at
    -- the end of height are its own
    with recursive ones (count, rest) as (
        select 0, revision.height
        union all
        select count + (rest & 1), rest >> 1
        from ones
        where rest > 0
    ),
    own (count, rest) as (
        select 1, revision.height
        union all
        select count + 1, rest >> 1
        from own
        where rest & 1 = 1
    )
    select unhex(group_concat(hex(n.hash), '' order by n.position))
    from log_node n
    where n.log_id = revision.line_id
        and n.position >= 2 * revision.height - (select max(count) from ones)
        and n.position < 2 * revision.height - (select max(count) from ones) + (select max(count) from own)
);

delete from log_node where log_id in (select id from log where name is null);

-- The nodes of each line one by one: those of level 0 are leaves, one of level n covers 2^n revisions up to this height.
create view line_node (line_id, height, level, hash) as
with recursive above (level) as (
    select 0
    union all
    select level + 1
    from above
    where level < 62
)
select revision.line_id, revision.height, above.level, substr(revision.nodes, 32 * above.level + 1, 32)
from revision
join above on 32 * above.level < length(revision.nodes);
