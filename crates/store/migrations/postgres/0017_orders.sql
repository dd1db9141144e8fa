-- Orders of authorities: entered, carried out, what they removed kept apart and sealed, everything done about them.

-- Keys to which what is removed is sealed. Their other halves are on no machine of the paper.
create table order_keys (
    key_id bigint not null primary key,
    recipient text not null,
    name text not null,
    added_at bigint not null,
    added_by bigint not null,
    removed_at bigint,
    removed_by bigint
);

create table orders (
    order_id bigint not null primary key,
    -- 'terrorist-content', 'court', 'other'
    kind text not null,
    authority text not null,
    contact text not null,
    country text not null,
    reference text not null,
    received_at bigint not null,
    -- the author is not told before
    silent_until bigint,
    entered_at bigint not null,
    entered_by bigint not null,
    carried_out_at bigint,
    carried_out_by bigint,
    -- what it removed is kept until then; none until it was carried out
    keep_until bigint,
    document_name text not null,
    document_type text not null,
    -- sealed, in base64
    document text,
    -- SHA-256 of what was sealed, in hexadecimal
    document_print text not null,
    document_at bigint,
    ended_at bigint
);

create index orders_open on orders (received_at, order_id) where carried_out_at is null and ended_at is null;
create index orders_by_end on orders (keep_until, order_id) where ended_at is null and keep_until is not null;
create index orders_by_receipt on orders (received_at, order_id);

create table order_comments (
    story_id bigint not null,
    comment_id bigint not null,
    order_id bigint not null,
    -- the comment's state before
    was text not null,
    -- none where nothing of it was public any more
    ruling_id bigint,
    removed_at bigint not null,
    -- an age file in base64, and SHA-256 of what is in it; none until there is a key
    sealed text,
    print text not null,
    sealed_at bigint,
    restored_at bigint,
    ended_at bigint,
    primary key (story_id, comment_id, order_id)
);

create index order_comments_of_order on order_comments (order_id, comment_id);
create index order_comments_to_seal on order_comments (order_id, comment_id)
    where sealed_at is null and restored_at is null and ended_at is null;

-- Everything that was done about an order, and every look at what is sealed.
create table order_log (
    line_id bigint not null primary key,
    order_id bigint not null,
    at bigint not null,
    -- none: the program itself
    by_id bigint,
    -- 'entered', 'document-kept', 'carried-out', 'sealed', 'taken', 'extended', 'reinstated', 'ended'
    what text not null,
    comment_id bigint,
    why text not null
);

create index order_log_of_order on order_log (order_id, line_id);

-- The copies of a comment.
create index kin_of_group on kin (kin_id, comment_id);
