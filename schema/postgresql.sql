-- The tables of a Dacite store as PostgreSQL reports them after all of migrations/postgresql.
-- Generated, not to be edited: CONTRIBUTING.md says how.

create table store (
    one integer not null,
    format_version integer not null,
    hash_algorithm text not null,
    key_codec text not null,
    constraint store_pkey PRIMARY KEY (one),
    constraint store_format_version_check CHECK ((format_version >= 1)),
    constraint store_hash_algorithm_check CHECK ((hash_algorithm = ANY (ARRAY['sha256'::text, 'sha3-256'::text, 'blake2b-256'::text]))),
    constraint store_key_codec_check CHECK ((key_codec = ANY (ARRAY['text'::text, 'bytes'::text, 'uint'::text, 'hashed'::text]))),
    constraint store_one_check CHECK ((one = 1))
);

create table log (
    id bigint not null,
    name text,
    parent_id bigint,
    fork_size bigint not null,
    constraint log_pkey PRIMARY KEY (id),
    constraint log_name_key UNIQUE (name),
    constraint log_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES log(id),
    constraint log_check CHECK ((parent_id < id)),
    constraint log_check1 CHECK (((parent_id IS NULL) = (fork_size = 0))),
    constraint log_fork_size_check CHECK ((fork_size >= 0)),
    constraint log_id_check CHECK ((id >= 1)),
    constraint log_name_check CHECK (((length(name) >= 1) AND (length(name) <= 255)))
);

create table log_node (
    log_id bigint not null,
    position bigint not null,
    hash bytea not null,
    constraint log_node_pkey PRIMARY KEY (log_id, "position"),
    constraint log_node_log_id_fkey FOREIGN KEY (log_id) REFERENCES log(id),
    constraint log_node_hash_check CHECK ((length(hash) = 32)),
    constraint log_node_position_check CHECK (("position" >= 0))
);

create table log_entry (
    log_id bigint not null,
    number bigint not null,
    entry bytea not null,
    constraint log_entry_pkey PRIMARY KEY (log_id, number),
    constraint log_entry_log_id_fkey FOREIGN KEY (log_id) REFERENCES log(id),
    constraint log_entry_number_check CHECK ((number >= 0))
);

create table revision (
    id bigint not null,
    line_id bigint not null,
    parent_id bigint,
    height bigint not null,
    root_oid bigint not null,
    root bytea not null,
    history bytea not null,
    hash bytea not null,
    leaf_count bigint not null,
    committed_at bigint not null,
    author text not null,
    message text not null,
    first_oid bigint not null,
    last_oid bigint not null,
    constraint revision_pkey PRIMARY KEY (id),
    constraint revision_line_id_height_key UNIQUE (line_id, height),
    constraint revision_line_id_fkey FOREIGN KEY (line_id) REFERENCES log(id),
    constraint revision_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES revision(id),
    constraint revision_check CHECK ((parent_id < id)),
    constraint revision_check1 CHECK ((abs(root_oid) <= last_oid)),
    constraint revision_check2 CHECK ((last_oid >= (first_oid - 1))),
    constraint revision_first_oid_check CHECK ((first_oid >= 1)),
    constraint revision_hash_check CHECK ((length(hash) = 32)),
    constraint revision_height_check CHECK ((height >= 0)),
    constraint revision_history_check CHECK ((length(history) = 32)),
    constraint revision_id_check CHECK ((id >= 1)),
    constraint revision_leaf_count_check CHECK ((leaf_count >= 0)),
    constraint revision_root_check CHECK ((length(root) = 32))
);

create table branch (
    name text not null,
    revision_id bigint not null,
    constraint branch_pkey PRIMARY KEY (name),
    constraint branch_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id),
    constraint branch_name_check CHECK (((length(name) >= 1) AND (length(name) <= 255)))
);

create table tag (
    name text not null,
    revision_id bigint not null,
    constraint tag_pkey PRIMARY KEY (name),
    constraint tag_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id),
    constraint tag_name_check CHECK (((length(name) >= 1) AND (length(name) <= 255)))
);

create table retention (
    rule text not null,
    amount bigint not null,
    constraint retention_pkey PRIMARY KEY (rule),
    constraint retention_amount_check CHECK ((amount >= 1)),
    constraint retention_rule_check CHECK ((rule = ANY (ARRAY['last'::text, 'since'::text, 'age'::text, 'every'::text, 'tags'::text])))
);

