-- What one reader sent is found by whoever sent it: for the copy that a reader may take along, and for its erasure.

create index reports_of_visitor on reports (visitor_id, report_id);
create index appeals_of_visitor on appeals (visitor_id, appeal_id);
