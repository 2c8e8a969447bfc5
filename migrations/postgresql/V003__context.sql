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

-- What is remembered of Tezos hashes. It follows from the vertices and leaves and from the rows of revisions; rows are appended with
-- those, and pruned with them.

create table context_commit (
    revision_id bigint not null primary key references revision (id),
    hash        bytea  not null check (length(hash) = 32)
);
create index context_commit_by_hash on context_commit (hash);
comment on table context_commit is 'The Tezos hashes of commits';
comment on column context_commit.revision_id is 'the revision that carries it; stays when that is pruned';
comment on column context_commit.hash is 'the Tezos hash of the commit: of its root, of its parent''s hash if that carries one, of time in whole seconds, author and message';

create table context_directory (
    top_oid     bigint  not null primary key check (top_oid <> 0),
    entry_count integer not null check (entry_count >= 1),
    inode_id    bigint check (inode_id >= 1 and (inode_id is null) = (entry_count <= 256)),
    hash        bytea   not null check (length(hash) = 32)
);
comment on table context_directory is 'The Tezos hashes of directories, which are trees';
comment on column context_directory.top_oid is 'link to the top node of a tree: > 0 a vertex, < 0 minus the OID of a leaf';
comment on column context_directory.entry_count is 'how many keys the tree has, those of trees linked in it not counted';
comment on column context_directory.inode_id is 'of a directory of more than 256 entries its first inode; else null: such a directory is hashed in one piece';
comment on column context_directory.hash is 'the Tezos hash of the directory';

create table context_inode (
    id          bigint  not null primary key check (id >= 1),
    depth       integer not null check (depth between 0 and 10),
    entry_count integer not null check (entry_count >= 1),
    children    text    not null,
    content     bytea   not null
);
comment on table context_inode is 'Parts of big directories as Tezos hashes them, shared by directories as vertices are by trees';
comment on column context_inode.id is 'given out in ascending order by the one writer, children before parents';
comment on column context_inode.depth is 'how many inodes stand above it in its directory';
comment on column context_inode.entry_count is 'how many entries of the directory are at or below it';
comment on column context_inode.children is 'the ids of its children, by bucket, as a JSON array; [] where it holds the entries themselves, 32 at most';
comment on column context_inode.content is 'the bytes whose BLAKE2b hash is its Tezos hash; its parent''s content holds that';

create table context_value (
    leaf_oid bigint not null primary key check (leaf_oid >= 1),
    hash     bytea  not null check (length(hash) = 32)
);
comment on table context_value is 'The Tezos hashes of long values';
comment on column context_value.leaf_oid is 'the OID of a leaf whose value is longer than 120 bytes';
comment on column context_value.hash is 'the Tezos hash of the value; those of shorter ones are made when they are needed';
