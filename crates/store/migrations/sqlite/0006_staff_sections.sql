-- Which sections a member of the staff is bound to; whoever has no row here answers for the whole paper. A row outlives its
-- section: were it taken away with it, whoever was bound to that section alone would be bound to nothing.

create table staff_sections (
    staff_id integer not null references staff (staff_id),
    section_id integer not null,
    primary key (staff_id, section_id)
) strict, without rowid;

-- The section that its text names.
alter table stories add column section_id integer;
update stories set section_id = json_extract(text, '$.section');
create index stories_of_section on stories (section_id, touched_at, story_id);
