-- From which networks visitors sent something: keyed hashes alone, under a key that is thrown away after a while.

-- The key of now, and no other. In no export.
create table network_keys (
    one integer not null primary key,
    key_id integer not null,
    begun_at integer not null,
    -- 32 bytes, in hexadecimal
    value text not null
) strict;

create table visitor_networks (
    key_id integer not null,
    -- the hash, in hexadecimal
    network text not null,
    visitor_id integer not null,
    first_at integer not null,
    last_at integer not null,
    primary key (key_id, network, visitor_id)
) strict, without rowid;

create index visitor_networks_of_visitor on visitor_networks (visitor_id);
create index visitor_networks_by_time on visitor_networks (last_at);

-- Who of the staff asked for others of a visitor's networks.
create table network_looks (
    look_id integer not null primary key,
    visitor_id integer not null,
    by_id integer not null,
    at integer not null
) strict;

create index network_looks_of_visitor on network_looks (visitor_id, look_id);
