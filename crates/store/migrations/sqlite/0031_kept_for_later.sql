-- What a hold and a draft of the front page remember, and the pictures whose rights end, found at once.

-- the minute that the clock had for a story when it was held
alter table stories add column hold_goes_at integer;

-- the launch that readers had when the draft was begun; none: there was none
alter table front_draft add column begun_from integer;

create index picture_library_warned on picture_library (rights_until, name)
    where rights_until is not null and ended_at is null and taken_down_at is null and uses > 0;
