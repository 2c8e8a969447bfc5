-- The context: which hashes its commits carry, and what is staged between two commands. Staged changes are a desk, no
-- history: they are taken away when they are committed or dropped.

create table context (
    one         integer not null primary key check (one = 1),
    hash_scheme text    not null check (hash_scheme in ('native', 'tezos'))
);
comment on table context is 'One row, or none as long as nothing was chosen: how commits of the context are hashed';
comment on column context.one is 'always 1: the table has one row, or none as long as nothing was chosen';
comment on column context.hash_scheme is 'which hashes commits of the context carry beside the store''s own; chosen once for ever';

create table context_stage (
    name        text   not null primary key check (length(name) between 1 and 255),
    branch      text check (length(branch) between 1 and 255),
    revision_id bigint references revision (id),
    changes     bigint not null check (changes >= 0)
);
comment on table context_stage is 'One row for each staging area of the context: what the changes that are kept in it stand on';
comment on column context_stage.name is 'what people call it';
comment on column context_stage.branch is 'the branch that the next commit moves; null: it makes one';
comment on column context_stage.revision_id is 'the revision that the changes stand on; null: the head of the branch, where nothing is staged, or nothing at all';
comment on column context_stage.changes is 'the number of the change that was staged last; no number is given twice';

create table context_change (
    stage  text   not null references context_stage (name),
    number bigint not null check (number >= 1),
    action text   not null check (action in ('set', 'delete', 'copy')),
    path   text   not null check (length(path) >= 1),
    source text,
    value  bytea,
    primary key (stage, number),
    check ((action = 'copy') = (source is not null)),
    check ((action = 'set') = (value is not null))
);
comment on table context_change is 'The changes that are staged, until they are committed or dropped';
comment on column context_change.stage is 'where it is staged';
comment on column context_change.number is 'its place';
comment on column context_change.action is 'what is done';
comment on column context_change.path is 'where, the names joined by ''/''';
comment on column context_change.source is 'the path that is copied, '''' for the root; else null';
comment on column context_change.value is 'the value that is set; else null';
