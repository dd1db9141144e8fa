-- The card of a public story: the picture that other places show of a link to it. It is drawn in the background; `due_at` says
-- when, and is empty once it is drawn. Its bytes stand where those of pictures do, under `name`.
create table share_cards (
    story_id integer not null primary key,
    name text not null,
    published_at integer not null,
    due_at integer,
    tries integer not null
) strict;

create index share_cards_due on share_cards (published_at) where due_at is not null;
