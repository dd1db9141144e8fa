-- What rules may decide by themselves. Versions are added and never changed; the newest holds, and without one nothing acts.

create table acting (
    acting_id bigint not null primary key,
    at bigint not null,
    by_id bigint not null references staff (staff_id),
    why text not null,
    -- JSON: each rule with where it acts
    settings text not null
);

-- Where a rule decided: its word, and the version under which it did. by_id is 0 there.
alter table rulings add column rule text;
alter table rulings add column acting_id bigint;

create index rulings_by_rule on rulings (rule, ruling_id) where rule is not null;