create table pruned (
    revision_id bigint not null,
    swept integer not null,
    constraint pruned_pkey PRIMARY KEY (revision_id),
    constraint pruned_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id),
    constraint pruned_swept_check CHECK ((swept = ANY (ARRAY['-1'::integer, 0, 1])))
);

create table tree (
    id bigint not null,
    parent_id bigint not null,
    key bytea not null,
    user_key bytea,
    constraint tree_pkey PRIMARY KEY (id),
    constraint tree_parent_id_key_key UNIQUE (parent_id, key),
    constraint tree_check CHECK (((parent_id >= 0) AND (parent_id < id))),
    constraint tree_id_check CHECK ((id >= 1)),
    constraint tree_key_check CHECK (((length(key) >= 1) AND (length(key) <= 1025)))
);

create table vertex (
    oid bigint not null,
    prefix bytea not null,
    depth integer not null,
    left_oid bigint not null,
    right_oid bigint not null,
    leaf_count bigint not null,
    hash bytea not null,
    constraint vertex_pkey PRIMARY KEY (oid),
    constraint vertex_check CHECK ((length(prefix) = ((depth / 8) + 1))),
    constraint vertex_check1 CHECK (((left_oid <> 0) AND (abs(left_oid) < oid))),
    constraint vertex_check2 CHECK (((right_oid <> 0) AND (abs(right_oid) < oid))),
    constraint vertex_depth_check CHECK (((depth >= 0) AND (depth <= 8199))),
    constraint vertex_hash_check CHECK ((length(hash) = 32)),
    constraint vertex_leaf_count_check CHECK ((leaf_count >= 2)),
    constraint vertex_oid_check CHECK ((oid >= 1))
);

create table leaf (
    oid bigint not null,
    tree_id bigint not null,
    key bytea not null,
    user_key bytea,
    kind smallint not null,
    value bytea,
    tree_oid bigint,
    tree_leaf_count bigint,
    hash bytea,
    previous_oid bigint,
    revision_id bigint not null,
    constraint leaf_pkey PRIMARY KEY (oid),
    constraint leaf_check CHECK (((tree_oid <> 0) AND (abs(tree_oid) < oid))),
    constraint leaf_check1 CHECK (((previous_oid >= 1) AND (previous_oid < oid))),
    constraint leaf_check2 CHECK ((((kind = 2) = (value IS NULL)) AND ((kind = 2) = (hash IS NULL)))),
    constraint leaf_check3 CHECK ((((kind = 1) = (tree_oid IS NOT NULL)) AND ((kind = 1) = (tree_leaf_count IS NOT NULL)))),
    constraint leaf_check4 CHECK (((kind <> 1) OR (length(value) = 32))),
    constraint leaf_check5 CHECK (((kind <> 2) OR (previous_oid IS NOT NULL))),
    constraint leaf_hash_check CHECK ((length(hash) = 32)),
    constraint leaf_key_check CHECK (((length(key) >= 1) AND (length(key) <= 1025))),
    constraint leaf_kind_check CHECK ((kind = ANY (ARRAY[0, 1, 2]))),
    constraint leaf_oid_check CHECK ((oid >= 1)),
    constraint leaf_revision_id_check CHECK ((revision_id >= 1)),
    constraint leaf_tree_id_check CHECK ((tree_id >= 0)),
    constraint leaf_tree_leaf_count_check CHECK ((tree_leaf_count >= 1))
);

create table context (
    one integer not null,
    hash_scheme text not null,
    constraint context_pkey PRIMARY KEY (one),
    constraint context_hash_scheme_check CHECK ((hash_scheme = ANY (ARRAY['native'::text, 'tezos'::text]))),
    constraint context_one_check CHECK ((one = 1))
);

create table context_stage (
    name text not null,
    branch text,
    revision_id bigint,
    changes bigint not null,
    constraint context_stage_pkey PRIMARY KEY (name),
    constraint context_stage_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id),
    constraint context_stage_branch_check CHECK (((length(branch) >= 1) AND (length(branch) <= 255))),
    constraint context_stage_changes_check CHECK ((changes >= 0)),
    constraint context_stage_name_check CHECK (((length(name) >= 1) AND (length(name) <= 255)))
);

