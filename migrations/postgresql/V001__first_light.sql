-- The tables of a Dacite store. Rows are only ever appended, and pruned whole; only branches, tags and rules move.
-- The same columns as on SQLite; what stands behind each column there is said here by COMMENT ON, so that psql's \d+ shows it.

create table store (
    one            integer not null primary key check (one = 1),
    format_version integer not null check (format_version >= 1),
    hash_algorithm text    not null check (hash_algorithm in ('sha256', 'sha3-256', 'blake2b-256')),
    key_codec      text    not null check (key_codec in ('text', 'bytes', 'uint', 'hashed'))
);
comment on table store is 'One row: what this store is';
comment on column store.one is 'always 1: the table has one row';
comment on column store.format_version is 'the number of the newest migration; a Dacite opens its own and refuses newer ones';
comment on column store.hash_algorithm is 'H of the canonical form; chosen at init for ever';
comment on column store.key_codec is 'how a user''s key becomes bytes; chosen at init for ever';

create table log (
    id        bigint not null primary key check (id >= 1),
    name      text unique check (length(name) between 1 and 255),
    parent_id bigint references log (id) check (parent_id < id),
    fork_size bigint not null check (fork_size >= 0),
    check ((parent_id is null) = (fork_size = 0))
);
comment on table log is 'One row for each sequential tree (RFC 6962): the lines of revisions, and the logs that people name';
comment on column log.id is 'given out in ascending order by the one writer';
comment on column log.name is 'what people call it; null: a line of revisions, whose entries are their hashes';
comment on column log.parent_id is 'the log that its first entries stand in; null: it holds all of them itself';
comment on column log.fork_size is 'how many those are';

create table log_node (
    log_id   bigint not null references log (id),
    position bigint not null check (position >= 0),
    hash     bytea  not null check (length(hash) = 32),
    primary key (log_id, position)
);
comment on table log_node is 'The nodes of the sequential trees that are complete, each written once by the entry that completed it';
comment on column log_node.log_id is 'the log that the node was written in';
comment on column log_node.position is 'where it stands in postfix order: ((key-1)|key) - popcount(key), its key counted in infix order from 1';
comment on column log_node.hash is 'RFC 6962: H(00 ‖ entry) of a leaf, H(01 ‖ left ‖ right) of a perfect subtree';

create table log_entry (
    log_id bigint not null references log (id),
    number bigint not null check (number >= 0),
    entry  bytea  not null,
    primary key (log_id, number)
);
comment on table log_entry is 'The records of the logs that people name';
comment on column log_entry.log_id is 'the named log that it was appended to';
comment on column log_entry.number is 'its place, counted from 0';
comment on column log_entry.entry is 'the record';

create table revision (
    id           bigint  not null primary key check (id >= 1),
    line_id      bigint  not null references log (id),
    parent_id    bigint references revision (id) check (parent_id < id),
    height       bigint  not null check (height >= 0),
    root_oid     bigint  not null check (abs(root_oid) <= last_oid),
    root         bytea   not null check (length(root) = 32),
    history      bytea   not null check (length(history) = 32),
    hash         bytea   not null check (length(hash) = 32),
    leaf_count   bigint  not null check (leaf_count >= 0),
    committed_at bigint  not null,
    author       text    not null,
    message      text    not null,
    first_oid    bigint  not null check (first_oid >= 1),
    last_oid     bigint  not null check (last_oid >= first_oid - 1),
    unique (line_id, height)
);
comment on table revision is 'One row for each commit: a whole version of the map';
comment on column revision.id is 'given out in ascending order by the one writer';
comment on column revision.line_id is 'the log in which its hash is the entry of the number height';
comment on column revision.parent_id is 'the revision this one was committed on; null: the first of its line';
comment on column revision.height is 'how many revisions of its line stand before it';
comment on column revision.root_oid is 'link to the top node: > 0 a vertex, < 0 minus the OID of a leaf, 0 the empty tree';
comment on column revision.root is 'root hash of the whole map';
comment on column revision.history is 'RFC 6962 tree hash over the hashes of all earlier revisions of its line';
comment on column revision.hash is 'hash of the revision: height, root, history, time, author, message';
comment on column revision.leaf_count is 'leaves of the map that hold a value, those of linked trees included';
comment on column revision.committed_at is 'milliseconds since 1970-01-01 UTC, as the author gave it';
comment on column revision.author is 'who made it';
comment on column revision.message is 'why';
comment on column revision.first_oid is 'the first OID that it gave out, to a vertex or a leaf';
comment on column revision.last_oid is 'the last one, included; first_oid - 1: it gave out none';

