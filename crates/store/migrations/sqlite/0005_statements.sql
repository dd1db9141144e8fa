-- Every decision that restricts a comment, in the shape of a statement of reasons (JSON); null where nothing was restricted,
-- and on rulings from before this step.
alter table rulings add column statement text;