create table context_change (
    stage text not null,
    number bigint not null,
    action text not null,
    path text not null,
    source text,
    value bytea,
    constraint context_change_pkey PRIMARY KEY (stage, number),
    constraint context_change_stage_fkey FOREIGN KEY (stage) REFERENCES context_stage(name),
    constraint context_change_action_check CHECK ((action = ANY (ARRAY['set'::text, 'delete'::text, 'copy'::text]))),
    constraint context_change_check CHECK (((action = 'copy'::text) = (source IS NOT NULL))),
    constraint context_change_check1 CHECK (((action = 'set'::text) = (value IS NOT NULL))),
    constraint context_change_number_check CHECK ((number >= 1)),
    constraint context_change_path_check CHECK ((length(path) >= 1))
);

CREATE OR REPLACE FUNCTION dacite_text(bytes bytea)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE STRICT
AS $function$
begin
    return convert_from(bytes, 'UTF8');
exception when others then
    return null;
end $function$;

CREATE OR REPLACE FUNCTION hex(bytes bytea)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE STRICT
AS $function$ select upper(encode(bytes, 'hex')) $function$;

CREATE OR REPLACE FUNCTION bits(bytes bytea, length integer)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE STRICT
AS $function$ select substring((('x' || encode(bytes, 'hex'))::varbit)::text for length) $function$;

CREATE OR REPLACE FUNCTION key_text(key bytea)
 RETURNS text
 LANGUAGE plpgsql
 STABLE STRICT
 SET search_path FROM CURRENT
AS $function$
declare
    codec text := (select key_codec from store);
begin
    return case
        when codec = 'text' then dacite_text(substring(key for length(key) - 1))
        when codec = 'uint' then (('x' || encode(key, 'hex'))::bit(64)::bigint)::text
        when codec = 'hashed' then '0x' || encode(key, 'hex')
        else coalesce(dacite_text(key), '0x' || encode(key, 'hex'))
    end;
end $function$;

CREATE OR REPLACE FUNCTION dacite_skip(bytes bytea, from_bit integer, to_bit integer)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE STRICT
AS $function$
    select case when to_bit <= from_bit then '\x00'::bytea else
        case when (to_bit - from_bit) / 8 + 1 < 128
            then set_byte('\x00'::bytea, 0, (to_bit - from_bit) / 8 + 1)
            else set_byte(set_byte('\x0000'::bytea, 0, ((to_bit - from_bit) / 8 + 1) % 128 + 128), 1, ((to_bit - from_bit) / 8 + 1) / 128)
        end
        || substring(varbit_send(
            substring(('x' || encode(bytes, 'hex'))::varbit from from_bit + 1 for to_bit - from_bit) || B'1') from 5)
    end $function$;

CREATE OR REPLACE FUNCTION dacite_hash(bytes bytea)
 RETURNS bytea
 LANGUAGE plpgsql
 STABLE STRICT
 SET search_path FROM CURRENT
AS $function$
declare
    algorithm text := (select hash_algorithm from store);
begin
    if algorithm = 'sha256' then
        return sha256(bytes);
    end if;
    raise exception 'dacite_hash: expected a store with sha256, which PostgreSQL has built in, got %', algorithm
        using hint = 'use dacite fsck, which hashes in Java';
end $function$;

create view readable as
 SELECT what,
    oid,
    COALESCE(dacite_text(bytes), '0x'::text || encode(bytes, 'hex'::text)) AS text
   FROM ( SELECT 'value'::text AS what,
            leaf.oid,
            leaf.value AS bytes
           FROM leaf
          WHERE leaf.kind = 0
        UNION ALL
         SELECT 'key'::text AS what,
            leaf.oid,
            leaf.user_key AS bytes
           FROM leaf
          WHERE leaf.user_key IS NOT NULL
        UNION ALL
         SELECT 'tree'::text AS what,
            tree.id AS oid,
            tree.user_key AS bytes
           FROM tree
          WHERE tree.user_key IS NOT NULL) given;

