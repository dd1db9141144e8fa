-- Pages of other sites under which readers talk here. Each that was written under is a row of `stories` in the state
-- 'outside': comments, rulings and numbers hang on it as on a story, and it stands in no list. Its slug begins with '~', it
-- was touched at 0.

create table other_sites (
    site_id bigint not null primary key,
    name text collate "C" not null,
    -- JSON: which pages, and what of their query tells them apart
    rules text not null,
    -- what holds under a page from its first comment on
    comment_policy text not null,
    -- whose moderators see the comments
    section_id bigint,
    added_at bigint not null,
    added_by bigint not null,
    -- since when it shows no threads any more
    closed_at bigint,
    -- threads that came into being in an hour, and which hour since 1970
    hour bigint not null,
    hour_pages bigint not null,
    constraint other_sites_name unique (name)
);

create table outside_pages (
    story_id bigint not null primary key references stories (story_id),
    site_id bigint not null references other_sites (site_id),
    -- the same for every address of the page
    page text collate "C" not null,
    -- where readers go
    address text not null,
    constraint outside_pages_page unique (site_id, page)
);

-- By which a site says who of its members writes. One that was taken away stays, so that its name is never given again.
create table other_site_keys (
    site_id bigint not null references other_sites (site_id),
    kid text collate "C" not null,
    -- 'HS256', 'EdDSA', 'ES256'
    way text not null,
    -- base64url: the shared secret, or the public key; empty once it was taken away
    material text not null,
    added_at bigint not null,
    added_by bigint not null,
    removed_at bigint,
    primary key (site_id, kid)
);

-- As which visitor a member of a site comments; by a keyed hash of what the site calls them.
create table outside_people (
    site_id bigint not null references other_sites (site_id),
    mark text collate "C" not null,
    visitor_id bigint not null,
    primary key (site_id, mark)
);

create index outside_people_visitor on outside_people (visitor_id);

-- How often a site's token was used to send something, until it ends.
create table outside_tokens (
    site_id bigint not null,
    mark text collate "C" not null,
    until_at bigint not null,
    uses bigint not null,
    primary key (site_id, mark)
);

create index outside_tokens_until on outside_tokens (until_at);
