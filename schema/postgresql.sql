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
    nodes bytea,
    constraint revision_pkey PRIMARY KEY (id),
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
    constraint revision_nodes_check CHECK (((length(nodes) >= 32) AND ((length(nodes) % 32) = 0))),
    constraint revision_root_check CHECK ((length(root) = 32))
);

create table branch_head (
    name text not null,
    revision_id bigint,
    constraint branch_head_pkey PRIMARY KEY (name),
    constraint branch_head_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id),
    constraint branch_head_name_check CHECK (((length(name) >= 1) AND (length(name) <= 255)))
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

create table field_view (
    name text not null,
    fields text not null,
    constraint field_view_pkey PRIMARY KEY (name)
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

create table context_commit (
    revision_id bigint not null,
    hash bytea not null,
    constraint context_commit_pkey PRIMARY KEY (revision_id),
    constraint context_commit_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id),
    constraint context_commit_hash_check CHECK ((length(hash) = 32))
);

create table context_directory (
    top_oid bigint not null,
    entry_count integer not null,
    inode_id bigint,
    hash bytea not null,
    constraint context_directory_pkey PRIMARY KEY (top_oid),
    constraint context_directory_check CHECK (((inode_id >= 1) AND ((inode_id IS NULL) = (entry_count <= 256)))),
    constraint context_directory_entry_count_check CHECK ((entry_count >= 1)),
    constraint context_directory_hash_check CHECK ((length(hash) = 32)),
    constraint context_directory_top_oid_check CHECK ((top_oid <> 0))
);

create table context_inode (
    id bigint not null,
    depth integer not null,
    entry_count integer not null,
    children text not null,
    content bytea not null,
    constraint context_inode_pkey PRIMARY KEY (id),
    constraint context_inode_depth_check CHECK (((depth >= 0) AND (depth <= 10))),
    constraint context_inode_entry_count_check CHECK ((entry_count >= 1)),
    constraint context_inode_id_check CHECK ((id >= 1))
);

create table context_value (
    leaf_oid bigint not null,
    hash bytea not null,
    constraint context_value_pkey PRIMARY KEY (leaf_oid),
    constraint context_value_hash_check CHECK ((length(hash) = 32)),
    constraint context_value_leaf_oid_check CHECK ((leaf_oid >= 1))
);

create table rehashed (
    revision_id bigint not null,
    old_id bigint not null,
    old_hash bytea not null,
    old_root bytea not null,
    constraint rehashed_pkey PRIMARY KEY (revision_id),
    constraint rehashed_old_id_key UNIQUE (old_id),
    constraint rehashed_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id),
    constraint rehashed_old_hash_check CHECK ((length(old_hash) = 32)),
    constraint rehashed_old_id_check CHECK ((old_id >= 1)),
    constraint rehashed_old_root_check CHECK ((length(old_root) = 32))
);

create table other_value (
    one integer not null,
    constraint other_value_pkey PRIMARY KEY (one),
    constraint other_value_one_check CHECK ((one = 1))
);

CREATE UNIQUE INDEX branch_following ON branch_head USING btree (((revision_id IS NULL))) WHERE (revision_id IS NULL);

CREATE INDEX context_commit_by_hash ON context_commit USING btree (hash);

CREATE UNIQUE INDEX revision_by_height ON revision USING btree (line_id, height) WHERE (id <> (height + 1));

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
   FROM ( SELECT l.oid,
                CASE ( SELECT store.key_codec
                       FROM store)
                    WHEN 'text'::text THEN dacite_text(SUBSTRING(l.key FROM 1 FOR length(l.key) - 1))
                    WHEN 'hashed'::text THEN COALESCE(dacite_text(l.user_key), '0x'::text || encode(l.user_key, 'hex'::text))
                    ELSE '0x'::text || encode(l.key, 'hex'::text)
                END AS key,
                CASE
                    WHEN l.kind <> 0 THEN NULL::text
                    WHEN length(encode(l.value, 'escape'::text)) = length(l.value) THEN convert_from(l.value, 'UTF8'::name) COLLATE "default"
                    ELSE COALESCE(dacite_text(l.value), '0x'::text || encode(l.value, 'hex'::text))
                END AS value
           FROM leaf l) read_leaf;

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

create view line_part as
 SELECT r.id AS revision,
    upto.line_id AS log_id,
    begun.first_oid,
    upto.last_oid,
    (upto.id - begun.id) = (upto.height - begun.height) AS whole
   FROM revision r
     CROSS JOIN LATERAL ( WITH RECURSIVE chain(log_id, size) AS (
                 SELECT r.line_id,
                    r.height + 1 AS "?column?"
                UNION ALL
                 SELECT log_1.parent_id,
                    log_1.fork_size
                   FROM chain chain_1
                     JOIN log log_1 ON log_1.id = chain_1.log_id
                  WHERE log_1.parent_id IS NOT NULL
                )
         SELECT COALESCE(( SELECT x.id
                   FROM revision x
                  WHERE x.id = (log.fork_size + 1) AND x.id = (x.height + 1) AND x.line_id = log.id), ( SELECT x.id
                   FROM revision x
                  WHERE x.line_id = log.id AND x.height = log.fork_size AND x.id <> (x.height + 1))) AS first_id,
            COALESCE(( SELECT x.id
                   FROM revision x
                  WHERE x.id = chain.size AND x.id = (x.height + 1) AND x.line_id = log.id), ( SELECT x.id
                   FROM revision x
                  WHERE x.line_id = log.id AND x.height = (chain.size - 1) AND x.id <> (x.height + 1))) AS last_id
           FROM chain
             JOIN log ON log.id = chain.log_id) part
     JOIN revision upto ON upto.id = part.last_id
     JOIN revision begun ON begun.id = part.first_id;

