-- A seal for each happening, in their order: each holds a digest of its happening and of the seal before it, so that nobody changes,
-- takes away or puts in a happening unseen. What an erasure may take is in it as a salted digest alone; with the salt goes the
-- last trace of it, and the chain stays whole.
create table log_seals (
    place bigint not null primary key,
    happening_id bigint not null unique,
    -- 16 random bytes as hex; null once who it was or what they said was erased
    salt text,
    -- SHA-256 of the salt and of who, what and why, as hex
    words text not null,
    -- SHA-256 of the seal before, the place, what is never erased, and `words`, as hex
    chain text not null
);