create table branch (
    name        text   not null primary key check (length(name) between 1 and 255),
    revision_id bigint not null references revision (id)
);
comment on table branch is 'The lines that people work on';
comment on column branch.name is 'what people call the line';
comment on column branch.revision_id is 'its head, which moves';

create table tag (
    name        text   not null primary key check (length(name) between 1 and 255),
    revision_id bigint not null references revision (id)
);
comment on table tag is 'Names of single revisions';
comment on column tag.name is 'what people call the revision';
comment on column tag.revision_id is 'the revision';

create table retention (
    rule   text   not null primary key check (rule in ('last', 'since', 'age', 'every', 'tags')),
    amount bigint not null check (amount >= 1)
);
comment on table retention is 'What pruning keeps besides the heads of branches; no row at all: everything';
comment on column retention.rule is 'what kind of rule';
comment on column retention.amount is 'last: so many of each branch; since: made at that time or later, in ms since 1970 UTC; age: made at most so many ms ago; every: those whose height it divides; tags: always 1';

create table pruned (
    revision_id bigint  not null primary key references revision (id),
    swept       integer not null check (swept in (-1, 0, 1))
);
comment on table pruned is 'Revisions whose state is given up';
comment on column pruned.revision_id is 'a revision whose row stays, while the vertices and leaves that no other needs go';
comment on column pruned.swept is '1 when those are gone; -1: it may still be taken back, for somebody who opened it meanwhile';

create table tree (
    id        bigint not null primary key check (id >= 1),
    parent_id bigint not null check (parent_id >= 0 and parent_id < id),
    key       bytea  not null check (length(key) between 1 and 1025),
    user_key  bytea,
    unique (parent_id, key)
);
comment on table tree is 'One row for each path at which a named tree was ever written; the top tree is 0 and has no row';
comment on column tree.id is '0 stands for the top tree and has no row';
comment on column tree.parent_id is 'the tree whose key names this one';
comment on column tree.key is 'canonical key of the link in the parent tree';
comment on column tree.user_key is 'what the user called it, where the key codec is ''hashed''; else null';

create table vertex (
    oid        bigint  not null primary key check (oid >= 1),
    prefix     bytea   not null check (length(prefix) = depth / 8 + 1),
    depth      integer not null check (depth between 0 and 8199),
    left_oid   bigint  not null check (left_oid <> 0 and abs(left_oid) < oid),
    right_oid  bigint  not null check (right_oid <> 0 and abs(right_oid) < oid),
    leaf_count bigint  not null check (leaf_count >= 2),
    hash       bytea   not null check (length(hash) = 32)
);
comment on table vertex is 'One row for each inner node: it stands exactly where two keys first differ';
comment on column vertex.oid is 'object identifier, ascending in postfix order, shared with leaf';
comment on column vertex.prefix is 'the bits that all keys below share, padded: a one, then zeros to a whole byte';
comment on column vertex.depth is 'how many bits those are, counted from the top of the vertex''s own tree';
comment on column vertex.left_oid is 'link to the child whose keys sort before prefix: > 0 a vertex, < 0 minus the OID of a leaf';
comment on column vertex.right_oid is 'link to the child whose keys sort at or after prefix';
comment on column vertex.leaf_count is 'leaves below that hold a value, those of linked trees included';
comment on column vertex.hash is 'H(01 ‖ left hash ‖ enc(left skip) ‖ right hash ‖ enc(right skip))';