CREATE OR REPLACE FUNCTION on_line(revision bigint, written_in bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path FROM CURRENT
AS $function$
begin
    return exists (
        select 1
        from revision w
        join line_part p on p.log_id = w.line_id and w.first_oid <= p.last_oid
        where w.id = written_in and p.revision = on_line.revision);
end $function$;

CREATE OR REPLACE FUNCTION line_parts(revision bigint)
 RETURNS SETOF line_part
 LANGUAGE plpgsql
 STABLE ROWS 2
 SET search_path FROM CURRENT
AS $function$
begin
    return query select * from line_part p where p.revision = line_parts.revision;
end $function$;

CREATE OR REPLACE FUNCTION refuse_pruned(revision bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
    raise exception 'expected a revision whose state is kept, got revision %, which was pruned', revision;
end $function$;

CREATE OR REPLACE FUNCTION linked_leaves(rev bigint)
 RETURNS TABLE(leaf_oid bigint, tree text, tree_hex text)
 LANGUAGE plpgsql
 STABLE
 SET search_path FROM CURRENT
AS $function$
#variable_conflict use_column
begin
    return query
    with recursive walk (link, tree, tree_hex) as (
        select link, ''::text, ''::text from linked_top where revision = rev and link <> 0
        union all
        select
            case when v.oid is null then l.tree_oid when side.bit = '0' then v.left_oid else v.right_oid end,
            case when v.oid is null
                then w.tree || case w.tree when '' then '' else '/' end || (select name from leaf_text t where t.oid = l.oid)
                else w.tree
            end,
            case when v.oid is null then w.tree_hex || lower(hex(l.key)) else w.tree_hex end
        from walk w
        left join lateral (select * from vertex x where x.oid = w.link offset 0) v on true
        left join lateral (select * from leaf x where x.oid = -w.link offset 0) l on true
        join (select '0' as bit union all select '1') side on v.oid is not null or (l.kind = 1 and side.bit = '0')
    )
    select -w.link, w.tree, w.tree_hex
    from walk w
    where w.link < 0;
end $function$;

CREATE OR REPLACE FUNCTION dacite_json(value text)
 RETURNS jsonb
 LANGUAGE plpgsql
 IMMUTABLE STRICT
AS $function$
begin
    return value::jsonb;
exception when others then
    return null;
end $function$;

create view changes_between as
 SELECT f.id AS from_revision,
    t.id AS to_revision,
    d.tree,
    ( SELECT x.key
           FROM leaf_text x
          WHERE x.oid = COALESCE(la.oid, lb.oid)) AS key,
        CASE
            WHEN la.oid IS NULL THEN 'put'::text
            WHEN lb.oid IS NULL THEN 'deleted'::text
            ELSE 'changed'::text
        END AS kind,
    ( SELECT x.value
           FROM leaf_text x
          WHERE x.oid = la.oid) AS before,
    ( SELECT x.value
           FROM leaf_text x
          WHERE x.oid = lb.oid) AS after,
    lower(hex(COALESCE(la.key, lb.key))) AS key_hex,
        CASE
            WHEN la.oid IS NOT NULL THEN lower(hex(la.value))
            ELSE NULL::text
        END AS before_hex,
        CASE
            WHEN lb.oid IS NOT NULL THEN lower(hex(lb.value))
            ELSE NULL::text
        END AS after_hex,
    d.tree_hex || lower(hex(COALESCE(la.key, lb.key))) AS path_hex,
    COALESCE(la.key, lb.key) AS key_bytes,
    la.oid AS before_oid,
    lb.oid AS after_oid
   FROM revision f
     CROSS JOIN revision t
     CROSS JOIN LATERAL ( WITH RECURSIVE walk(a, b, tree, tree_hex) AS (
                 SELECT NULLIF(f.root_oid, 0) AS "nullif",
                    NULLIF(t.root_oid, 0) AS "nullif",
                    ''::text AS text,
                    ''::text AS text
                  WHERE f.root <> t.root
                UNION ALL
                 SELECT side.a,
                    side.b,
                        CASE
                            WHEN pair.below[5] = 1 THEN (w_1.tree ||
                            CASE w_1.tree
                                WHEN ''::text THEN ''::text
                                ELSE '/'::text
                            END) || (( SELECT n.name
                               FROM leaf_text n
                              WHERE n.oid = COALESCE(la_2.oid, lb_2.oid)))
                            ELSE w_1.tree
                        END AS tree,
                        CASE
                            WHEN pair.below[5] = 1 THEN w_1.tree_hex || encode(COALESCE(la_2.key, lb_2.key), 'hex'::text)
                            ELSE w_1.tree_hex
                        END AS tree_hex
                   FROM walk w_1
                     LEFT JOIN LATERAL ( SELECT x.oid,
                            x.prefix,
                            x.depth,
                            x.left_oid,
                            x.right_oid,
                            x.leaf_count,
                            x.hash
                           FROM vertex x
                          WHERE x.oid = w_1.a
                         OFFSET 0) va ON true
                     LEFT JOIN LATERAL ( SELECT x.oid,
                            x.tree_id,
                            x.key,
                            x.user_key,
                            x.kind,
                            x.value,
                            x.tree_oid,
                            x.tree_leaf_count,
                            x.hash,
                            x.previous_oid,
                            x.revision_id
                           FROM leaf x
                          WHERE x.oid = (- w_1.a)
                         OFFSET 0) la_2 ON true
                     LEFT JOIN LATERAL ( SELECT x.oid,
                            x.prefix,
                            x.depth,
                            x.left_oid,
                            x.right_oid,
                            x.leaf_count,
                            x.hash
                           FROM vertex x
                          WHERE x.oid = w_1.b
                         OFFSET 0) vb ON true
                     LEFT JOIN LATERAL ( SELECT x.oid,
                            x.tree_id,
                            x.key,
                            x.user_key,
                            x.kind,
                            x.value,
                            x.tree_oid,
                            x.tree_leaf_count,
                            x.hash,
                            x.previous_oid,
                            x.revision_id
                           FROM leaf x
                          WHERE x.oid = (- w_1.b)
                         OFFSET 0) lb_2 ON true
                     CROSS JOIN LATERAL ( SELECT COALESCE(va.prefix, la_2.key) AS a_bits,
                            COALESCE(va.depth, 8 * length(la_2.key)) AS a_depth,
                            COALESCE(vb.prefix, lb_2.key) AS b_bits,
                            COALESCE(vb.depth, 8 * length(lb_2.key)) AS b_depth) at
                     CROSS JOIN LATERAL ( SELECT
                                CASE
                                    WHEN at.a_bits = at.b_bits AND COALESCE(va.hash, la_2.hash) = COALESCE(vb.hash, lb_2.hash) THEN NULL::bigint[]
                                    WHEN la_2.kind = 1 AND lb_2.kind = 1 AND la_2.key = lb_2.key THEN ARRAY[la_2.tree_oid, lb_2.tree_oid, NULL::bigint, NULL::bigint, 1::bigint]
                                    WHEN la_2.kind = 1 AND w_1.b IS NULL THEN ARRAY[la_2.tree_oid, NULL::bigint, NULL::bigint, NULL::bigint, 1::bigint]
                                    WHEN lb_2.kind = 1 AND w_1.a IS NULL THEN ARRAY[NULL::bigint, lb_2.tree_oid, NULL::bigint, NULL::bigint, 1::bigint]
                                    WHEN (w_1.a IS NULL OR la_2.kind = 0) AND (w_1.b IS NULL OR lb_2.kind = 0) AND COALESCE(la_2.key = lb_2.key, true) THEN NULL::bigint[]
                                    WHEN w_1.b IS NULL THEN ARRAY[va.left_oid, NULL::bigint, va.right_oid, NULL::bigint]
                                    WHEN w_1.a IS NULL THEN ARRAY[NULL::bigint, vb.left_oid, NULL::bigint, vb.right_oid]
                                    WHEN va.prefix = vb.prefix THEN ARRAY[va.left_oid, vb.left_oid, va.right_oid, vb.right_oid]
                                    WHEN va.depth <= at.b_depth AND substr(va.prefix, 1, va.depth / 8) = substr(at.b_bits, 1, va.depth / 8) AND
                                    CASE
WHEN va.depth <= at.b_depth AND (va.depth % 8) > 0 THEN (get_byte(va.prefix, va.depth / 8) >> (8 - va.depth % 8)) = (get_byte(at.b_bits, va.depth / 8) >> (8 - va.depth % 8))
ELSE true
                                    END THEN
                                    CASE
WHEN at.b_bits < va.prefix THEN ARRAY[va.left_oid, w_1.b, va.right_oid, NULL::bigint]
ELSE ARRAY[va.left_oid, NULL::bigint, va.right_oid, w_1.b]
                                    END
                                    WHEN vb.depth <= at.a_depth AND substr(vb.prefix, 1, vb.depth / 8) = substr(at.a_bits, 1, vb.depth / 8) AND
                                    CASE
WHEN vb.depth <= at.a_depth AND (vb.depth % 8) > 0 THEN (get_byte(vb.prefix, vb.depth / 8) >> (8 - vb.depth % 8)) = (get_byte(at.a_bits, vb.depth / 8) >> (8 - vb.depth % 8))
ELSE true
                                    END THEN
                                    CASE
WHEN at.a_bits < vb.prefix THEN ARRAY[w_1.a, vb.left_oid, NULL::bigint, vb.right_oid]
ELSE ARRAY[NULL::bigint, vb.left_oid, w_1.a, vb.right_oid]
                                    END
                                    WHEN at.a_bits <= at.b_bits THEN ARRAY[w_1.a, NULL::bigint, NULL::bigint, w_1.b]
                                    ELSE ARRAY[NULL::bigint, w_1.b, w_1.a, NULL::bigint]
                                END AS below
                         OFFSET 0) pair
                     CROSS JOIN LATERAL ( VALUES ('0'::text,pair.below[1],pair.below[2]), ('1'::text,pair.below[3],pair.below[4])) side("bit", a, b)
                  WHERE side.a IS DISTINCT FROM side.b
                )
         SELECT - w.a AS a,
            - w.b AS b,
            w.tree,
            w.tree_hex
           FROM walk w
             LEFT JOIN LATERAL ( SELECT x.oid,
                    x.tree_id,
                    x.key,
                    x.user_key,
                    x.kind,
                    x.value,
                    x.tree_oid,
                    x.tree_leaf_count,
                    x.hash,
                    x.previous_oid,
                    x.revision_id
                   FROM leaf x
                  WHERE x.oid = (- w.a)
                 OFFSET 0) la_1 ON true
             LEFT JOIN LATERAL ( SELECT x.oid,
                    x.tree_id,
                    x.key,
                    x.user_key,
                    x.kind,
                    x.value,
                    x.tree_oid,
                    x.tree_leaf_count,
                    x.hash,
                    x.previous_oid,
                    x.revision_id
                   FROM leaf x
                  WHERE x.oid = (- w.b)
                 OFFSET 0) lb_1 ON true
          WHERE (w.a IS NULL OR la_1.kind = 0) AND (w.b IS NULL OR lb_1.kind = 0) AND (w.a IS NULL OR w.b IS NULL OR la_1.key = lb_1.key AND la_1.hash <> lb_1.hash)) d
     LEFT JOIN leaf la ON la.oid = d.a
     LEFT JOIN leaf lb ON lb.oid = d.b
  WHERE (NOT (EXISTS ( SELECT 1
           FROM pruned x
          WHERE x.revision_id = f.id)) OR refuse_pruned(f.id)) AND (NOT (EXISTS ( SELECT 1
           FROM pruned x
          WHERE x.revision_id = t.id)) OR refuse_pruned(t.id));

CREATE OR REPLACE FUNCTION siblings_of(top bigint, root bytea, path bytea)
 RETURNS TABLE(step bigint, tree text, side text, depth integer, hash text, skip text, own_skip text)
 LANGUAGE plpgsql
 STABLE
 SET search_path FROM CURRENT
AS $function$
#variable_conflict use_column
begin
    return query
    with recursive walk (step, link, sibling, side, from_bit, root, tree, rest) as (
        -- link: a node of the path, > 0 a vertex, < 0 minus the OID of a leaf; sibling, side: the other child of its vertex,
        -- null at the top of a tree, whose root is there then; from_bit: where its skip begins;
        -- rest: what is left of the path below the trees that were passed
        select 0, siblings_of.top, null::bigint, 'root', 0, siblings_of.root, ''::text, siblings_of.path
        where siblings_of.top <> 0
        union all
        select
            w.step + 1,
            case when v.oid is null then l.tree_oid when w.rest < v.prefix then v.left_oid else v.right_oid end,
            case when w.rest < v.prefix then v.right_oid else v.left_oid end,
            case when v.oid is null then 'root' when w.rest < v.prefix then 'right' else 'left' end,
            coalesce(v.depth + 1, 0),
            l.value,
            case when v.oid is null
                then w.tree || case w.tree when '' then '' else '/' end || (select name from leaf_text t where t.oid = l.oid)
                else w.tree
            end,
            case when v.oid is null then substr(w.rest, length(l.key) + 1) else w.rest end
        from walk w
        left join lateral (select * from vertex x where x.oid = w.link offset 0) v on true
        left join lateral (select * from leaf x where x.oid = -w.link offset 0) l on true
        where v.oid is not null
            or (l.kind = 1 and l.key = substr(w.rest, 1, length(l.key)) and length(w.rest) > length(l.key))
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
            case when l.kind = 1 and l.key = substr(w.rest, 1, length(l.key)) and length(w.rest) > length(l.key)
                then 'link' else 'leaf' end as kind,
            (select t.key from leaf_text t where t.oid = l.oid) as key
        from walk w
        left join lateral (select * from vertex x where x.oid = w.link offset 0) v on true
        left join lateral (select * from leaf x where x.oid = -w.link offset 0) l on true
        left join lateral (select * from vertex x where x.oid = w.sibling offset 0) sv on true
        left join lateral (select * from leaf x where x.oid = -w.sibling offset 0) sl on true
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
    order by s.step, part.n;
end $function$;

CREATE OR REPLACE FUNCTION revision_id(rev text)
 RETURNS bigint
 LANGUAGE plpgsql
 STABLE
 SET search_path FROM CURRENT
AS $function$
declare
    called text := regexp_replace(rev, '(~[0-9]+)$', '');
    back bigint := coalesce(substring(rev from '~([0-9]+)$'), '0')::bigint;
    found bigint;
    many bigint;
begin
    if called = '' then
        called := 'main';
    end if;
    select n.id into found
    from (select b.name, b.revision_id from branch b union all select t.name, t.revision_id from tag t) n (name, id)
    where n.name = called;
    if found is null and called ~ '^[0-9]{1,18}$' then
        select r.id into found from revision r where r.id = called::bigint;
    end if;
    if found is null and called ~ '^[0-9a-f]{8,64}$' then
        select min(r.id), count(*) into found, many
        from revision r
        where r.hash >= decode(rpad(called, 64, '0'), 'hex') and r.hash <= decode(rpad(called, 64, 'f'), 'hex');
        if many > 1 then
            raise exception 'expected the digits of one hash, got ''%'', with which % revisions begin', called, many;
        end if;
    end if;
    for step in 1..back loop
        select r.parent_id into found from revision r where r.id = found;
    end loop;
    if found is null then
        raise exception 'expected a branch, a tag, a revision id or eight digits of a hash, with ~N for the Nth before it, got ''%''', rev;
    end if;
    return found;
end $function$;

CREATE OR REPLACE FUNCTION key_bytes(key text)
 RETURNS bytea
 LANGUAGE plpgsql
 STABLE
 SET search_path FROM CURRENT
AS $function$
declare
    codec text := (select key_codec from store);
    bytes bytea := case when codec <> 'text' and key like '0x%' then decode(substr(key, 3), 'hex') else convert_to(key, 'UTF8') end;
begin
    return case codec
        when 'text' then bytes || '\x00'
        when 'uint' then int8send(key::bigint)
        when 'hashed' then dacite_hash(bytes)
        else bytes
    end;
end $function$;

CREATE OR REPLACE FUNCTION changes_between(a bigint, b bigint)
 RETURNS SETOF changes_between
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT changes_between.from_revision,
     changes_between.to_revision,
     changes_between.tree,
     changes_between.key,
     changes_between.kind,
     changes_between.before,
     changes_between.after,
     changes_between.key_hex,
     changes_between.before_hex,
     changes_between.after_hex,
     changes_between.path_hex,
     changes_between.key_bytes,
     changes_between.before_oid,
     changes_between.after_oid
    FROM changes_between
   WHERE ((changes_between.from_revision = changes_between.a) AND (changes_between.to_revision = changes_between.b));
END;

CREATE OR REPLACE FUNCTION changes_between(a text, b text)
 RETURNS SETOF changes_between
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT changes_between.from_revision,
     changes_between.to_revision,
     changes_between.tree,
     changes_between.key,
     changes_between.kind,
     changes_between.before,
     changes_between.after,
     changes_between.key_hex,
     changes_between.before_hex,
     changes_between.after_hex,
     changes_between.path_hex,
     changes_between.key_bytes,
     changes_between.before_oid,
     changes_between.after_oid
    FROM changes_between
   WHERE ((changes_between.from_revision = revision_id(changes_between.a)) AND (changes_between.to_revision = revision_id(changes_between.b)));
END;

CREATE OR REPLACE FUNCTION proof_of(rev text, key text)
 RETURNS TABLE(step bigint, tree text, side text, depth integer, hash text, skip text, own_skip text)
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT p.step,
     p.tree,
     p.side,
     p.depth,
     p.hash,
     p.skip,
     p.own_skip
    FROM (revision r
      CROSS JOIN LATERAL siblings_of(r.root_oid, r.root, key_bytes(proof_of.key)) p(step, tree, side, depth, hash, skip, own_skip))
   WHERE ((r.id = revision_id(proof_of.rev)) AND ((NOT (EXISTS ( SELECT 1
            FROM pruned x
           WHERE (x.revision_id = r.id)))) OR refuse_pruned(r.id)));
END;

CREATE OR REPLACE FUNCTION proof_of(rev bigint, key text)
 RETURNS TABLE(step bigint, tree text, side text, depth integer, hash text, skip text, own_skip text)
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT proof_of.step,
     proof_of.tree,
     proof_of.side,
     proof_of.depth,
     proof_of.hash,
     proof_of.skip,
     proof_of.own_skip
    FROM proof_of((proof_of.rev)::text, proof_of.key) proof_of(step, tree, side, depth, hash, skip, own_skip);
END;

create view rehash_table as
 SELECT rehashed.old_id,
    rehashed.revision_id AS id,
    encode(rehashed.old_hash, 'hex'::text) AS old_hash,
    encode(revision.hash, 'hex'::text) AS hash,
    encode(rehashed.old_root, 'hex'::text) AS old_root,
    encode(revision.root, 'hex'::text) AS root
   FROM rehashed
     JOIN revision ON revision.id = rehashed.revision_id;

CREATE OR REPLACE FUNCTION text_of_key(key bytea)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT COST 1
AS $function$
begin
    return convert_from(substr(key, 1, length(key) - 1), 'UTF8');
end $function$;

CREATE OR REPLACE FUNCTION leaves_of_key(bytes bytea)
 RETURNS SETOF leaf
 LANGUAGE plpgsql
 STABLE
 SET search_path FROM CURRENT
AS $function$
begin
    if (select key_codec from store) <> 'text' then
        return query select * from leaf n where n.key = bytes;
    elsif position('\x00'::bytea in bytes) = length(bytes) then
        return query select * from leaf n where (text_of_key(n.key) collate "C") = text_of_key(bytes);
    end if;
end $function$;

create view readable_leaf as
 SELECT oid,
    COALESCE(dacite_text(user_key), '0x'::text || encode(user_key, 'hex'::text)) AS user_key,
    COALESCE(dacite_text(value), '0x'::text || encode(value, 'hex'::text)) AS value
   FROM leaf;

create view history_of_text as
 SELECT r.id AS revision,
        CASE
            WHEN l.tree_id = 0 THEN ''::text
            ELSE ( SELECT n.path
               FROM tree_path n
              WHERE n.id = l.tree_id)
        END AS tree,
    text_of_key(l.key) COLLATE "C" AS key,
        CASE l.kind
            WHEN 0 THEN 'value'::text
            WHEN 1 THEN 'tree'::text
            ELSE 'deleted'::text
        END AS kind,
        CASE l.kind
            WHEN 1 THEN lower(hex(l.value))
            ELSE ( SELECT t.value
               FROM leaf_text t
              WHERE t.oid = l.oid)
        END AS value,
    lower(hex(l.key)) AS key_hex,
        CASE
            WHEN l.kind <> 2 THEN lower(hex(l.value))
            ELSE NULL::text
        END AS value_hex,
    l.key AS key_bytes,
    l.oid,
    w.id AS written_in,
    w.height,
    to_timestamp((w.committed_at::numeric / 1000.0)::double precision) AS "time",
    w.author,
    w.message
   FROM revision r
     JOIN leaf l ON l.oid <= r.last_oid
     JOIN revision w ON w.id = l.revision_id
  WHERE (r.id = (r.height + 1) OR on_line(r.id, l.revision_id)) AND (NOT (EXISTS ( SELECT 1
           FROM pruned x
          WHERE x.revision_id = r.id)) OR refuse_pruned(r.id));

create view history_of_key as
 SELECT r.id AS revision,
        CASE
            WHEN l.tree_id = 0 THEN ''::text
            ELSE ( SELECT n.path
               FROM tree_path n
              WHERE n.id = l.tree_id)
        END AS tree,
        CASE ( SELECT store.key_codec
               FROM store)
            WHEN 'text'::text THEN text_of_key(l.key)
            WHEN 'hashed'::text THEN COALESCE(dacite_text(l.user_key), '0x'::text || encode(l.user_key, 'hex'::text))
            ELSE '0x'::text || encode(l.key, 'hex'::text)
        END COLLATE "C" AS key,
        CASE l.kind
            WHEN 0 THEN 'value'::text
            WHEN 1 THEN 'tree'::text
            ELSE 'deleted'::text
        END AS kind,
        CASE l.kind
            WHEN 1 THEN lower(hex(l.value))
            ELSE ( SELECT t.value
               FROM leaf_text t
              WHERE t.oid = l.oid)
        END AS value,
    lower(hex(l.key)) AS key_hex,
        CASE
            WHEN l.kind <> 2 THEN lower(hex(l.value))
            ELSE NULL::text
        END AS value_hex,
    l.key AS key_bytes,
    l.oid,
    w.id AS written_in,
    w.height,
    to_timestamp((w.committed_at::numeric / 1000.0)::double precision) AS "time",
    w.author,
    w.message
   FROM revision r
     JOIN leaf l ON l.oid <= r.last_oid
     JOIN revision w ON w.id = l.revision_id
  WHERE (r.id = (r.height + 1) OR on_line(r.id, l.revision_id)) AND (NOT (EXISTS ( SELECT 1
           FROM pruned x
          WHERE x.revision_id = r.id)) OR refuse_pruned(r.id));

create view history_of as
 SELECT revision,
    tree,
    key,
    kind,
    value,
    key_hex,
    value_hex,
    key_bytes,
    oid,
    written_in,
    height,
    "time",
    author,
    message
   FROM history_of_key;

CREATE OR REPLACE FUNCTION history_of(key text, rev text DEFAULT 'main'::text)
 RETURNS SETOF history_of
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT h.revision,
     h.tree,
     h.key,
     h.kind,
     h.value,
     h.key_hex,
     h.value_hex,
     h.key_bytes,
     h.oid,
     h.written_in,
     h.height,
     h."time",
     h.author,
     h.message
    FROM ((leaves_of_key(key_bytes(history_of.key)) l(oid, tree_id, key, user_key, kind, value, tree_oid, tree_leaf_count, hash, previous_oid, revision_id)
      JOIN revision at ON ((at.id = revision_id(history_of.rev))))
      JOIN history_of h ON (((h.revision = at.id) AND (h.oid = l.oid))))
   ORDER BY h.oid DESC;
END;

create view line_node as
 SELECT r.line_id,
    r.height,
    above.level,
    substr(r.nodes, 32 * above.level + 1, 32) AS hash
   FROM revision r
     CROSS JOIN LATERAL generate_series(0, length(r.nodes) / 32 - 1) above(level);

CREATE OR REPLACE FUNCTION line_oids(revision bigint)
 RETURNS int8multirange
 LANGUAGE plpgsql
 STABLE STRICT
 SET search_path FROM CURRENT
AS $function$
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
end $function$;

create view keyed_leaf as
 SELECT oid,
    tree_id,
    kind,
    revision_id,
    text_of_key(key) COLLATE "C" AS key_text
   FROM leaf;

create view linked_top as
 SELECT r.id AS revision,
    ( SELECT
                CASE n.kind
                    WHEN 1 THEN - n.oid
                    ELSE NULL::bigint
                END AS "case"
           FROM leaves_of_key(t.key) n(oid, tree_id, key, user_key, kind, value, tree_oid, tree_leaf_count, hash, previous_oid, revision_id)
          WHERE n.tree_id = 0 AND n.oid <= r.last_oid AND (r.id = (r.height + 1) OR on_line(r.id, n.revision_id))
          ORDER BY n.oid DESC
         LIMIT 1) AS link
   FROM revision r
     JOIN tree t ON t.parent_id = 0;

CREATE OR REPLACE FUNCTION linked_rows(rev bigint)
 RETURNS TABLE(tree text, tree_hex text, key text, key_bytes bytea, oid bigint, value bytea, written_in bigint)
 LANGUAGE plpgsql
 STABLE
 SET search_path FROM CURRENT
AS $function$
#variable_conflict use_column
declare
    codec text;
begin
    if exists (select 1 from pruned p where p.revision_id = rev) then
        perform refuse_pruned(rev);
    end if;
    select key_codec into codec from store;
    return query
    select
        found.tree,
        found.tree_hex,
        case codec
            when 'text' then text_of_key(l.key)
            when 'hashed' then coalesce(dacite_text(l.user_key), '0x' || encode(l.user_key, 'hex'))
            else '0x' || encode(l.key, 'hex')
        end,
        l.key,
        l.oid,
        l.value,
        l.revision_id
    from linked_leaves(rev) found
    join leaf l on l.oid = found.leaf_oid
    where l.kind = 0;
end $function$;

create view linked_leaf_at as
 SELECT r.id AS revision,
    f.tree,
    f.tree_hex,
    f.key COLLATE "C" AS key,
    f.key_bytes,
    f.oid,
    r.committed_at,
    true AS linked,
    f.value,
    f.written_in
   FROM revision r
     CROSS JOIN LATERAL linked_rows(r.id) f(tree, tree_hex, key, key_bytes, oid, value, written_in)
  WHERE (EXISTS ( SELECT 1
           FROM tree));

create view linked_leaf_at_by_text as
 SELECT revision,
    tree,
    tree_hex,
    key,
    key_bytes,
    oid,
    committed_at,
    linked,
    value,
    written_in
   FROM linked_leaf_at;

CREATE OR REPLACE FUNCTION not_pruned(revision bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE COST 10000
 SET search_path FROM CURRENT
AS $function$
begin
    if exists (select 1 from pruned p where p.revision_id = not_pruned.revision) then
        perform refuse_pruned(not_pruned.revision);
    end if;
    return true;
end $function$;

create view branch as
 SELECT name,
    COALESCE(revision_id, ( SELECT max(revision.id) AS max
           FROM revision)) AS revision_id
   FROM branch_head;

CREATE OR REPLACE FUNCTION linked_leaves_at(revision bigint)
 RETURNS SETOF linked_leaf_at
 LANGUAGE plpgsql
 STABLE STRICT
 SET search_path FROM CURRENT
AS $function$
begin
    return query select * from linked_leaf_at l where l.revision = linked_leaves_at.revision;
end $function$;

create view leaf_at_by_text as
 SELECT r.id AS revision,
    s.tree,
    s.tree_hex,
    s.key,
    s.key_bytes,
    s.oid,
    r.committed_at,
    s.linked,
    s.value,
    s.written_in
   FROM revision r
     CROSS JOIN LATERAL ( SELECT line_oids(
                CASE
                    WHEN r.id <> (r.height + 1) THEN r.id
                    ELSE NULL::bigint
                END) AS line_oids
         OFFSET 0) line(oids)
     CROSS JOIN LATERAL ( SELECT ''::text AS text,
            ''::text AS text,
            text_of_key(l.key) COLLATE "C" AS text_of_key,
            l.key,
            l.oid,
            false AS "?column?",
            l.value,
            l.revision_id
           FROM leaf l
          WHERE l.oid <= r.last_oid AND l.tree_id = 0 AND l.kind = 0 AND COALESCE(l.oid <@ line.oids, true) AND NOT (EXISTS ( SELECT 1
                   FROM leaf n
                  WHERE n.key = l.key AND n.oid > l.oid AND (n.oid + 0) <= r.last_oid AND n.tree_id = 0 AND n.previous_oid IS NOT NULL AND COALESCE(n.oid <@ line.oids, true)))
        UNION ALL
         SELECT f.tree,
            f.tree_hex,
            f.key,
            f.key_bytes,
            f.oid,
            true,
            f.value,
            f.written_in
           FROM linked_leaves_at(
                CASE
                    WHEN (EXISTS ( SELECT 1
                       FROM tree)) THEN r.id
                    ELSE NULL::bigint
                END) f(revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in)) s(tree, tree_hex, key, key_bytes, oid, linked, value, written_in)
  WHERE NOT (EXISTS ( SELECT 1
           FROM pruned)) OR not_pruned(r.id);

create view leaf_at_by_key as
 SELECT r.id AS revision,
    s.tree,
    s.tree_hex,
    s.key,
    s.key_bytes,
    s.oid,
    r.committed_at,
    s.linked,
    s.value,
    s.written_in
   FROM revision r
     CROSS JOIN LATERAL ( SELECT line_oids(
                CASE
                    WHEN r.id <> (r.height + 1) THEN r.id
                    ELSE NULL::bigint
                END) AS line_oids
         OFFSET 0) line(oids)
     CROSS JOIN LATERAL ( SELECT ''::text AS text,
            ''::text AS text,
                CASE ( SELECT store.key_codec
                       FROM store)
                    WHEN 'text'::text THEN text_of_key(l.key)
                    WHEN 'hashed'::text THEN COALESCE(dacite_text(l.user_key), '0x'::text || encode(l.user_key, 'hex'::text))
                    ELSE '0x'::text || encode(l.key, 'hex'::text)
                END COLLATE "C" AS "case",
            l.key,
            l.oid,
            false AS "?column?",
            l.value,
            l.revision_id
           FROM leaf l
          WHERE l.oid <= r.last_oid AND l.tree_id = 0 AND l.kind = 0 AND COALESCE(l.oid <@ line.oids, true) AND NOT (EXISTS ( SELECT 1
                   FROM leaf n
                  WHERE n.key = l.key AND n.oid > l.oid AND (n.oid + 0) <= r.last_oid AND n.tree_id = 0 AND n.previous_oid IS NOT NULL AND COALESCE(n.oid <@ line.oids, true)))
        UNION ALL
         SELECT f.tree,
            f.tree_hex,
            f.key,
            f.key_bytes,
            f.oid,
            true,
            f.value,
            f.written_in
           FROM linked_leaves_at(
                CASE
                    WHEN (EXISTS ( SELECT 1
                       FROM tree)) THEN r.id
                    ELSE NULL::bigint
                END) f(revision, tree, tree_hex, key, key_bytes, oid, committed_at, linked, value, written_in)) s(tree, tree_hex, key, key_bytes, oid, linked, value, written_in)
  WHERE NOT (EXISTS ( SELECT 1
           FROM pruned)) OR not_pruned(r.id);

create view leaf_at_unindexed as
 SELECT revision,
    tree,
    tree_hex,
    key,
    key_bytes,
    oid,
    committed_at,
    linked,
    value,
    written_in
   FROM leaf_at_by_key;

create view leaf_at as
 SELECT revision,
    tree,
    tree_hex,
    key,
    key_bytes,
    oid,
    committed_at,
    linked,
    value,
    written_in
   FROM leaf_at_unindexed;

create view state_at as
 SELECT revision,
    tree,
    key,
        CASE
            WHEN length(encode(value, 'escape'::text)) = length(value) THEN convert_from(value, 'UTF8'::name) COLLATE "default"
            ELSE COALESCE(dacite_text(value), '0x'::text || encode(value, 'hex'::text))
        END AS value,
    dacite_json(dacite_text(value)) AS "json",
    encode(key_bytes, 'hex'::text) AS key_hex,
    encode(value, 'hex'::text) AS value_hex,
    tree_hex || encode(key_bytes, 'hex'::text) AS path_hex,
    key_bytes,
    value AS value_bytes,
    oid,
    written_in,
    to_timestamp((committed_at::numeric / 1000.0)::double precision) AS "time",
    linked
   FROM leaf_at l;

create view proof_of as
 SELECT k.revision,
    k.key,
    p.step,
    p.tree,
    p.side,
    p.depth,
    p.hash,
    p.skip,
    p.own_skip,
    k.tree_hex || lower(hex(k.key_bytes)) AS path_hex,
    k.key_bytes
   FROM leaf_at k
     JOIN revision r ON r.id = k.revision
     CROSS JOIN LATERAL siblings_of(r.root_oid, r.root, decode(k.tree_hex || encode(k.key_bytes, 'hex'::text), 'hex'::text)) p(step, tree, side, depth, hash, skip, own_skip);

CREATE OR REPLACE FUNCTION state_at(rev bigint)
 RETURNS SETOF state_at
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT state_at.revision,
     state_at.tree,
     state_at.key,
     state_at.value,
     state_at."json",
     state_at.key_hex,
     state_at.value_hex,
     state_at.path_hex,
     state_at.key_bytes,
     state_at.value_bytes,
     state_at.oid,
     state_at.written_in,
     state_at."time",
     state_at.linked
    FROM state_at
   WHERE (state_at.revision = state_at.rev);
END;

CREATE OR REPLACE FUNCTION state_at(rev text)
 RETURNS SETOF state_at
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT state_at.revision,
     state_at.tree,
     state_at.key,
     state_at.value,
     state_at."json",
     state_at.key_hex,
     state_at.value_hex,
     state_at.path_hex,
     state_at.key_bytes,
     state_at.value_bytes,
     state_at.oid,
     state_at.written_in,
     state_at."time",
     state_at.linked
    FROM state_at
   WHERE (state_at.revision = revision_id(state_at.rev));
END;

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

comment on column revision.id is 'given out in ascending order by the one writer; height + 1 where all earlier revisions stand before it on its line';

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

comment on column revision.nodes is 'the nodes that it completed in the log of its line, 32 bytes each, from the leaf up: RFC 6962''s H(00 ‖ hash), then H(01 ‖ left ‖ right) of each perfect subtree that ends with it';

comment on table branch_head is 'Where the heads of branches stand; at most one branch follows the newest revision';

comment on column branch_head.name is 'what people call the line';

comment on column branch_head.revision_id is 'its head; null: the newest revision of the store, which the branch follows without a row written';

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

comment on table field_view is 'The views that people declared over the fields of values that are JSON objects';

comment on column field_view.name is 'of the view';

comment on column field_view.fields is 'name:type,name:type, as they were declared';

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

comment on table context_commit is 'The Tezos hashes of commits';

comment on column context_commit.revision_id is 'the revision that carries it; stays when that is pruned';

comment on column context_commit.hash is 'the Tezos hash of the commit: of its root, of its parent''s hash if that carries one, of time in whole seconds, author and message';

comment on table context_directory is 'The Tezos hashes of directories, which are trees';

comment on column context_directory.top_oid is 'link to the top node of a tree: > 0 a vertex, < 0 minus the OID of a leaf';

comment on column context_directory.entry_count is 'how many keys the tree has, those of trees linked in it not counted';

comment on column context_directory.inode_id is 'of a directory of more than 256 entries its first inode; else null: such a directory is hashed in one piece';

comment on column context_directory.hash is 'the Tezos hash of the directory';

comment on table context_inode is 'Parts of big directories as Tezos hashes them, shared by directories as vertices are by trees';

comment on column context_inode.id is 'given out in ascending order by the one writer, children before parents';

comment on column context_inode.depth is 'how many inodes stand above it in its directory';

comment on column context_inode.entry_count is 'how many entries of the directory are at or below it';

comment on column context_inode.children is 'the ids of its children, by bucket, as a JSON array; [] where it holds the entries themselves, 32 at most';

comment on column context_inode.content is 'the bytes whose BLAKE2b hash is its Tezos hash; its parent''s content holds that';

comment on table context_value is 'The Tezos hashes of long values';

comment on column context_value.leaf_oid is 'the OID of a leaf whose value is longer than 120 bytes';

comment on column context_value.hash is 'the Tezos hash of the value; those of shorter ones are made when they are needed';

comment on table rehashed is 'One row for each revision that was committed anew from one of another store, under another hash or key codec';

comment on column rehashed.revision_id is 'a revision of this store';

comment on column rehashed.old_id is 'the id of the revision, in the store that it was made from, that it was made of';

comment on column rehashed.old_hash is 'the hash of that revision there';

comment on column rehashed.old_root is 'the root of that revision there';

comment on table other_value is 'Whether values may be no text, which is UTF-8 without NUL, U+FFFE and U+FFFF: SQLite''s views then look at each. A store on PostgreSQL has the row always';

comment on column other_value.one is 'always 1: the table has one row as soon as a value may be no text; none says that all values of the store are';

comment on view branch is 'The branches, each with the revision that is its head';

comment on view changes_between is 'The keys whose values differ between two revisions, of any age and on any line: ask with where from_revision = … and to_revision = …; two walks at once, which end where both have the same rows or hashes';

comment on view history_of is 'What the line of a revision wrote and deleted, key by key, as far as the rows are kept: one of the two above. Ask with where revision = … and key = …, where keys are no text with key_bytes = …; of keys in a linked tree what was written at its path';

comment on view history_of_key is 'The same where they are not';

comment on view history_of_text is 'What the line of a revision wrote and deleted, key by key, as far as the rows are kept, where the keys are text';

comment on view keyed_leaf is 'The leaves by the text of their keys, where keys are text';

comment on view leaf_at is 'The leaves at each revision, whatever tree they are in: one of the three above. Ask for one revision, and for keys by their text where they are text, else by their bytes; not linked leaves linked trees out, which are walked';

comment on view leaf_at_by_key is 'The same where the keys are no text and their bytes are indexed';

comment on view leaf_at_by_text is 'The leaves at each revision where the keys are text: in the top tree those that no later leaf of their key on the line of the revision replaces, as the index tells';

comment on view leaf_at_unindexed is 'The same without any index: all is read';

comment on view leaf_log is 'The change log in readable form, for any SQL prompt: one row a leaf row, keys and values as people read them and as hex';

comment on view leaf_text is E'Every leaf row as people read it: its key, the key as the name of a tree in a path (\\/ a slash, \\\\ a backslash), its value, null where it holds none; keys of the codecs bytes and uint as 0x and hex, which sorts as they do';

comment on view line_node is 'The nodes of each line one by one: those of level 0 are leaves, one of level n covers 2^n revisions up to this height.';

comment on view line_part is 'The line of each revision as ranges of OIDs, one for each log that holds some of its revisions: what a revision on it wrote lies in one of them, and where whole is true nothing else does';

comment on view linked_leaf_at is 'The leaves of linked trees at each revision, by a walk from the links in the top tree';

comment on view linked_leaf_at_by_text is 'The same where keys are text';

comment on view linked_top is 'The trees that are linked in the top tree at each revision: of each key that ever held a tree, where its last leaf on the line links to one, that leaf, as minus its OID';

comment on view proof_of is 'The proof of each key at a revision, beside each vertex of its path the hash and the skip that lead on to the root: ask with where revision = … and key = …, where keys are no text with key_bytes = …; how to hash it is told in queries/siblings';

comment on view readable is 'The values, and the names that users gave to hashed keys and to trees, as people read them: as text where the bytes are UTF-8 without NUL, else as 0x and hex';

comment on view readable_leaf is 'The values of leaves and the names that users gave to hashed keys as people read them: as text where the bytes are UTF-8 without NUL, else as 0x and hex';

comment on view rehash_table is 'The table old hash to new hash as people read it, for whoever trusts a hash of the old store';

comment on view state_at is 'The map at each revision as people read it, one row a key: ask with where revision = …, and with key for one key, a prefix or a range of keys; where keys are no text, with key_bytes; with not linked for the top tree alone';

comment on view tree_path is E'Every named tree with its path: the names from the top as text, joined by ''/''; within a name \\/ is a slash, \\\\ a backslash';

comment on function bits(bytes bytea, length integer) is 'the first bits of a key or a padded prefix, as 0s and 1s';

comment on function changes_between(a bigint, b bigint) is 'the keys whose values differ between two revisions: the view changes_between';

comment on function changes_between(a text, b text) is 'the same between revisions that names mean';

comment on function dacite_hash(bytes bytea) is 'H of the canonical form, for a store with sha256';

comment on function dacite_json(value text) is 'the text as JSON, null where it is none';

comment on function dacite_skip(bytes bytea, from_bit integer, to_bit integer) is 'enc(bits from_bit … to_bit) of the canonical form: the length as a varint, then the padded bits';

comment on function dacite_text(bytes bytea) is 'the bytes as text where they are UTF-8 without NUL, else null';

comment on function hex(bytes bytea) is 'upper-case hexadecimal, as on SQLite';

comment on function history_of(key text, rev text) is 'what the line of a revision, that of main unless another is named, wrote for a key, newest first: the view history_of';

comment on function key_bytes(key text) is 'the canonical bytes of a key as its user types it, for where key_bytes = …';

comment on function key_text(key bytea) is 'a canonical key as its user typed it; of a hashed key the hash';

comment on function leaves_of_key(bytes bytea) is 'all leaves of a canonical key, by the index that there is';

comment on function line_oids(revision bigint) is 'the OIDs of what the line of a revision wrote, up to that one; null for null';

comment on function line_parts(revision bigint) is 'the line of one revision: the rows of the view line_part; apart from a statement, so that its plan stays small';

comment on function linked_leaves(rev bigint) is 'the leaves of the trees that are linked at a revision, their links among them, by a walk';

comment on function linked_leaves_at(revision bigint) is 'the leaves of linked trees at a revision: the view linked_leaf_at; none for null';

comment on function linked_rows(rev bigint) is 'the leaves of linked trees that hold a value at a revision, by a walk; apart from a statement, so that its plan stays small';

comment on function not_pruned(revision bigint) is 'true, or an error where the revision was pruned';

comment on function on_line(revision bigint, written_in bigint) is 'whether the second revision is the first or stands before it on its line';

comment on function proof_of(rev bigint, key text) is 'the same at the revision of that id';

comment on function proof_of(rev text, key text) is 'the proof of a key of the top tree, there or not, at the revision that a name means: each level from the root on';

comment on function refuse_pruned(revision bigint) is 'the error of who asks for the state of a revision that was pruned';

comment on function revision_id(rev text) is 'the id of the revision that a branch, a tag, an id or eight digits or more of a hash name; ~N behind it: the Nth before';

comment on function siblings_of(top bigint, root bytea, path bytea) is 'the way from a root, given as link and hash, to the canonical keys of a path, in a proof of which these rows are the levels; as in queries/siblings';

comment on function state_at(rev bigint) is 'the map at the revision of that id, one row a key: the view state_at';

comment on function state_at(rev text) is 'the same at the revision that a name means: a branch, a tag, ~N';

comment on function text_of_key(key bytea) is 'the text that a canonical key of the codec text is made of, by which its leaves are indexed';
