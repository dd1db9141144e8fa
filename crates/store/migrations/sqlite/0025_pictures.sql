-- The library of pictures: what is known of each. Its bytes stand in pictures, under the same name.

create table picture_library (
    name text not null primary key,
    -- of its pixels, by which the same picture is known again
    print text not null,
    width integer not null,
    height integer not null,
    -- a few pixels of it, as an address that begins with data:
    placeholder text not null,
    alt text not null,
    caption text not null,
    credit text not null,
    -- whose it is, and until which day the paper may show it ('YYYY-MM-DD')
    holder text not null,
    rights_until text,
    -- what must be seen of it, in hundredths from its upper left corner
    focus_x integer not null,
    focus_y integer not null,
    -- folded, each between two spaces
    words text not null,
    by_id integer,
    at integer not null,
    constraint picture_library_print unique (print)
) strict;

create index picture_library_by_time on picture_library (at, name);
