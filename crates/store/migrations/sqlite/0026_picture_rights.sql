-- Which story holds which picture of the library, and what keeps a picture from readers.

create table picture_uses (
    name text not null,
    story_id integer not null,
    -- 2: readers have it; 1: they had, and the story was withdrawn; 0: neither
    printed integer not null,
    -- 1: it stands in what is written on the story now
    written integer not null,
    primary key (name, story_id)
) strict, without rowid;

create index picture_uses_of_story on picture_uses (story_id);

-- stories that hold it; those of them in which readers have it
alter table picture_library add column uses integer not null default 0;
alter table picture_library add column public_uses integer not null default 0;
-- its rights ended, and readers see it no more since
alter table picture_library add column ended_at integer;
-- somebody took it from every page
alter table picture_library add column taken_down_at integer;
alter table picture_library add column taken_down_by integer;
alter table picture_library add column taken_down_why text;

create index picture_library_ending on picture_library (rights_until, name)
    where rights_until is not null and ended_at is null;
create index picture_library_away on picture_library (at, name)
    where ended_at is not null or taken_down_at is not null;

-- What stands in the stories of an older paper: here and not later, for until it is known readers see no picture.
insert into picture_uses (name, story_id, printed, written)
select l.name, held.story_id, max(held.printed), max(held.written) from (
    select f.atom as name, s.story_id,
        case s.state when 'published' then 2 when 'withdrawn' then 1 else 0 end as printed,
        case when w.story_id is null then 1 else 0 end as written
    from stories s left join working_texts w on w.story_id = s.story_id
    join json_tree(s.text) f on f.key = 'file' and f.type = 'text'
    union all
    select f.atom, w.story_id, 0, 1 from working_texts w
    join json_tree(w.text) f on f.key = 'file' and f.type = 'text'
) as held join picture_library l on l.name = held.name
group by l.name, held.story_id;

update picture_library set
    uses = (select count(*) from picture_uses u where u.name = picture_library.name),
    public_uses = (select count(*) from picture_uses u where u.name = picture_library.name and u.printed = 2);
