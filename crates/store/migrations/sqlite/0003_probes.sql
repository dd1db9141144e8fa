-- A sample of the runs of four words of every story that was public and of the comments of the last months, to find the
-- texts that share some with a new one. Made by the program from the texts, and again after an import. `source` is the id
-- of the story or of the comment. A probe is kept for four sources at most: what stands in four belongs to none.

create table probes (
    probe integer not null,
    source integer not null,
    primary key (probe, source)
) strict, without rowid;
