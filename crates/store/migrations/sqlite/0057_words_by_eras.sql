-- The index of SQLite tells the last ones first, and takes words in at once: nothing changes.
select 1;
