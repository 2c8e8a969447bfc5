-- The tables of a Dacite store as SQLite reports them after all of migrations/sqlite.
-- Generated, not to be edited: CONTRIBUTING.md says how.

pragma application_id = 1145127729;

CREATE TABLE store (
    one            integer not null primary key check (one = 1), -- always 1: the table has one row
    format_version integer not null check (format_version >= 1), -- the number of the newest migration; a Dacite opens its own and refuses newer ones
    hash_algorithm text    not null check (hash_algorithm in ('sha256', 'sha3-256', 'blake2b-256')), -- H of the canonical form; chosen at init for ever
    key_codec      text    not null check (key_codec in ('text', 'bytes', 'uint', 'hashed')) -- how a user's key becomes bytes; chosen at init for ever
) strict;

CREATE TABLE log (
    id        integer not null primary key check (id >= 1), -- given out in ascending order by the one writer
    name      text unique check (length(name) between 1 and 255), -- what people call it; null: a line of revisions, whose entries are their hashes
    parent_id integer references log (id) check (parent_id < id), -- the log that its first entries stand in; null: it holds all of them itself
    fork_size integer not null check (fork_size >= 0), -- how many those are
    check ((parent_id is null) = (fork_size = 0))
) strict;

CREATE TABLE log_node (
    log_id   integer not null references log (id), -- the log that the node was written in
    position integer not null check (position >= 0), -- where it stands in postfix order: ((key-1)|key) - popcount(key), its key counted in infix order from 1
    hash     blob    not null check (length(hash) = 32), -- RFC 6962: H(00 ‖ entry) of a leaf, H(01 ‖ left ‖ right) of a perfect subtree
    primary key (log_id, position)
) strict, without rowid;

CREATE TABLE log_entry (
    log_id integer not null references log (id), -- the named log that it was appended to
    number integer not null check (number >= 0), -- its place, counted from 0
    entry  blob    not null, -- the record
    primary key (log_id, number)
) strict;

CREATE TABLE revision (
    id           integer not null primary key check (id >= 1), -- given out in ascending order by the one writer
    line_id      integer not null references log (id), -- the log in which its hash is the entry of the number height
    parent_id    integer references revision (id) check (parent_id < id), -- the revision this one was committed on; null: the first of its line
    height       integer not null check (height >= 0), -- how many revisions of its line stand before it
    root_oid     integer not null check (abs(root_oid) <= last_oid), -- link to the top node: > 0 a vertex, < 0 minus the OID of a leaf, 0 the empty tree
    root         blob    not null check (length(root) = 32), -- root hash of the whole map
    history      blob    not null check (length(history) = 32), -- RFC 6962 tree hash over the hashes of all earlier revisions of its line
    hash         blob    not null check (length(hash) = 32), -- hash of the revision: height, root, history, time, author, message
    leaf_count   integer not null check (leaf_count >= 0), -- leaves of the map that hold a value, those of linked trees included
    committed_at integer not null, -- milliseconds since 1970-01-01 UTC, as the author gave it
    author       text    not null, -- who made it
    message      text    not null, -- why
    first_oid    integer not null check (first_oid >= 1), -- the first OID that it gave out, to a vertex or a leaf
    last_oid     integer not null check (last_oid >= first_oid - 1), -- the last one, included; first_oid - 1: it gave out none
    unique (line_id, height)
) strict;

CREATE TABLE branch (
    name        text    not null primary key check (length(name) between 1 and 255), -- what people call the line
    revision_id integer not null references revision (id) -- its head, which moves
) strict, without rowid;

CREATE TABLE tag (
    name        text    not null primary key check (length(name) between 1 and 255), -- what people call the revision
    revision_id integer not null references revision (id) -- the revision
) strict, without rowid;