create table leaf (
    oid             bigint   not null primary key check (oid >= 1),
    tree_id         bigint   not null check (tree_id >= 0),
    key             bytea    not null check (length(key) between 1 and 1025),
    user_key        bytea,
    kind            smallint not null check (kind in (0, 1, 2)),
    value           bytea,
    tree_oid        bigint check (tree_oid <> 0 and abs(tree_oid) < oid),
    tree_leaf_count bigint check (tree_leaf_count >= 1),
    hash            bytea check (length(hash) = 32),
    previous_oid    bigint check (previous_oid >= 1 and previous_oid < oid),
    revision_id     bigint   not null check (revision_id >= 1),
    check ((kind = 2) = (value is null) and (kind = 2) = (hash is null)),
    check ((kind = 1) = (tree_oid is not null) and (kind = 1) = (tree_leaf_count is not null)),
    check (kind <> 1 or length(value) = 32),
    check (kind <> 2 or previous_oid is not null)
);
comment on table leaf is 'One row for each change of a key: the leaves of every version, and the change log of the store';
comment on column leaf.oid is 'object identifier, ascending in key order within a revision''s tree, shared with vertex';
comment on column leaf.tree_id is 'the tree it was written in: tree.id, 0 for the top';
comment on column leaf.key is 'canonical key';
comment on column leaf.user_key is 'what the user called it, where the key codec is ''hashed''; else null';
comment on column leaf.kind is '0 a value, 1 a linked tree, 2 deleted: a row of the change log that no vertex links to';
comment on column leaf.value is 'the value; of a linked tree its root hash; of a deletion null';
comment on column leaf.tree_oid is 'link to the top node of the linked tree; else null';
comment on column leaf.tree_leaf_count is 'leaves of the linked tree that hold a value; else null';
comment on column leaf.hash is 'H(00 ‖ value), of a linked tree H(03 ‖ root); of a deletion null';
comment on column leaf.previous_oid is 'the leaf that this one replaces or deletes, which may have been pruned; null: there was none';
comment on column leaf.revision_id is 'the revision that wrote it';

-- The functions that a Dacite connection to SQLite brings along, so that one statement serves both engines.

create function dacite_text(bytes bytea) returns text language plpgsql immutable strict as $$
begin
    return convert_from(bytes, 'UTF8');
exception when others then
    return null;
end $$;
comment on function dacite_text is 'the bytes as text where they are UTF-8 without NUL, else null';

create function hex(bytes bytea) returns text language sql immutable strict as
    $$ select upper(encode(bytes, 'hex')) $$;
comment on function hex is 'upper-case hexadecimal, as on SQLite';

create function bits(bytes bytea, length integer) returns text language sql immutable strict as
    $$ select substring((('x' || encode(bytes, 'hex'))::varbit)::text for length) $$;
comment on function bits is 'the first bits of a key or a padded prefix, as 0s and 1s';

create function key_text(key bytea) returns text language plpgsql stable strict set search_path from current as $$
declare
    codec text := (select key_codec from store);
begin
    return case
        when codec = 'text' then dacite_text(substring(key for length(key) - 1))
        when codec = 'uint' then (('x' || encode(key, 'hex'))::bit(64)::bigint)::text
        when codec = 'hashed' then '0x' || encode(key, 'hex')
        else coalesce(dacite_text(key), '0x' || encode(key, 'hex'))
    end;
end $$;
comment on function key_text is 'a canonical key as its user typed it; of a hashed key the hash';

