-- Where a picture's bytes stand when they do not stand in the database, and which sizes of it there are.

create table picture_files (
    name text not null primary key,
    -- folder, s3
    place text not null,
    key text not null,
    -- of the bytes, in hexadecimal
    sha256 text not null,
    length integer not null
) strict;

-- What may stand there though no row names it: noted before bytes are put there, and gone with the commit that names them;
-- noted again by the commit after which nothing names them.
create table picture_strays (
    place text not null,
    key text not null,
    due_at integer not null,
    -- 1: it is being taken away, and nothing can name it any more
    going integer not null,
    primary key (place, key)
) strict, without rowid;

create index picture_strays_due on picture_strays (due_at);

-- widths that there are, in pixels, with spaces between them: as JPEG, and as AVIF
alter table picture_library add column widths text not null default '';
alter table picture_library add column avif text not null default '';
-- 0: nothing is to be made; 1: sizes are still to be made; 2: they could not be
alter table picture_library add column sizing integer not null default 0;
-- whoever makes them has until then; nobody begins before
alter table picture_library add column sizing_at integer not null default 0;
alter table picture_library add column sizing_tries integer not null default 0;

create index picture_library_sizing on picture_library (sizing_at, name) where sizing = 1;

update picture_library set widths = trim(
    case when exists (select 1 from pictures p where p.name = picture_library.print || '-480.jpg') then '480 ' else '' end
    || case when exists (select 1 from pictures p where p.name = picture_library.print || '-960.jpg') then '960 ' else '' end
    || case when exists (select 1 from pictures p where p.name = picture_library.print || '-1600.jpg') then '1600' else '' end);