create view leaf_text as
 SELECT oid,
    key,
    replace(replace(key, '\'::text, '\\'::text), '/'::text, '\/'::text) AS name,
    value
   FROM ( SELECT leaf.oid,
                CASE ( SELECT store.key_codec
                       FROM store)
                    WHEN 'text'::text THEN dacite_text(SUBSTRING(leaf.key FROM 1 FOR length(leaf.key) - 1))
                    WHEN 'hashed'::text THEN ( SELECT readable.text
                       FROM readable
                      WHERE readable.what = 'key'::text AND readable.oid = leaf.oid)
                    ELSE '0x'::text || encode(leaf.key, 'hex'::text)
                END AS key,
                CASE leaf.kind
                    WHEN 0 THEN ( SELECT readable.text
                       FROM readable
                      WHERE readable.what = 'value'::text AND readable.oid = leaf.oid)
                    ELSE NULL::text
                END AS value
           FROM leaf) read_leaf;

create view tree_path as
 WITH RECURSIVE named(id, path) AS (
         SELECT 0::bigint AS int8,
            ''::text AS text
        UNION ALL
         SELECT tree.id,
            (named_1.path ||
                CASE named_1.id
                    WHEN 0 THEN ''::text
                    ELSE '/'::text
                END) || replace(replace(
                CASE ( SELECT store.key_codec
                       FROM store)
                    WHEN 'text'::text THEN dacite_text(SUBSTRING(tree.key FROM 1 FOR length(tree.key) - 1))
                    WHEN 'hashed'::text THEN ( SELECT readable.text
                       FROM readable
                      WHERE readable.what = 'tree'::text AND readable.oid = tree.id)
                    ELSE '0x'::text || encode(tree.key, 'hex'::text)
                END, '\'::text, '\\'::text), '/'::text, '\/'::text)
           FROM named named_1
             JOIN tree ON tree.parent_id = named_1.id
        )
 SELECT id,
    path
   FROM named;

create view leaf_log as
 SELECT leaf.oid,
    leaf.revision_id,
    tree_path.path AS tree,
    leaf_text.key,
    encode(leaf.key, 'hex'::text) AS key_hex,
        CASE leaf.kind
            WHEN 0 THEN 'value'::text
            WHEN 1 THEN 'tree'::text
            ELSE 'deleted'::text
        END AS kind,
    leaf_text.value,
    encode(leaf.value, 'hex'::text) AS value_hex,
    leaf.previous_oid
   FROM leaf
     JOIN leaf_text ON leaf_text.oid = leaf.oid
     LEFT JOIN tree_path ON tree_path.id = leaf.tree_id;

comment on table store is 'One row: what this store is';

comment on column store.one is 'always 1: the table has one row';

comment on column store.format_version is 'the number of the newest migration; a Dacite opens its own and refuses newer ones';

comment on column store.hash_algorithm is 'H of the canonical form; chosen at init for ever';

comment on column store.key_codec is 'how a user''s key becomes bytes; chosen at init for ever';

comment on table log is 'One row for each sequential tree (RFC 6962): the lines of revisions, and the logs that people name';

comment on column log.id is 'given out in ascending order by the one writer';

comment on column log.name is 'what people call it; null: a line of revisions, whose entries are their hashes';

comment on column log.parent_id is 'the log that its first entries stand in; null: it holds all of them itself';

comment on column log.fork_size is 'how many those are';

comment on table log_node is 'The nodes of the sequential trees that are complete, each written once by the entry that completed it';

comment on column log_node.log_id is 'the log that the node was written in';

comment on column log_node.position is 'where it stands in postfix order: ((key-1)|key) - popcount(key), its key counted in infix order from 1';

comment on column log_node.hash is 'RFC 6962: H(00 ‖ entry) of a leaf, H(01 ‖ left ‖ right) of a perfect subtree';

comment on table log_entry is 'The records of the logs that people name';

comment on column log_entry.log_id is 'the named log that it was appended to';

comment on column log_entry.number is 'its place, counted from 0';

comment on column log_entry.entry is 'the record';

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

comment on table branch is 'The lines that people work on';

comment on column branch.name is 'what people call the line';

comment on column branch.revision_id is 'its head, which moves';

comment on table tag is 'Names of single revisions';

comment on column tag.name is 'what people call the revision';

comment on column tag.revision_id is 'the revision';

comment on table retention is 'What pruning keeps besides the heads of branches; no row at all: everything';

comment on column retention.rule is 'what kind of rule';

comment on column retention.amount is 'last: so many of each branch; since: made at that time or later, in ms since 1970 UTC; age: made at most so many ms ago; every: those whose height it divides; tags: always 1';

comment on table pruned is 'Revisions whose state is given up';

comment on column pruned.revision_id is 'a revision whose row stays, while the vertices and leaves that no other needs go';

comment on column pruned.swept is '1 when those are gone; -1: it may still be taken back, for somebody who opened it meanwhile';

comment on table tree is 'One row for each path at which a named tree was ever written; the top tree is 0 and has no row';

comment on column tree.id is '0 stands for the top tree and has no row';

comment on column tree.parent_id is 'the tree whose key names this one';

comment on column tree.key is 'canonical key of the link in the parent tree';

comment on column tree.user_key is 'what the user called it, where the key codec is ''hashed''; else null';

comment on table vertex is 'One row for each inner node: it stands exactly where two keys first differ';

comment on column vertex.oid is 'object identifier, ascending in postfix order, shared with leaf';

comment on column vertex.prefix is 'the bits that all keys below share, padded: a one, then zeros to a whole byte';

comment on column vertex.depth is 'how many bits those are, counted from the top of the vertex''s own tree';

comment on column vertex.left_oid is 'link to the child whose keys sort before prefix: > 0 a vertex, < 0 minus the OID of a leaf';

comment on column vertex.right_oid is 'link to the child whose keys sort at or after prefix';

comment on column vertex.leaf_count is 'leaves below that hold a value, those of linked trees included';

comment on column vertex.hash is 'H(01 ‖ left hash ‖ enc(left skip) ‖ right hash ‖ enc(right skip))';

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

comment on table context is 'One row, or none as long as nothing was chosen: how commits of the context are hashed';

comment on column context.one is 'always 1: the table has one row, or none as long as nothing was chosen';

comment on column context.hash_scheme is 'which hashes commits of the context carry beside the store''s own; chosen once for ever';

comment on table context_stage is 'One row for each staging area of the context: what the changes that are kept in it stand on';

comment on column context_stage.name is 'what people call it';

comment on column context_stage.branch is 'the branch that the next commit moves; null: it makes one';

comment on column context_stage.revision_id is 'the revision that the changes stand on; null: the head of the branch, where nothing is staged, or nothing at all';

comment on column context_stage.changes is 'the number of the change that was staged last; no number is given twice';

comment on table context_change is 'The changes that are staged, until they are committed or dropped';

comment on column context_change.stage is 'where it is staged';

comment on column context_change.number is 'its place';

comment on column context_change.action is 'what is done';

comment on column context_change.path is 'where, the names joined by ''/''';

comment on column context_change.source is 'the path that is copied, '''' for the root; else null';

comment on column context_change.value is 'the value that is set; else null';

comment on view readable is 'The values, and the names that users gave to hashed keys and to trees, as people read them: as text where the bytes are UTF-8 without NUL, else as 0x and hex';

comment on view leaf_text is E'Every leaf row as people read it: its key, the key as the name of a tree in a path (\\/ a slash, \\\\ a backslash), its value, null where it holds none; keys of the codecs bytes and uint as 0x and hex, which sorts as they do';

comment on view tree_path is E'Every named tree with its path: the names from the top as text, joined by ''/''; within a name \\/ is a slash, \\\\ a backslash';

comment on view leaf_log is 'The change log in readable form, for any SQL prompt: one row a leaf row, keys and values as people read them and as hex';

comment on function dacite_text(bytes bytea) is 'the bytes as text where they are UTF-8 without NUL, else null';

comment on function hex(bytes bytea) is 'upper-case hexadecimal, as on SQLite';

comment on function bits(bytes bytea, length integer) is 'the first bits of a key or a padded prefix, as 0s and 1s';

comment on function key_text(key bytea) is 'a canonical key as its user typed it; of a hashed key the hash';

comment on function dacite_skip(bytes bytea, from_bit integer, to_bit integer) is 'enc(bits from_bit … to_bit) of the canonical form: the length as a varint, then the padded bits';

comment on function dacite_hash(bytes bytea) is 'H of the canonical form, for a store with sha256';
