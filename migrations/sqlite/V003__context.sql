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
