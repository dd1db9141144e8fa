-- Readers' accounts. Personal: readers.name, email, folded, language; reader_links.email, folded; the device and the times of
-- reader_sign_ins; all of reader_passkeys; reader_guests says which device key became whose.

create table readers (
    reader_id integer not null primary key,
    -- as whom the account comments; no device has this key
    visitor_id integer not null,
    -- offered in the form; may be empty
    name text not null,
    -- as typed, and in small letters; none: sign-in by passkey alone
    email text,
    folded text,
    -- of mail
    language text not null,
    wants_replies integer not null,
    wants_decisions integer not null,
    began_at integer not null,
    -- give or take a day
    seen_at integer not null,
    -- notices sent on the last day on which there were any: 'YYYY-MM-DD', UTC
    mail_day text not null,
    mails integer not null,
    constraint readers_visitor unique (visitor_id),
    constraint readers_folded unique (folded)
) strict;

-- Links that were asked for. The token is made when the mail is, and only its SHA-256 is kept.
create table reader_links (
    link_id integer not null primary key,
    -- whose new address it is to be; none: it opens the account of the address, or makes one
    reader_id integer,
    email text not null,
    folded text not null,
    language text not null,
    token_hash text,
    made_at integer not null,
    until_at integer not null,
    used_at integer,
    constraint reader_links_token unique (token_hash)
) strict;

create index reader_links_of_address on reader_links (folded, made_at);
create index reader_links_by_end on reader_links (until_at);

create table reader_sign_ins (
    token_hash text not null primary key,
    session_id integer not null,
    reader_id integer not null references readers (reader_id),
    begun_at integer not null,
    until_at integer not null,
    -- give or take some minutes
    seen_at integer not null,
    -- in coarse words
    device text not null,
    constraint reader_sign_ins_session unique (session_id)
) strict;

create index reader_sign_ins_of_reader on reader_sign_ins (reader_id, session_id);
create index reader_sign_ins_by_end on reader_sign_ins (until_at);

create table reader_passkeys (
    passkey_id integer not null primary key,
    reader_id integer not null references readers (reader_id),
    -- base64url
    credential text not null,
    -- the public key, as JSON
    public_key text not null,
    sign_count integer not null,
    name text not null,
    added_at integer not null,
    used_at integer,
    constraint reader_passkeys_credential unique (credential)
) strict;

create index reader_passkeys_of_reader on reader_passkeys (reader_id, passkey_id);

-- Whose history went to which account.
create table reader_guests (
    visitor_id integer not null primary key,
    reader_id integer not null references readers (reader_id),
    at integer not null
) strict;

create index reader_guests_of_reader on reader_guests (reader_id, visitor_id);