CREATE TABLE retention (
    rule   text    not null primary key check (rule in ('last', 'since', 'age', 'every', 'tags')), -- what to keep besides the heads of branches; no rule at all: everything
    amount integer not null check (amount >= 1) -- last: so many of each branch; since: made at that time or later, in ms since 1970 UTC; age: made at most so many ms ago; every: those whose height it divides; tags: always 1
) strict, without rowid;

CREATE TABLE pruned (
    revision_id integer not null primary key references revision (id), -- a revision whose state is given up: its row stays, the vertices and leaves that no other needs go
    swept       integer not null check (swept in (-1, 0, 1)) -- 1 when those are gone; -1: it may still be taken back, for somebody who opened it meanwhile
) strict;

CREATE TABLE tree (
    id        integer not null primary key check (id >= 1), -- 0 stands for the top tree and has no row
    parent_id integer not null check (parent_id >= 0 and parent_id < id), -- the tree whose key names this one
    key       blob    not null check (length(key) between 1 and 1025), -- canonical key of the link in the parent tree
    user_key  blob, -- what the user called it, where the key codec is 'hashed'; else null
    unique (parent_id, key)
) strict;

CREATE TABLE vertex (
    oid        integer not null primary key check (oid >= 1), -- object identifier, ascending in postfix order, shared with leaf
    prefix     blob    not null check (length(prefix) = depth / 8 + 1), -- the bits that all keys below share, padded: a one, then zeros to a whole byte
    depth      integer not null check (depth between 0 and 8199), -- how many bits those are, counted from the top of the vertex's own tree
    left_oid   integer not null check (left_oid <> 0 and abs(left_oid) < oid), -- link to the child whose keys sort before prefix: > 0 a vertex, < 0 minus the OID of a leaf
    right_oid  integer not null check (right_oid <> 0 and abs(right_oid) < oid), -- link to the child whose keys sort at or after prefix
    leaf_count integer not null check (leaf_count >= 2), -- leaves below that hold a value, those of linked trees included
    hash       blob    not null check (length(hash) = 32) -- H(01 ‖ left hash ‖ enc(left skip) ‖ right hash ‖ enc(right skip))
) strict;

CREATE TABLE leaf (
    oid             integer not null primary key check (oid >= 1), -- object identifier, ascending in key order within a revision's tree, shared with vertex
    tree_id         integer not null check (tree_id >= 0), -- the tree it was written in: tree.id, 0 for the top
    key             blob    not null check (length(key) between 1 and 1025), -- canonical key
    user_key        blob, -- what the user called it, where the key codec is 'hashed'; else null
    kind            integer not null check (kind in (0, 1, 2)), -- 0 a value, 1 a linked tree, 2 deleted: a row of the change log that no vertex links to
    value           blob, -- the value; of a linked tree its root hash; of a deletion null
    tree_oid        integer check (tree_oid <> 0 and abs(tree_oid) < oid), -- link to the top node of the linked tree; else null
    tree_leaf_count integer check (tree_leaf_count >= 1), -- leaves of the linked tree that hold a value; else null
    hash            blob check (length(hash) = 32), -- H(00 ‖ value), of a linked tree H(03 ‖ root); of a deletion null
    previous_oid    integer check (previous_oid >= 1 and previous_oid < oid), -- the leaf that this one replaces or deletes, which may have been pruned; null: there was none
    revision_id     integer not null check (revision_id >= 1), -- the revision that wrote it
    check ((kind = 2) = (value is null) and (kind = 2) = (hash is null)),
    check ((kind = 1) = (tree_oid is not null) and (kind = 1) = (tree_leaf_count is not null)),
    check (kind <> 1 or length(value) = 32),
    check (kind <> 2 or previous_oid is not null)
) strict;

CREATE TABLE context (
    one         integer not null primary key check (one = 1), -- always 1: the table has one row, or none as long as nothing was chosen
    hash_scheme text    not null check (hash_scheme in ('native', 'tezos')) -- which hashes commits of the context carry beside the store's own; chosen once for ever
) strict;

