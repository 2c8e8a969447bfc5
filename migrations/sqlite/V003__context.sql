-- The context: which hashes its commits carry, and what is staged between two commands. Staged changes are a desk, no
-- history: they are taken away when they are committed or dropped.

create table context (
    one         integer not null primary key check (one = 1), -- always 1: the table has one row, or none as long as nothing was chosen
    hash_scheme text    not null check (hash_scheme in ('native', 'tezos')) -- which hashes commits of the context carry beside the store's own; chosen once for ever
) strict;

create table context_stage (
    name        text    not null primary key check (length(name) between 1 and 255), -- what people call it
    branch      text check (length(branch) between 1 and 255), -- the branch that the next commit moves; null: it makes one
    revision_id integer references revision (id), -- the revision that the changes stand on; null: the head of the branch, where nothing is staged, or nothing at all
    changes     integer not null check (changes >= 0) -- the number of the change that was staged last; no number is given twice
) strict;

create table context_change (
    stage  text    not null references context_stage (name), -- where it is staged
    number integer not null check (number >= 1), -- its place
    action text    not null check (action in ('set', 'delete', 'copy')), -- what is done
    path   text    not null check (length(path) >= 1), -- where, the names joined by '/'
    source text, -- the path that is copied, '' for the root; else null
    value  blob, -- the value that is set; else null
    primary key (stage, number),
    check ((action = 'copy') = (source is not null)),
    check ((action = 'set') = (value is not null))
) strict;

-- What is remembered of Tezos hashes. It follows from the vertices and leaves and from the rows of revisions; rows are appended with
-- those, and pruned with them.

create table context_commit (
    revision_id integer not null primary key references revision (id), -- the revision that carries it; stays when that is pruned
    hash        blob    not null check (length(hash) = 32) -- the Tezos hash of the commit: of its root, of its parent's hash if that carries one, of time in whole seconds, author and message
) strict;

create index context_commit_by_hash on context_commit (hash);

create table context_directory (
    top_oid     integer not null primary key check (top_oid <> 0), -- link to the top node of a tree: > 0 a vertex, < 0 minus the OID of a leaf
    entry_count integer not null check (entry_count >= 1), -- how many keys the tree has, those of trees linked in it not counted
    inode_id    integer check (inode_id >= 1 and (inode_id is null) = (entry_count <= 256)), -- of a directory of more than 256 entries its first inode; else null: such a directory is hashed in one piece
    hash        blob    not null check (length(hash) = 32) -- the Tezos hash of the directory
) strict;

create table context_inode (
    id          integer not null primary key check (id >= 1), -- given out in ascending order by the one writer, children before parents
    depth       integer not null check (depth between 0 and 10), -- how many inodes stand above it in its directory
    entry_count integer not null check (entry_count >= 1), -- how many entries of the directory are at or below it
    children    text    not null, -- the ids of its children, by bucket, as a JSON array; [] where it holds the entries themselves, 32 at most
    content     blob    not null -- the bytes whose BLAKE2b hash is its Tezos hash; its parent's content holds that
) strict;

create table context_value (
    leaf_oid integer not null primary key check (leaf_oid >= 1), -- the OID of a leaf whose value is longer than 120 bytes
    hash     blob    not null check (length(hash) = 32) -- the Tezos hash of the value; those of shorter ones are made when they are needed
) strict;
