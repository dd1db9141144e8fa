-- Which story holds which picture of the library, and what keeps a picture from readers.

create table picture_uses (
    name text collate "C" not null,
    story_id bigint not null,
    -- 2: readers have it; 1: they had, and the story was withdrawn; 0: neither
    printed bigint not null,
    -- 1: it stands in what is written on the story now
    written bigint not null,
    primary key (name, story_id)
);

create index picture_uses_of_story on picture_uses (story_id);

-- stories that hold it; those of them in which readers have it
alter table picture_library add column uses bigint not null default 0;
alter table picture_library add column public_uses bigint not null default 0;
-- its rights ended, and readers see it no more since
alter table picture_library add column ended_at bigint;
-- somebody took it from every page
alter table picture_library add column taken_down_at bigint;
alter table picture_library add column taken_down_by bigint;
alter table picture_library add column taken_down_why text;

create index picture_library_ending on picture_library (rights_until, name)
    where rights_until is not null and ended_at is null;
create index picture_library_away on picture_library (at, name)
    where ended_at is not null or taken_down_at is not null;

-- What stands in the stories of an older paper: here and not later, for until it is known readers see no picture.
insert into picture_uses (name, story_id, printed, written)
select l.name, held.story_id, max(held.printed), max(held.written) from (
    select f.file #>> '{}' as name, s.story_id,
        case s.state when 'published' then 2 when 'withdrawn' then 1 else 0 end as printed,
        case when w.story_id is null then 1 else 0 end as written
    from stories s left join working_texts w on w.story_id = s.story_id
    cross join lateral jsonb_path_query(cast(s.text as jsonb), '$.**.file') as f(file)
    -- what no jsonb takes: a text with such a sign has come from elsewhere, and no picture of the library is in it yet
    where s.text not like '%\\u0000%'
    union all
    select f.file #>> '{}', w.story_id, 0, 1 from working_texts w
    cross join lateral jsonb_path_query(cast(w.text as jsonb), '$.**.file') as f(file)
    where w.text not like '%\\u0000%'
) as held join picture_library l on l.name = held.name
group by l.name, held.story_id;

update picture_library set
    uses = (select count(*) from picture_uses u where u.name = picture_library.name),
    public_uses = (select count(*) from picture_uses u where u.name = picture_library.name and u.printed = 2);
