-- From which networks visitors sent something: keyed hashes alone, under a key that is thrown away after a while.

-- The key of now, and no other. In no export.
create table network_keys (
    one bigint not null primary key,
    key_id bigint not null,
    begun_at bigint not null,
    -- 32 bytes, in hexadecimal
    value text not null
);

create table visitor_networks (
    key_id bigint not null,
    -- the hash, in hexadecimal
    network text collate "C" not null,
    visitor_id bigint not null,
    first_at bigint not null,
    last_at bigint not null,
    primary key (key_id, network, visitor_id)
);

create index visitor_networks_of_visitor on visitor_networks (visitor_id);
create index visitor_networks_by_time on visitor_networks (last_at);

-- Who of the staff asked for others of a visitor's networks.
create table network_looks (
    look_id bigint not null primary key,
    visitor_id bigint not null,
    by_id bigint not null,
    at bigint not null
);

create index network_looks_of_visitor on network_looks (visitor_id, look_id);
