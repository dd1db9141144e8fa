-- In which language a member of the staff reads the desk: a tag, `ar`, `fr` or `en`; null where they read it in the paper's.

alter table staff add column language text;