CREATE TABLE context_stage (
    name        text    not null primary key check (length(name) between 1 and 255), -- what people call it
    branch      text check (length(branch) between 1 and 255), -- the branch that the next commit moves; null: it makes one
    revision_id integer references revision (id), -- the revision that the changes stand on; null: the head of the branch, where nothing is staged, or nothing at all
    changes     integer not null check (changes >= 0) -- the number of the change that was staged last; no number is given twice
) strict;

CREATE TABLE context_change (
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

CREATE VIEW readable (what, oid, text) as
select
    what,
    oid,
    case when instr(bytes, x'00') = 0 and cast(bytes as text) not glob '*[^' || char(1) || '-' || char(127) || ']*'
        or length(bytes) < (
            -- what is not ASCII is looked at character by character
            with recursive form (start, length) as (
                -- how a character begins, as a pattern of hexadecimal digits, and how many bytes it has
                values
                    ('0[1-9A-F]*', 1), ('[1-7]*', 1), ('C[2-9A-F][89AB]*', 2), ('D?[89AB]*', 2),
                    ('E0[AB]?[89AB]*', 3), ('E[1-9A-CEF][89AB]?[89AB]*', 3), ('ED[89]?[89AB]*', 3),
                    ('F0[9AB]?[89AB]?[89AB]*', 4), ('F[123][89AB]?[89AB]?[89AB]*', 4), ('F48?[89AB]?[89AB]*', 4)
            ),
            seen (at, ahead) as (
                -- ahead: the next bytes, cut off in bulk, since each cut reads all of them
                select 1, substr(bytes, 1, 4000)
                union all
                select
                    at + form.length,
                    case when length(ahead) >= 8
                        then substr(ahead, form.length + 1)
                        else substr(bytes, at + form.length, 4000)
                    end
                from seen
                join form on hex(substr(ahead, 1, 4)) glob form.start
            )
            select max(at) from seen
        )
        then cast(bytes as text)
        else '0x' || lower(hex(bytes))
    end
from (
    select 'value' as what, oid, value as bytes from leaf where kind = 0
    union all
    select 'key' as what, oid, user_key as bytes from leaf where user_key is not null
    union all
    select 'tree' as what, id as oid, user_key as bytes from tree where user_key is not null
);

CREATE VIEW leaf_text (oid, key, name, value) as
select oid, key, replace(replace(key, '\', '\\'), '/', '\/'), value
from (
    select
        oid,
        case (select key_codec from store)
            when 'text' then cast(substr(leaf.key, 1, length(leaf.key) - 1) as text)
            when 'hashed' then (select text from readable where what = 'key' and readable.oid = leaf.oid)
            else '0x' || lower(hex(leaf.key))
        end as key,
        case kind when 0 then (select text from readable where what = 'value' and readable.oid = leaf.oid) end as value
    from leaf
);

CREATE VIEW tree_path as
with recursive named (id, path) as (
    select 0, ''
    union all
    select tree.id,
        named.path || case named.id when 0 then '' else '/' end
            || replace(replace(case (select key_codec from store)
                when 'text' then cast(substr(tree.key, 1, length(tree.key) - 1) as text)
                when 'hashed' then (select text from readable where what = 'tree' and readable.oid = tree.id)
                else '0x' || lower(hex(tree.key))
            end, '\', '\\'), '/', '\/')
    from named
    join tree on tree.parent_id = named.id
)
select id, path from named;

CREATE VIEW leaf_log as
select
    leaf.oid,
    leaf.revision_id,
    tree_path.path as tree,
    leaf_text.key,
    lower(hex(leaf.key)) as key_hex,
    case leaf.kind when 0 then 'value' when 1 then 'tree' else 'deleted' end as kind,
    leaf_text.value,
    case when leaf.value is not null then lower(hex(leaf.value)) end as value_hex,
    leaf.previous_oid
from leaf
join leaf_text on leaf_text.oid = leaf.oid
left join tree_path on tree_path.id = leaf.tree_id;
