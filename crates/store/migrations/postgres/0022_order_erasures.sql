-- The reader who has asked for erasure while an order held the comment, and whether for everything: done when it lets go.
alter table order_comments add column erase_for bigint;
alter table order_comments add column erase_all bigint;

-- Asked when a reader's data go.
create index happenings_of_notices on happenings (by_actor, happening_id) where kind = 'notices-changed';