create function dacite_skip(bytes bytea, from_bit integer, to_bit integer) returns bytea language sql immutable strict as $$
    select case when to_bit <= from_bit then '\x00'::bytea else
        case when (to_bit - from_bit) / 8 + 1 < 128
            then set_byte('\x00'::bytea, 0, (to_bit - from_bit) / 8 + 1)
            else set_byte(set_byte('\x0000'::bytea, 0, ((to_bit - from_bit) / 8 + 1) % 128 + 128), 1, ((to_bit - from_bit) / 8 + 1) / 128)
        end
        || substring(varbit_send(
            substring(('x' || encode(bytes, 'hex'))::varbit from from_bit + 1 for to_bit - from_bit) || B'1') from 5)
    end $$;
comment on function dacite_skip is 'enc(bits from_bit … to_bit) of the canonical form: the length as a varint, then the padded bits';

create function dacite_hash(bytes bytea) returns bytea language plpgsql stable strict set search_path from current as $$
declare
    algorithm text := (select hash_algorithm from store);
begin
    if algorithm = 'sha256' then
        return sha256(bytes);
    end if;
    raise exception 'dacite_hash: expected a store with sha256, which PostgreSQL has built in, got %', algorithm
        using hint = 'use dacite fsck, which hashes in Java';
end $$;
comment on function dacite_hash is 'H of the canonical form, for a store with sha256';

create view readable (what, oid, text) as
select what, oid, coalesce(dacite_text(bytes), '0x' || encode(bytes, 'hex'))
from (
    select 'value' as what, oid, value as bytes from leaf where kind = 0
    union all
    select 'key' as what, oid, user_key as bytes from leaf where user_key is not null
    union all
    select 'tree' as what, id as oid, user_key as bytes from tree where user_key is not null
) given;
comment on view readable is 'The values, and the names that users gave to hashed keys and to trees, as people read them: as text where the bytes are UTF-8 without NUL, else as 0x and hex';

create view leaf_text (oid, key, name, value) as
select oid, key, replace(replace(key, '\', '\\'), '/', '\/'), value
from (
    select
        oid,
        case (select key_codec from store)
            when 'text' then dacite_text(substring(leaf.key for length(leaf.key) - 1))
            when 'hashed' then (select text from readable where what = 'key' and readable.oid = leaf.oid)
            else '0x' || encode(leaf.key, 'hex')
        end as key,
        case kind when 0 then (select text from readable where what = 'value' and readable.oid = leaf.oid) end as value
    from leaf
) read_leaf;
comment on view leaf_text is 'Every leaf row as people read it: its key, the key as the name of a tree in a path (\/ a slash, \\ a backslash), its value, null where it holds none; keys of the codecs bytes and uint as 0x and hex, which sorts as they do';

create view tree_path as
with recursive named (id, path) as (
    select 0::bigint, ''::text
    union all
    select tree.id,
        named.path || case named.id when 0 then '' else '/' end
            || replace(replace(case (select key_codec from store)
                when 'text' then dacite_text(substring(tree.key for length(tree.key) - 1))
                when 'hashed' then (select text from readable where what = 'tree' and readable.oid = tree.id)
                else '0x' || encode(tree.key, 'hex')
            end, '\', '\\'), '/', '\/')
    from named
    join tree on tree.parent_id = named.id
)
select id, path from named;
comment on view tree_path is 'Every named tree with its path: the names from the top as text, joined by ''/''; within a name \/ is a slash, \\ a backslash';

create view leaf_log as
select
    leaf.oid,
    leaf.revision_id,
    tree_path.path as tree,
    leaf_text.key,
    encode(leaf.key, 'hex') as key_hex,
    case leaf.kind when 0 then 'value' when 1 then 'tree' else 'deleted' end as kind,
    leaf_text.value,
    encode(leaf.value, 'hex') as value_hex,
    leaf.previous_oid
from leaf
join leaf_text on leaf_text.oid = leaf.oid
left join tree_path on tree_path.id = leaf.tree_id;
comment on view leaf_log is 'The change log in readable form, for any SQL prompt: one row a leaf row, keys and values as people read them and as hex';
