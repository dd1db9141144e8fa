-- Layers over the learned heads that the paper's own decisions taught. A layer is numbers and holds no word: it stays when
-- texts are erased, so that what was judged by it can be judged again.

create table own_layers (
    layer_id bigint not null primary key,
    at bigint not null,
    -- who asked for it; 0: the clock
    by_id bigint not null,
    -- decisions that it was taught by
    decisions bigint not null,
    -- sixteen hexadecimal digits each: of the heads beneath it, its own, and of both together, as verdicts name them
    heads text not null,
    fingerprint text not null,
    models text not null,
    -- JSON: before and after
    report text not null,
    bytes bytea not null
);

create index own_layers_by_models on own_layers (models, layer_id);

-- Which layer is used, and when one is taught. Versions are added and never changed; the newest holds, and without one none is
-- used.
create table learning (
    learning_id bigint not null primary key,
    at bigint not null,
    by_id bigint not null references staff (staff_id),
    why text not null,
    -- none: the heads judge as they ship
    layer_id bigint,
    -- one is taught each week
    weekly bigint not null,
    -- decisions of other comment systems count too
    suggestions bigint not null
);

-- Times at which a layer is taught.
create table learning_runs (
    run_id bigint not null primary key,
    at bigint not null,
    by_id bigint not null,
    -- 'asked', 'running', 'done', 'too-few', 'failed'
    state text not null,
    done bigint not null,
    total bigint not null,
    -- until then whoever is at it is believed to be
    until_at bigint not null,
    layer_id bigint
);
