-- The nodes of a line's log stand in the rows of its revisions, each in the one that completed it, so that a commit writes one
-- row where it wrote several in two tables.

alter table revision add column nodes bytea check (length(nodes) >= 32 and length(nodes) % 32 = 0);
comment on column revision.nodes is 'the nodes that it completed in the log of its line, 32 bytes each, from the leaf up: RFC 6962''s H(00 ‖ hash), then H(01 ‖ left ‖ right) of each perfect subtree that ends with it';

update revision
set nodes = (
    -- an entry's nodes begin behind the 2·height - (ones in height) of those before it, and its leaf and one for each one at
    -- the end of height are its own
    select string_agg(n.hash, ''::bytea order by n.position)
    from log_node n
    cross join (select height::bit(64)::text as bits) h
    where n.log_id = line_id
        and n.position >= 2 * height - length(replace(h.bits, '0', ''))
        and n.position <= 2 * height - length(replace(h.bits, '0', '')) + length(h.bits) - length(rtrim(h.bits, '1'))
);

delete from log_node where log_id in (select id from log where name is null);

create view line_node (line_id, height, level, hash) as
select r.line_id, r.height, above.level, substr(r.nodes, 32 * above.level + 1, 32)
from revision r
cross join lateral generate_series(0, length(r.nodes) / 32 - 1) above (level);
comment on view line_node is 'The nodes of each line one by one: those of level 0 are leaves, one of level n covers 2^n revisions up to this height.';
