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

CREATE TABLE field_view (
    name   text not null primary key, -- of the view
    fields text not null -- name:type,name:type, as they were declared
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

CREATE TABLE context_commit (
    revision_id integer not null primary key references revision (id), -- the revision that carries it; stays when that is pruned
    hash        blob    not null check (length(hash) = 32) -- the Tezos hash of the commit: of its root, of its parent's hash if that carries one, of time in whole seconds, author and message
) strict;

CREATE TABLE context_directory (
    top_oid     integer not null primary key check (top_oid <> 0), -- link to the top node of a tree: > 0 a vertex, < 0 minus the OID of a leaf
    entry_count integer not null check (entry_count >= 1), -- how many keys the tree has, those of trees linked in it not counted
    inode_id    integer check (inode_id >= 1 and (inode_id is null) = (entry_count <= 256)), -- of a directory of more than 256 entries its first inode; else null: such a directory is hashed in one piece
    hash        blob    not null check (length(hash) = 32) -- the Tezos hash of the directory
) strict;

CREATE TABLE context_inode (
    id          integer not null primary key check (id >= 1), -- given out in ascending order by the one writer, children before parents
    depth       integer not null check (depth between 0 and 10), -- how many inodes stand above it in its directory
    entry_count integer not null check (entry_count >= 1), -- how many entries of the directory are at or below it
    children    text    not null, -- the ids of its children, by bucket, as a JSON array; [] where it holds the entries themselves, 32 at most
    content     blob    not null -- the bytes whose BLAKE2b hash is its Tezos hash; its parent's content holds that
) strict;

CREATE TABLE context_value (
    leaf_oid integer not null primary key check (leaf_oid >= 1), -- the OID of a leaf whose value is longer than 120 bytes
    hash     blob    not null check (length(hash) = 32) -- the Tezos hash of the value; those of shorter ones are made when they are needed
) strict;

CREATE TABLE rehashed (
    revision_id integer not null primary key references revision (id), -- a revision of this store
    old_id      integer not null unique check (old_id >= 1), -- the id of the revision, in the store that it was made from, that it was made of
    old_hash    blob    not null check (length(old_hash) = 32), -- the hash of that revision there
    old_root    blob    not null check (length(old_root) = 32) -- the root of that revision there
) strict;

CREATE TABLE revision (
    id           integer not null primary key check (id >= 1), -- given out in ascending order by the one writer; height + 1 where all earlier revisions stand before it on its line
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
    nodes        blob    check (length(nodes) >= 32 and length(nodes) % 32 = 0) -- the nodes that it completed in the log of its line, 32 bytes each, from the leaf up: RFC 6962's H(00 ‖ hash), then H(01 ‖ left ‖ right) of each perfect subtree that ends with it
) strict;

CREATE TABLE branch_head (
    name        text    not null primary key check (length(name) between 1 and 255), -- what people call the line
    revision_id integer references revision (id) -- its head; null: the newest revision of the store, which the branch follows without a row written
) strict, without rowid;

CREATE TABLE other_value (
    one integer not null primary key check (one = 1) -- always 1: the table has one row as soon as a value may be no text; none says that all values of the store are
) strict;

CREATE INDEX context_commit_by_hash on context_commit (hash);

CREATE UNIQUE INDEX revision_by_height on revision (line_id, height) where id <> height + 1;

CREATE UNIQUE INDEX branch_following on branch_head (revision_id is null) where revision_id is null;

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

CREATE VIEW readable (what, oid, text) as
select
    what,
    oid,
    case when instr(bytes, x'00') = 0
        and (cast(bytes as text) not glob '*[^' || char(1) || '-' || char(127) || ']*'
            or (
                -- what is not ASCII is looked at in windows: those characters that are frequent go all at once, of others eight a
                -- step, which are UTF-8 where their numbers make the same bytes; U+FFFE and U+FFFF have none here
                with recursive frequent (characters) as (values (' enirstahduolcgmbwfkzvpyxjqäöüßABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,.:;-_"''/()[]{}ÄÖÜéèàáóí')),
                seen (ahead, rest) as (
                    -- rest: what is left of a window; ahead: the first byte behind it
                    select 4001, ltrim(
                        replace(replace(cast(substr(bytes, 1, 4000) as text), char(65534), '???'), char(65535), '???'),
                        characters)
                    from frequent
                    union all
                    select
                        case when length(cast(rest as blob)) < 32 and ahead <= length(bytes)
                            then ahead - length(cast(rest as blob)) + 4000
                            else ahead
                        end,
                        case when length(cast(rest as blob)) < 32 and ahead <= length(bytes)
                            then ltrim(
                                replace(replace(
                                    cast(substr(bytes, ahead - length(cast(rest as blob)), 4000) as text),
                                    char(65534), '???'), char(65535), '???'),
                                characters)
                            else ltrim(substr(rest, 9), characters)
                        end
                    from seen
                    join frequent
                    where length(cast(rest as blob)) < 32 and ahead <= length(bytes)
                        or rest <> '' and substr(rest || '       ', 1, 8) = char(
                        unicode(substr(rest || '       ', 1, 1)),
                        unicode(substr(rest || '       ', 2, 1)),
                        unicode(substr(rest || '       ', 3, 1)),
                        unicode(substr(rest || '       ', 4, 1)),
                        unicode(substr(rest || '       ', 5, 1)),
                        unicode(substr(rest || '       ', 6, 1)),
                        unicode(substr(rest || '       ', 7, 1)),
                        unicode(substr(rest || '       ', 8, 1)))
                )
                select max(rest = '' and ahead > length(bytes)) from seen
            ))
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

CREATE VIEW changes_between (
    from_revision, to_revision, tree, key, kind, before, after, key_hex, before_hex, after_hex, path_hex, key_bytes, before_oid, after_oid
) as
select
    f.id,
    t.id,
    json_extract(d.value, '$[2]'),
    (select x.key from leaf_text x where x.oid = coalesce(la.oid, lb.oid)),
    case when la.oid is null then 'put' when lb.oid is null then 'deleted' else 'changed' end,
    (select x.value from leaf_text x where x.oid = la.oid),
    (select x.value from leaf_text x where x.oid = lb.oid),
    lower(hex(coalesce(la.key, lb.key))),
    case when la.oid is not null then lower(hex(la.value)) end,
    case when lb.oid is not null then lower(hex(lb.value)) end,
    json_extract(d.value, '$[3]') || lower(hex(coalesce(la.key, lb.key))),
    coalesce(la.key, lb.key),
    la.oid,
    lb.oid
from revision f
join revision t
join json_each((
    with recursive walk (a, b, tree, tree_hex) as (
        -- a, b: what stands at one place of the two trees, > 0 a vertex, < 0 a leaf, null: nothing
        select nullif(f.root_oid, 0), nullif(t.root_oid, 0), '', ''
        where f.root <> t.root
        union all
        select
            json_extract(side.value, '$[0]'),
            json_extract(side.value, '$[1]'),
            case when json_array_length(side.value) = 3
                then w.tree || case w.tree when '' then '' else '/' end
                    || (select name from leaf_text n where n.oid = coalesce(la.oid, lb.oid))
                else w.tree
            end,
            case when json_array_length(side.value) = 3
                then w.tree_hex || lower(hex(coalesce(la.key, lb.key)))
                else w.tree_hex
            end
        from walk w
        left join vertex va on va.oid = w.a
        left join leaf la on la.oid = -w.a
        left join vertex vb on vb.oid = w.b
        left join leaf lb on lb.oid = -w.b
        join json_each(case
            -- the pairs below: [a, b], or [a, b, 1] where they are the tops of linked trees
            when coalesce(va.prefix, la.key) = coalesce(vb.prefix, lb.key) and coalesce(va.hash, la.hash) = coalesce(vb.hash, lb.hash)
                then '[]'
            when la.kind = 1 and lb.kind = 1 and la.key = lb.key then json_array(json_array(la.tree_oid, lb.tree_oid, 1))
            when la.kind = 1 and w.b is null then json_array(json_array(la.tree_oid, null, 1))
            when lb.kind = 1 and w.a is null then json_array(json_array(null, lb.tree_oid, 1))
            when (w.a is null or la.kind = 0) and (w.b is null or lb.kind = 0) and coalesce(la.key = lb.key, 1) then '[]'
            when w.b is null then json_array(json_array(va.left_oid, null), json_array(va.right_oid, null))
            when w.a is null then json_array(json_array(null, vb.left_oid), json_array(null, vb.right_oid))
            when va.prefix = vb.prefix then json_array(json_array(va.left_oid, vb.left_oid), json_array(va.right_oid, vb.right_oid))
            -- the bits of va begin those of b: all whole digits, and what is left of the next one; b stands on its left or right
            when va.depth <= coalesce(vb.depth, 8 * length(lb.key))
                and substr(hex(va.prefix), 1, va.depth / 4) = substr(hex(coalesce(vb.prefix, lb.key)), 1, va.depth / 4)
                and instr('123456789ABCDEF', substr(hex(va.prefix), va.depth / 4 + 1, 1)) >> (4 - va.depth % 4)
                    = instr('123456789ABCDEF', substr(hex(coalesce(vb.prefix, lb.key)), va.depth / 4 + 1, 1)) >> (4 - va.depth % 4)
                then case when coalesce(vb.prefix, lb.key) < va.prefix
                    then json_array(json_array(va.left_oid, w.b), json_array(va.right_oid, null))
                    else json_array(json_array(va.left_oid, null), json_array(va.right_oid, w.b))
                end
            when vb.depth <= coalesce(va.depth, 8 * length(la.key))
                and substr(hex(vb.prefix), 1, vb.depth / 4) = substr(hex(coalesce(va.prefix, la.key)), 1, vb.depth / 4)
                and instr('123456789ABCDEF', substr(hex(vb.prefix), vb.depth / 4 + 1, 1)) >> (4 - vb.depth % 4)
                    = instr('123456789ABCDEF', substr(hex(coalesce(va.prefix, la.key)), vb.depth / 4 + 1, 1)) >> (4 - vb.depth % 4)
                then case when coalesce(va.prefix, la.key) < vb.prefix
                    then json_array(json_array(w.a, vb.left_oid), json_array(null, vb.right_oid))
                    else json_array(json_array(null, vb.left_oid), json_array(w.a, vb.right_oid))
                end
            -- neither stands above the other: one after the other, a first where a value gives way to a tree or the other way
            when coalesce(va.prefix, la.key) <= coalesce(vb.prefix, lb.key) then json_array(json_array(w.a, null), json_array(null, w.b))
            else json_array(json_array(null, w.b), json_array(w.a, null))
        end) side
        where json_extract(side.value, '$[0]') is not json_extract(side.value, '$[1]')
    )
    select json_group_array(json_array(-w.a, -w.b, w.tree, w.tree_hex))
    from walk w
    left join leaf la on la.oid = -w.a
    left join leaf lb on lb.oid = -w.b
    where (w.a is null or la.kind = 0)
        and (w.b is null or lb.kind = 0)
        and (w.a is null or w.b is null or (la.key = lb.key and la.hash <> lb.hash))
)) d
left join leaf la on la.oid = json_extract(d.value, '$[0]')
left join leaf lb on lb.oid = json_extract(d.value, '$[1]')
where case when exists (select 1 from pruned where revision_id = f.id)
        then json_extract('{}', 'revision ' || f.id || ' was pruned') is null else 1 end
    and case when exists (select 1 from pruned where revision_id = t.id)
        then json_extract('{}', 'revision ' || t.id || ' was pruned') is null else 1 end;

CREATE VIEW rehash_table as
select
    rehashed.old_id,
    rehashed.revision_id as id,
    lower(hex(rehashed.old_hash)) as old_hash,
    lower(hex(revision.hash)) as hash,
    lower(hex(rehashed.old_root)) as old_root,
    lower(hex(revision.root)) as root
from rehashed
join revision on revision.id = rehashed.revision_id;

CREATE VIEW readable_leaf (oid, user_key, value) as
select
    oid,
    case when instr(user_key, x'00') = 0
        and (cast(user_key as text) not glob cast(x'2A5B5E012D7F5D2A' as text)
            or (
                -- what is not ASCII is looked at in windows: those characters that are frequent go all at once, of others eight a
                -- step, which are UTF-8 where their numbers make the same user_key; U+FFFE and U+FFFF have none here
                with recursive frequent (characters) as (values (' enirstahduolcgmbwfkzvpyxjqäöüßABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,.:;-_"''/()[]{}ÄÖÜéèàáóí')),
                seen (ahead, rest) as (
                    -- rest: what is left of a window; ahead: the first byte behind it
                    select 4001, ltrim(
                        replace(replace(cast(substr(user_key, 1, 4000) as text), cast(x'EFBFBE' as text), '???'), cast(x'EFBFBF' as text), '???'),
                        characters)
                    from frequent
                    union all
                    select
                        case when length(cast(rest as blob)) < 32 and ahead <= length(user_key)
                            then ahead - length(cast(rest as blob)) + 4000
                            else ahead
                        end,
                        case when length(cast(rest as blob)) < 32 and ahead <= length(user_key)
                            then ltrim(
                                replace(replace(
                                    cast(substr(user_key, ahead - length(cast(rest as blob)), 4000) as text),
                                    cast(x'EFBFBE' as text), '???'), cast(x'EFBFBF' as text), '???'),
                                characters)
                            else ltrim(substr(rest, 9), characters)
                        end
                    from seen
                    join frequent
                    where length(cast(rest as blob)) < 32 and ahead <= length(user_key)
                        or rest <> '' and substr(rest || '       ', 1, 8) = char(
                        unicode(substr(rest || '       ', 1, 1)),
                        unicode(substr(rest || '       ', 2, 1)),
                        unicode(substr(rest || '       ', 3, 1)),
                        unicode(substr(rest || '       ', 4, 1)),
                        unicode(substr(rest || '       ', 5, 1)),
                        unicode(substr(rest || '       ', 6, 1)),
                        unicode(substr(rest || '       ', 7, 1)),
                        unicode(substr(rest || '       ', 8, 1)))
                )
                select max(rest = '' and ahead > length(user_key)) from seen
            ))
        then cast(user_key as text)
        else '0x' || lower(hex(user_key))
    end,
    case when instr(value, x'00') = 0
        and (cast(value as text) not glob cast(x'2A5B5E012D7F5D2A' as text)
            or (
                -- what is not ASCII is looked at in windows: those characters that are frequent go all at once, of others eight a
                -- step, which are UTF-8 where their numbers make the same value; U+FFFE and U+FFFF have none here
                with recursive frequent (characters) as (values (' enirstahduolcgmbwfkzvpyxjqäöüßABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,.:;-_"''/()[]{}ÄÖÜéèàáóí')),
                seen (ahead, rest) as (
                    -- rest: what is left of a window; ahead: the first byte behind it
                    select 4001, ltrim(
                        replace(replace(cast(substr(value, 1, 4000) as text), cast(x'EFBFBE' as text), '???'), cast(x'EFBFBF' as text), '???'),
                        characters)
                    from frequent
                    union all
                    select
                        case when length(cast(rest as blob)) < 32 and ahead <= length(value)
                            then ahead - length(cast(rest as blob)) + 4000
                            else ahead
                        end,
                        case when length(cast(rest as blob)) < 32 and ahead <= length(value)
                            then ltrim(
                                replace(replace(
                                    cast(substr(value, ahead - length(cast(rest as blob)), 4000) as text),
                                    cast(x'EFBFBE' as text), '???'), cast(x'EFBFBF' as text), '???'),
                                characters)
                            else ltrim(substr(rest, 9), characters)
                        end
                    from seen
                    join frequent
                    where length(cast(rest as blob)) < 32 and ahead <= length(value)
                        or rest <> '' and substr(rest || '       ', 1, 8) = char(
                        unicode(substr(rest || '       ', 1, 1)),
                        unicode(substr(rest || '       ', 2, 1)),
                        unicode(substr(rest || '       ', 3, 1)),
                        unicode(substr(rest || '       ', 4, 1)),
                        unicode(substr(rest || '       ', 5, 1)),
                        unicode(substr(rest || '       ', 6, 1)),
                        unicode(substr(rest || '       ', 7, 1)),
                        unicode(substr(rest || '       ', 8, 1)))
                )
                select max(rest = '' and ahead > length(value)) from seen
            ))
        then cast(value as text)
        else '0x' || lower(hex(value))
    end
from leaf;

CREATE VIEW leaf_text (oid, key, name, value) as
select oid, key, replace(replace(key, '\', '\\'), '/', '\/'), value
from (
    select
        oid,
        case (select key_codec from store)
            when 'text' then cast(substr(leaf.key, 1, length(leaf.key) - 1) as text)
            when 'hashed' then (select user_key from readable_leaf where readable_leaf.oid = leaf.oid)
            else '0x' || lower(hex(leaf.key))
        end as key,
        case kind when 0 then (select value from readable_leaf where readable_leaf.oid = leaf.oid) end as value
    from leaf
);

CREATE VIEW history_of_key (
    revision, tree, key, kind, value, key_hex, value_hex, key_bytes, oid, written_in, height, time, author, message
) as
select
    r.id,
    case when l.tree_id = 0 then '' else (select n.path from tree_path n where n.id = l.tree_id) end,
    case (select key_codec from store)
        when 'text' then cast(substr(l.key, 1, length(l.key) - 1) as text)
        when 'hashed' then (select t.key from leaf_text t where t.oid = l.oid)
        else '0x' || lower(hex(l.key))
    end,
    case l.kind when 0 then 'value' when 1 then 'tree' else 'deleted' end,
    case l.kind when 1 then lower(hex(l.value)) else (select t.value from leaf_text t where t.oid = l.oid) end,
    lower(hex(l.key)),
    case when l.kind <> 2 then lower(hex(l.value)) end,
    l.key,
    l.oid,
    w.id,
    w.height,
    strftime('%Y-%m-%dT%H:%M:%fZ', w.committed_at / 1000.0, 'unixepoch'),
    w.author,
    w.message
from revision r
join leaf l on likelihood(l.oid <= r.last_oid, 1.0)
join revision w on w.id = l.revision_id
where (r.id = r.height + 1
        or (select w.line_id from revision w where w.id = l.revision_id)
            in (select q.log_id from line_part q where q.revision = r.id and q.last_oid >= l.oid))
    and case when exists (select 1 from pruned where revision_id = r.id)
        then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end;

CREATE VIEW line_node (line_id, height, level, hash) as
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

CREATE VIEW keyed_leaf (oid, tree_id, kind, revision_id, key_text) as
select oid, tree_id, kind, revision_id, cast(substr(key, 1, length(key) - 1) as text)
from leaf;

CREATE VIEW linked_leaf_at_by_text (
    revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in
) as
select
    r.id,
    json_extract(found.value, '$[1]'),
    json_extract(found.value, '$[2]'),
    cast(substr(l.key, 1, length(l.key) - 1) as text),
    l.key,
    l.oid,
    r.committed_at,
    1,
    l.value,
    l.revision_id
from revision r
join json_each((
    with recursive walk (link, tree, tree_hex) as (
        select link, '', '' from linked_top where revision = r.id and link <> 0
        union all
        select
            case when v.oid is null then l.tree_oid when side.bit = '0' then v.left_oid else v.right_oid end,
            case when v.oid is null
                then w.tree || case w.tree when '' then '' else '/' end || replace(replace(cast(substr(l.key, 1, length(l.key) - 1) as text), '\', '\\'), '/', '\/')
                else w.tree
            end,
            case when v.oid is null then w.tree_hex || lower(hex(l.key)) else w.tree_hex end
        from walk w
        left join vertex v on v.oid = w.link
        left join leaf l on l.oid = -w.link
        join (select '0' as bit union all select '1') side on v.oid is not null or (l.kind = 1 and side.bit = '0')
    )
    select json_group_array(json_array(-w.link, w.tree, w.tree_hex)) from walk w where w.link < 0
)) found
join leaf l on l.oid = json_extract(found.value, '$[0]')
where exists (select 1 from tree)
    and l.kind = 0
    and case when exists (select 1 from pruned where revision_id = r.id)
        then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end;

CREATE VIEW linked_leaf_at (
    revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in
) as
select
    r.id,
    json_extract(found.value, '$[1]'),
    json_extract(found.value, '$[2]'),
    case (select key_codec from store)
        when 'text' then cast(substr(l.key, 1, length(l.key) - 1) as text)
        when 'hashed' then (select t.key from leaf_text t where t.oid = l.oid)
        else '0x' || lower(hex(l.key))
    end,
    l.key,
    l.oid,
    r.committed_at,
    1,
    l.value,
    l.revision_id
from revision r
join json_each((
    with recursive walk (link, tree, tree_hex) as (
        select link, '', '' from linked_top where revision = r.id and link <> 0
        union all
        select
            case when v.oid is null then l.tree_oid when side.bit = '0' then v.left_oid else v.right_oid end,
            case when v.oid is null
                then w.tree || case w.tree when '' then '' else '/' end || (select name from leaf_text t where t.oid = l.oid)
                else w.tree
            end,
            case when v.oid is null then w.tree_hex || lower(hex(l.key)) else w.tree_hex end
        from walk w
        left join vertex v on v.oid = w.link
        left join leaf l on l.oid = -w.link
        join (select '0' as bit union all select '1') side on v.oid is not null or (l.kind = 1 and side.bit = '0')
    )
    select json_group_array(json_array(-w.link, w.tree, w.tree_hex)) from walk w where w.link < 0
)) found
join leaf l on l.oid = json_extract(found.value, '$[0]')
where exists (select 1 from tree)
    and l.kind = 0
    and case when exists (select 1 from pruned where revision_id = r.id)
        then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end;

CREATE VIEW leaf_at_by_key (
    revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in
) as
select
    s.revision,
    s.tree,
    s.tree_hex,
    (
        select case (select key_codec from store)
                when 'text' then cast(substr(l.key, 1, length(l.key) - 1) as text)
                when 'hashed' then (select t.key from leaf_text t where t.oid = l.oid)
                else '0x' || lower(hex(l.key))
            end
        from leaf l
        where l.oid = s.oid
    ),
    s.key_bytes,
    s.oid,
    (select r.committed_at from revision r where r.id = s.revision),
    s.linked,
    (select x.value from leaf x where x.oid = s.oid),
    (select x.revision_id from leaf x where x.oid = s.oid)
from (
    select r.id as revision, '' as tree, '' as tree_hex, l.key as key_bytes, max(l.oid) as oid, 0 as linked
    from revision r
    join leaf l on likelihood(l.oid <= r.last_oid, 1.0)
    where r.id = r.height + 1
        and case when exists (select 1 from pruned where revision_id = r.id)
            then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
        and l.tree_id = 0
    group by r.id, l.key
    having l.kind = 0
    union all
    select r.id, '', '', l.key, l.oid, 0
    from revision r
    join line_part p on p.revision = r.id
    join leaf l on likelihood(l.oid >= p.first_oid, 1.0) and likelihood(l.oid <= p.last_oid, 1.0)
    where r.id <> r.height + 1
        and case when exists (select 1 from pruned where revision_id = r.id)
            then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
        and l.tree_id = 0
        and l.kind = 0
        and (p.whole or (select w.line_id from revision w where w.id = l.revision_id) = p.log_id)
        and not exists (
            select 1
            from leaf n
            where n.key = l.key
                and n.oid > l.oid
                and n.oid <= r.last_oid
                and n.tree_id = 0
                and (select w.line_id from revision w where w.id = n.revision_id)
                    in (select q.log_id from line_part q where q.revision = r.id and q.last_oid >= n.oid)
        )
    union all
    select revision, tree, tree_hex, key_bytes, oid, 1 from linked_leaf_at
) s;

CREATE VIEW leaf_at (
    revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in
) as
select * from leaf_at_unindexed;

CREATE VIEW history_of_text (
    revision, tree, key, kind, value, key_hex, value_hex, key_bytes, oid, written_in, height, time, author, message
) as
select
    r.id,
    case when l.tree_id = 0 then '' else (select n.path from tree_path n where n.id = l.tree_id) end,
    k.key_text,
    case l.kind when 0 then 'value' when 1 then 'tree' else 'deleted' end,
    case l.kind when 1 then lower(hex(l.value)) else (select t.value from leaf_text t where t.oid = l.oid) end,
    lower(hex(l.key)),
    case when l.kind <> 2 then lower(hex(l.value)) end,
    l.key,
    l.oid,
    w.id,
    w.height,
    strftime('%Y-%m-%dT%H:%M:%fZ', w.committed_at / 1000.0, 'unixepoch'),
    w.author,
    w.message
from revision r
join keyed_leaf k on likelihood(k.oid <= r.last_oid, 1.0)
join leaf l on l.oid = k.oid
join revision w on w.id = l.revision_id
where (r.id = r.height + 1
        or (select w.line_id from revision w where w.id = l.revision_id)
            in (select q.log_id from line_part q where q.revision = r.id and q.last_oid >= l.oid))
    and case when exists (select 1 from pruned where revision_id = r.id)
        then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end;

CREATE VIEW history_of as
select * from history_of_key;

CREATE VIEW proof_of (revision, key, step, tree, side, depth, hash, skip, own_skip, path_hex, key_bytes) as
select
    k.revision,
    k.key,
    json_extract(p.value, '$[0]'),
    json_extract(p.value, '$[1]'),
    json_extract(p.value, '$[2]'),
    json_extract(p.value, '$[3]'),
    json_extract(p.value, '$[4]'),
    json_extract(p.value, '$[5]'),
    json_extract(p.value, '$[6]'),
    k.tree_hex || lower(hex(k.key_bytes)),
    k.key_bytes
from leaf_at k
join revision r on r.id = k.revision
join json_each((
    with recursive walk (step, link, sibling, side, from_bit, root, tree, rest) as (
        -- link: a node of the path, > 0 a vertex, < 0 minus the OID of a leaf; sibling, side: the other child of its vertex,
        -- null at the top of a tree, whose root is there then; from_bit: where its skip begins;
        -- rest: what is left of the path below the trees that were passed
        select 0, r.root_oid, null, 'root', 0, r.root, '', upper(k.tree_hex || hex(k.key_bytes))
        union all
        select
            w.step + 1,
            case when v.oid is null then l.tree_oid when w.rest < hex(v.prefix) then v.left_oid else v.right_oid end,
            case when w.rest < hex(v.prefix) then v.right_oid else v.left_oid end,
            case when v.oid is null then 'root' when w.rest < hex(v.prefix) then 'right' else 'left' end,
            coalesce(v.depth + 1, 0),
            l.value,
            case when v.oid is null
                then w.tree || case w.tree when '' then '' else '/' end || (select name from leaf_text t where t.oid = l.oid)
                else w.tree
            end,
            case when v.oid is null then substr(w.rest, 2 * length(l.key) + 1) else w.rest end
        from walk w
        left join vertex v on v.oid = w.link
        left join leaf l on l.oid = -w.link
        where v.oid is not null
            or (l.kind = 1 and hex(l.key) = substr(w.rest, 1, 2 * length(l.key)) and length(w.rest) > 2 * length(l.key))
    ),
    level as (
        select
            w.*,
            coalesce(v.depth, 8 * length(l.key)) - w.from_bit as own_bits,
            coalesce(sv.depth, 8 * length(sl.key)) - w.from_bit as skip_bits,
            (coalesce(v.depth, 8 * length(l.key)) + 3) / 4 - w.from_bit / 4 as own_digits,
            (coalesce(sv.depth, 8 * length(sl.key)) + 3) / 4 - w.from_bit / 4 as skip_digits,
            lower(hex(coalesce(v.prefix, l.key))) as own_hex,
            lower(hex(coalesce(sv.prefix, sl.key))) as skip_hex,
            lower(hex(l.hash)) as leaf_hash,
            lower(hex(coalesce(sv.hash, sl.hash, w.root))) as hash,
            case when l.kind = 1 and hex(l.key) = substr(w.rest, 1, 2 * length(l.key)) and length(w.rest) > 2 * length(l.key)
                then 'link' else 'leaf' end as kind,
            (select t.key from leaf_text t where t.oid = l.oid) as key
        from walk w
        left join vertex v on v.oid = w.link
        left join leaf l on l.oid = -w.link
        left join vertex sv on sv.oid = w.sibling
        left join leaf sl on sl.oid = -w.sibling
    ),
    spelled as (
        -- bits: the digits that hold the two skips, the own one first, each digit as its four bits;
        -- by way of g and h, since 0 and 1 are digits too
        select
            level.*,
            replace(replace(replace(replace(replace(replace(replace(replace(replace(
            replace(replace(replace(replace(replace(replace(replace(replace(replace(
                substr(own_hex, from_bit / 4 + 1, own_digits) || coalesce(substr(skip_hex, from_bit / 4 + 1, skip_digits), ''),
                '0', 'gggg'), '1', 'gggh'), '2', 'gghg'), '3', 'gghh'), '4', 'ghgg'), '5', 'ghgh'), '6', 'ghhg'),
                '7', 'ghhh'), '8', 'hggg'), '9', 'hggh'), 'a', 'hghg'), 'b', 'hghh'), 'c', 'hhgg'), 'd', 'hhgh'),
                'e', 'hhhg'), 'f', 'hhhh'), 'g', '0'), 'h', '1') as bits
        from level
    )
    select json_group_array(json_array(step, tree, side, depth, hash, skip, own_skip))
    from (
        select
            row_number() over (order by s.step, part.n) - 1 as step,
            s.tree,
            case part.n when 0 then s.side else s.kind end as side,
            case when part.n = 0 and s.sibling is not null then s.from_bit - 1 end as depth,
            case part.n when 0 then s.hash else s.leaf_hash end as hash,
            case part.n when 0 then substr(s.bits, 4 * s.own_digits + s.from_bit % 4 + 1, s.skip_bits) end as skip,
            case part.n when 0 then substr(s.bits, s.from_bit % 4 + 1, s.own_bits) end as own_skip
        from spelled s
        join (select 0 as n union all select 1) part on part.n = 0 or s.link < 0
    )
)) p;

CREATE VIEW branch (name, revision_id) as
select name, coalesce(revision_id, (select max(id) from revision))
from branch_head;

CREATE VIEW line_part (revision, log_id, first_oid, last_oid, whole) as
select r.id, upto.line_id, begun.first_oid, upto.last_oid, upto.id - begun.id = upto.height - begun.height
from revision r
join json_each((
    with recursive chain (log_id, size) as (
        select r.line_id, r.height + 1
        union all
        select log.parent_id, log.fork_size
        from chain
        join log on log.id = chain.log_id
        where log.parent_id is not null
    )
    select json_group_array(json_array(
        coalesce(
            (select x.id from revision x where x.id = log.fork_size + 1 and x.id = x.height + 1 and x.line_id = log.id),
            (select x.id from revision x where x.line_id = log.id and x.height = log.fork_size and x.id <> x.height + 1)
        ),
        coalesce(
            (select x.id from revision x where x.id = chain.size and x.id = x.height + 1 and x.line_id = log.id),
            (select x.id from revision x where x.line_id = log.id and x.height = chain.size - 1 and x.id <> x.height + 1)
        )
    ))
    from chain
    join log on log.id = chain.log_id
)) part
join revision begun on begun.id = json_extract(part.value, '$[0]')
join revision upto on upto.id = json_extract(part.value, '$[1]');

CREATE VIEW linked_top (revision, link) as
select r.id, (
    with recursive down (link) as (
        select r.root_oid
        union all
        select case when t.key < v.prefix then v.left_oid else v.right_oid end
        from down d
        join vertex v on v.oid = d.link
    )
    select d.link
    from down d
    join leaf l on l.oid = -d.link
    where l.key = t.key and l.kind = 1
)
from revision r
join tree t on t.parent_id = 0;

CREATE VIEW leaf_at_by_text (
    revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in
) as
select
    s.revision,
    s.tree,
    s.tree_hex,
    s.key,
    cast(s.key || cast(x'00' as text) as blob),
    s.oid,
    (select r.committed_at from revision r where r.id = s.revision),
    s.linked,
    (select x.value from leaf x where x.oid = s.oid),
    (select x.revision_id from leaf x where x.oid = s.oid)
from (
    -- where all revisions up to this one are on its line, the last leaf of each key; other columns of such a group are those of the row
    -- that has the max()
    select r.id as revision, '' as tree, '' as tree_hex, l.key_text as key, max(l.oid) as oid, 0 as linked
    from revision r
    join keyed_leaf l on likelihood(l.oid <= r.last_oid, 1.0)
    where r.id = r.height + 1
        and case when exists (select 1 from pruned where revision_id = r.id)
            then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
        and l.tree_id = 0
    group by r.id, l.key_text
    having l.kind = 0
    union all
    -- where some are not, each leaf on the line that no later leaf of its key on the line replaces; a range of OIDs takes out few, so
    -- a range of keys goes first (likelihood)
    select r.id, '', '', l.key_text, l.oid, 0
    from revision r
    join line_part p on p.revision = r.id
    join keyed_leaf l on likelihood(l.oid >= p.first_oid, 1.0) and likelihood(l.oid <= p.last_oid, 1.0)
    where r.id <> r.height + 1
        and case when exists (select 1 from pruned where revision_id = r.id)
            then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
        and l.tree_id = 0
        and l.kind = 0
        and (p.whole or (select w.line_id from revision w where w.id = l.revision_id) = p.log_id)
        and not exists (
            select 1
            from keyed_leaf n
            where n.key_text = l.key_text
                and n.oid > l.oid
                and n.oid <= r.last_oid
                and n.tree_id = 0
                and (select w.line_id from revision w where w.id = n.revision_id)
                    in (select q.log_id from line_part q where q.revision = r.id and q.last_oid >= n.oid)
        )
    union all
    select revision, tree, tree_hex, key, oid, 1 from linked_leaf_at_by_text
) s;

CREATE VIEW leaf_at_unindexed (
    revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in
) as
select
    s.revision,
    s.tree,
    s.tree_hex,
    s.key,
    s.key_bytes,
    s.oid,
    (select r.committed_at from revision r where r.id = s.revision),
    s.linked,
    (select x.value from leaf x where x.oid = s.oid),
    (select x.revision_id from leaf x where x.oid = s.oid)
from (
    -- where all revisions up to this one are on its line, the last leaf of each key; by the text of keys that are text
    select
        r.id as revision,
        '' as tree,
        '' as tree_hex,
        l.key_text as key,
        cast(l.key_text || cast(x'00' as text) as blob) as key_bytes,
        max(l.oid) as oid,
        0 as linked
    from store c
    join revision r
    join keyed_leaf l on likelihood(l.oid <= r.last_oid, 1.0)
    where c.key_codec = 'text'
        and r.id = r.height + 1
        and case when exists (select 1 from pruned where revision_id = r.id)
            then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
        and l.tree_id = 0
    group by r.id, l.key_text
    having l.kind = 0
    union all
    select g.revision, '', '', (select t.key from leaf_text t where t.oid = g.oid), g.key_bytes, g.oid, 0
    from (
        select r.id as revision, l.key as key_bytes, max(l.oid) as oid
        from store c
        join revision r
        join leaf l on likelihood(l.oid <= r.last_oid, 1.0)
        where c.key_codec <> 'text'
            and r.id = r.height + 1
            and case when exists (select 1 from pruned where revision_id = r.id)
                then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
            and l.tree_id = 0
        group by r.id, l.key
        having l.kind = 0
    ) g
    union all
    -- where some are not, each leaf to which its key leads down the tree
    select r.id, '', '', l.key_text, cast(l.key_text || cast(x'00' as text) as blob), l.oid, 0
    from store c
    join revision r
    join keyed_leaf l on likelihood(l.oid <= r.last_oid, 1.0)
    where c.key_codec = 'text'
        and r.id <> r.height + 1
        and case when exists (select 1 from pruned where revision_id = r.id)
            then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
        and l.tree_id = 0
        and l.kind = 0
        and l.oid = -(
            with recursive down (link) as (
                select r.root_oid
                union all
                select case when cast(l.key_text || cast(x'00' as text) as blob) < v.prefix then v.left_oid else v.right_oid end
                from down d
                join vertex v on v.oid = d.link
            )
            select d.link from down d where d.link < 0
        )
    union all
    select r.id, '', '', (select t.key from leaf_text t where t.oid = l.oid), l.key, l.oid, 0
    from store c
    join revision r
    join leaf l on likelihood(l.oid <= r.last_oid, 1.0)
    where c.key_codec <> 'text'
        and r.id <> r.height + 1
        and case when exists (select 1 from pruned where revision_id = r.id)
            then json_extract('{}', 'revision ' || r.id || ' was pruned') is null else 1 end
        and l.tree_id = 0
        and l.kind = 0
        and l.oid = -(
            with recursive down (link) as (
                select r.root_oid
                union all
                select case when l.key < v.prefix then v.left_oid else v.right_oid end
                from down d
                join vertex v on v.oid = d.link
            )
            select d.link from down d where d.link < 0
        )
    union all
    select revision, tree, tree_hex, key, key_bytes, oid, 1 from linked_leaf_at
) s;

CREATE VIEW state_at (
    revision, tree, key, value, json, key_hex, value_hex, path_hex, key_bytes, value_bytes, oid, written_in, time, linked
) as
select
    l.revision,
    l.tree,
    l.key,
    (
        select case
            when not exists (select 1 from other_value) then cast(x.value as text)
            when x.value < x'80' and instr(x.value || x'00', cast(x'00' as text)) > length(x.value)
                and cast(x.value as text) not glob cast(x'2AEFBFBD2A' as text)
                then cast(x.value as text)
            else (select t.value from readable_leaf t where t.oid = x.oid)
        end
        from leaf x
        where x.oid = l.oid
    ),
    (
        select case when json_valid(cast(x.value as text))
            then case
                when not exists (select 1 from other_value) then json(cast(x.value as text))
                when x.value < x'80' and instr(x.value || x'00', cast(x'00' as text)) > length(x.value)
                    and cast(x.value as text) not glob cast(x'2AEFBFBD2A' as text)
                    then json(cast(x.value as text))
                else (select json(t.value) from readable_leaf t where t.oid = x.oid and json_valid(t.value))
            end
        end
        from leaf x
        where x.oid = l.oid
    ),
    lower(hex(l.key_bytes)),
    lower(hex(l.value)),
    l.tree_hex || lower(hex(l.key_bytes)),
    l.key_bytes,
    l.value,
    l.oid,
    l.written_in,
    strftime('%Y-%m-%dT%H:%M:%fZ', l.committed_at / 1000.0, 'unixepoch'),
    l.linked
from leaf_at l;
