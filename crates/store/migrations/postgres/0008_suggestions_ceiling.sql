-- Suggestions of other comment systems are kept for a year, and so many of each system: both are looked for by their order.

create index suggestions_by_time on suggestions (at);
create index suggestions_of_client on suggestions (client_id, suggestion_id);
