-- Accounts at the organisation's own sign-in (OpenID Connect) by which members of the staff come in, and by which way each
-- sign-in was opened.

create table organisation_accounts (
    -- Who vouches, and for whom. Never an address of mail: addresses change hands, and not every provider looks whose they are.
    issuer text not null,
    subject text not null,
    staff_id integer not null references staff (staff_id),
    -- as the organisation calls it, for its owner to know it by
    name text not null,
    added_at integer not null,
    used_at integer,
    primary key (issuer, subject),
    constraint organisation_accounts_one unique (staff_id, issuer)
) strict, without rowid;

-- a word: password, code, recovery-code, passkey, link, organisation; none for those that ran before there was this column
alter table sessions add column how text;
