-- What members of the staff sign in with, and how often it was tried. Nothing here opens a door by itself but the secret of
-- the codes, which has to be known to be compared; everything else is kept as hashes.

-- Addresses of mail are in small letters.
alter table staff add column email text collate "C";
alter table staff add column disabled_at bigint;
-- Argon2id, with its parameters and its salt
alter table staff add column password text;
-- in hexadecimal; and the span of time of which a code was used last
alter table staff add column totp_secret text;
alter table staff add column totp_step bigint;
create unique index staff_email on staff (email) where email is not null;

-- when it was used last, give or take some minutes; when its owner last showed that it is they; from where, in coarse words
alter table sessions add column seen_at bigint;
alter table sessions add column proven_at bigint;
alter table sessions add column device text;
create index sessions_of_staff on sessions (staff_id);

create table passkeys (
    passkey_id bigint not null primary key,
    staff_id bigint not null references staff (staff_id),
    -- base64url
    credential text collate "C" not null,
    -- the public key, as JSON
    public_key text not null,
    sign_count bigint not null,
    name text not null,
    added_at bigint not null,
    used_at bigint,
    constraint passkeys_credential unique (credential)
);

create index passkeys_of_staff on passkeys (staff_id, passkey_id);

create table recovery_codes (
    code_hash text collate "C" not null primary key,
    staff_id bigint not null references staff (staff_id),
    made_at bigint not null,
    used_at bigint
);

create index recovery_codes_of_staff on recovery_codes (staff_id);

-- Tickets that were used, until they would have run out by themselves.
create table spent_tickets (
    ticket_hash text collate "C" not null primary key,
    until_at bigint not null
);

create index spent_tickets_by_end on spent_tickets (until_at);

-- Attempts that failed in a row, for each name that was tried, whether anybody is called so or not. Names are kept as keyed
-- hashes: what is typed there may be a password.
create table sign_in_tries (
    who_hash text collate "C" not null primary key,
    tries bigint not null,
    last_at bigint not null,
    -- no attempt is looked at before
    until_at bigint not null
);

create index sign_in_tries_by_time on sign_in_tries (last_at);

-- What happened to the staff and their sign-ins.
create index happenings_of_staff on happenings (happening_id)
    where kind in (
        'signed-in', 'sign-in-refused', 'sign-in-changed', 'staff-added', 'staff-placed', 'staff-disabled', 'staff-enabled',
        'staff-linked', 'sessions-ended'
    );
