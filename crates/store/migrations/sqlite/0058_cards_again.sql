-- Of the cards that are due, those of old stories that have one and are drawn anew. Most due ones have none: those of an archive that
-- moved in, which are drawn when somebody changes their story. They are looked for at every turn of the clock.
create index share_cards_again on share_cards (due_at) where due_at is not null and name <> '';
