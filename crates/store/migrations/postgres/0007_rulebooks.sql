-- The paper's own rules of the examination, laid over what ships. Versions are added and never changed; the newest holds.

create table rulebooks (
    rulebook_id bigint not null primary key,
    at bigint not null,
    by_id bigint not null references staff (staff_id),
    why text not null,
    -- TOML
    text text not null,
    -- sixteen hexadecimal digits, as verdicts name it
    fingerprint text not null
);
