-- Programs that work with the whole paper by a key: what the key may do, and for whom. A key without a member of the staff asks for verdicts
-- alone.

-- whose acts it does; it may do no more than they may
alter table api_clients add column staff_id bigint;
-- JSON: a list of words
alter table api_clients add column scopes text not null default '["verdicts"]';

-- What was answered to a request with a name of its own, for a day: the same sent again is answered the same.
create table api_answers (
    client_id bigint not null,
    request text collate "C" not null,
    -- SHA-256 of method, path and body
    print text not null,
    until_at bigint not null,
    -- 0 while it is being answered
    status bigint not null,
    answer text not null,
    primary key (client_id, request)
);

create index api_answers_until on api_answers (until_at);
