-- Layers over the learned heads that the paper's own decisions taught. A layer is numbers and holds no word: it stays when
-- texts are erased, so that what was judged by it can be judged again.

create table own_layers (
    layer_id integer not null primary key,
    at integer not null,
    -- who asked for it; 0: the clock
    by_id integer not null,
    -- decisions that it was taught by
    decisions integer not null,
    -- sixteen hexadecimal digits each: of the heads beneath it, its own, and of both together, as verdicts name them
    heads text not null,
    fingerprint text not null,
    models text not null,
    -- JSON: before and after
    report text not null,
    bytes blob not null
) strict;

create index own_layers_by_models on own_layers (models, layer_id);

-- Which layer is used, and when one is taught. Versions are added and never changed; the newest holds, and without one none is
-- used.
create table learning (
    learning_id integer not null primary key,
    at integer not null,
    by_id integer not null references staff (staff_id),
    why text not null,
    -- none: the heads judge as they ship
    layer_id integer,
    -- one is taught each week
    weekly integer not null,
    -- decisions of other comment systems count too
    suggestions integer not null
) strict;

-- Times at which a layer is taught.
create table learning_runs (
    run_id integer not null primary key,
    at integer not null,
    by_id integer not null,
    -- 'asked', 'running', 'done', 'too-few', 'failed'
    state text not null,
    done integer not null,
    total integer not null,
    -- until then whoever is at it is believed to be
    until_at integer not null,
    layer_id integer
) strict;
