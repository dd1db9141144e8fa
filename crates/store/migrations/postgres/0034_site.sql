-- The paper's house, part by part and version by version: menus, style rules, who may sell its places. The newest version
-- of a part holds; an earlier one is taken back by being put there again.

create table site_versions (
    version_id bigint not null primary key,
    -- a word: menus, css, ads-txt
    part text not null,
    at bigint not null,
    by_id bigint not null,
    -- JSON, or the text itself
    content text not null
);

create index site_versions_of_part on site_versions (part, version_id);
