-- The index of SQLite knows the places of words, and tells the last ones first: nothing changes.
select 1;
