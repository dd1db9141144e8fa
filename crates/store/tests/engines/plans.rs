//! Every statement that readers and the desk wait for goes by its index, on each engine, in a paper with some years in it.

use crate::both::Trial;
use store::{Place, Store};

/// What each statement must go by, in SQLite's plan and in PostgreSQL's; nothing: it is asked of the other engine alone.
const GOES_BY: &[(&str, &str, &str)] = &[
    ("followers.newest", "follower_settings_of_part (part=?)", "follower_settings_"),
    ("newsletter.to-tell", "subscribers_to_tell (rhythm=? AND subscriber_id>?)", "subscribers_"),
    ("newsletter.editions", "editions USING INTEGER PRIMARY KEY (rowid<?)", "editions_pkey"),
    ("channels.lately", "channel_deliveries_of_channel (channel_id=? AND delivery_id<?)", "channel_deliveries_"),
    ("fediverse.blocked", "(host=?)", "fediverse_blocks_pkey"),
    ("fediverse.note", "(mark=?)", "fediverse_notes_pkey"),
    ("fediverse.to-tell", "i USING INTEGER PRIMARY KEY (rowid>?)", "fediverse_inboxes_pkey"),
    ("fediverse.unfilled", "fediverse_messages_to_fill", "fediverse_messages_to_fill"),
    ("push.to-wake", "push_subscriptions USING INTEGER PRIMARY KEY (rowid>?)", "push_subscriptions_pkey"),
    ("thread.oldest", "comments_oldest (story_id=? AND (root,number)>(?,?))", "comments_oldest"),
    ("thread.rest-of-root", "(story_id=? AND root=? AND number>?)", "comments_"),
    ("thread.roots-below", "comments_newest (story_id=? AND root<?)", "comments_newest"),
    ("thread.by-number", "comments_number (story_id=? AND number=?)", "comments_"),
    ("thread.places-before", "comments_oldest (story_id=? AND (root,number)<(?,?))", "comments_oldest"),
    ("thread.featured", "comments_featured (story_id=?", "comments_"),
    ("queue.waiting-same", "COVERING INDEX comments_waiting (", "comments_waiting "),
    ("queue.waiting-below", "COVERING INDEX comments_waiting (", "comments_waiting "),
    ("queue.story-same", "comments_waiting_of_story (", "comments_waiting_of_story "),
    ("queue.story-below", "comments_waiting_of_story (", "comments_waiting_of_story "),
    ("queue.reported", "COVERING INDEX comments_reported (", "comments_reported "),
    (
        "queue.places",
        "queue_places USING PRIMARY KEY (queue=? AND (rank,received_at,comment_id)>(?,?,?))",
        "queue_places_pkey",
    ),
    ("queue.same-print", "comments_waiting_by_print (print=?)", "comments_waiting_by_print"),
    ("queue.kin-size", "queue_places USING PRIMARY KEY (queue=?)", "queue_places_pkey"),
    ("queue.notes", "comment_notes_of_comment (story_id=? AND comment_id=?)", "comment_notes_of_comment"),
    ("queue.others", "visitor_comments_by_time (visitor_id=?)", "visitor_comments"),
    ("queue.lately", "comments_waiting_of_story (story_id=?)", "comments_waiting_of_story"),
    ("queue.rulings", "rulings USING INTEGER PRIMARY KEY (rowid<?)", "Backward using rulings_pkey"),
    ("queue.rulings-of", "rulings_by_rule (rule=? AND ruling_id<?)", "rulings_"),
    ("queue.rulings-by", "rulings_by_staff (by_id=? AND ruling_id<?)", "rulings_"),
    ("pictures.latest", "picture_library_by_time", "picture_library_by_time"),
    ("pictures.named", "picture_library_1 (name=?)", "picture_library_pkey"),
    ("pictures.served", "picture_library_1 (name=?)", "picture_library_pkey"),
    ("pictures.kept-from-readers", "picture_library_1 (name=?)", "picture_library_"),
    ("pictures.readers-may-have", "pictures_1 (name=?)", "pictures_pkey"),
    ("pictures.file", "picture_files_1 (name=?)", "pictures_pkey"),
    ("pictures.to-size", "picture_library_sizing (sizing_at<?)", "picture_library_sizing"),
    ("talk.of-paper", "released_of_paper (released_at<?)", "released_of_paper"),
    ("talk.of-story", "released_of_story (story_id=? AND released_at<?)", "released_of_story"),
    ("pictures.card", "share_cards USING INTEGER PRIMARY KEY (rowid=?)", "share_cards_pkey"),
    ("pictures.to-draw", "share_cards_due (published_at>?)", "share_cards_due"),
    ("pictures.old-to-draw", "share_cards_again (due_at>? AND due_at<?)", "share_cards_again"),
    ("pictures.strays", "picture_strays_due (due_at<?)", "picture_strays_due"),
    ("pictures.uses", "u USING PRIMARY KEY (name=? AND story_id<?)", "picture_uses_pkey"),
    ("pictures.of-story", "picture_uses_of_story (story_id=?)", "picture_uses_of_story"),
    ("pictures.due", "picture_library_ending (rights_until", "picture_library_ending"),
    ("pictures.ending", "picture_library_warned (rights_until", "picture_library_warned"),
    ("pictures.ending-of", "picture_uses_of_story (story_id=?)", "picture_uses_"),
    ("pictures.away", "picture_library_away", "picture_library_away"),
    ("acting.refused-lately", "visitor_comments_by_time (visitor_id=? AND received_at>?)", "visitor_comments_"),
    ("queue.last-ruling", "rulings_of_comment (story_id=? AND comment_id=?)", "rulings_of_comment"),
    ("accounts.days", "ruling_days USING PRIMARY KEY (day>? AND day<?)", "ruling_days_pkey"),
    ("accounts.statements", "rulings USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)", "rulings_pkey"),
    ("queue.settled", "rulings USING INTEGER PRIMARY KEY (rowid>?)", "Backward using rulings_pkey"),
    ("accounts.public", "r USING INTEGER PRIMARY KEY (rowid<?)", "Backward using rulings_pkey"),
    ("retention.due", "comments_refused_kept (changed_at<?)", "comments_refused_kept"),
    ("learning.decisions", "rulings USING INTEGER PRIMARY KEY (rowid<?)", "Backward using rulings_pkey"),
    ("appeals.open", "appeals_open (", "appeals_open"),
    ("appeals.decided", "appeals_decided", "appeals_decided"),
    ("appeals.counted", "appeals_open (due_at>?)", "appeals_open"),
    ("orders.list", "orders_by_receipt (", "orders_"),
    ("orders.open", "orders_open (received_at>?)", "orders_"),
    ("orders.due", "orders_by_end (keep_until>? AND keep_until<?)", "orders_"),
    ("visitors.in-sections", "visitor_comments_by_time (visitor_id=?)", "visitor_comments"),
    ("reports.of-comment", "reports USING PRIMARY KEY (story_id=? AND comment_id=?)", "reports_pkey"),
    ("readers.session", "sqlite_autoindex_reader_sign_ins_1 (token_hash=?)", "reader_sign_ins_"),
    ("readers.concerned", "(story_id=? AND comment_id=?)", "comments_"),
    ("readers.of-visitor", "(visitor_id=?)", "readers_visitor"),
    ("readers.links-lately", "reader_links_of_address (folded=? AND made_at>?)", "reader_links_of_address"),
    ("people.language", "staff USING INTEGER PRIMARY KEY (rowid=?)", "staff_pkey"),
    ("people.organisation-account", "PRIMARY KEY (issuer=? AND subject=?)", "organisation_accounts_"),
    ("people.organisation-accounts-of", "(staff_id=?)", "organisation_accounts_one"),
    ("list.page", "PRIMARY KEY (list=? AND (published_at,story_id)<(?,?))", "Backward using listed_pkey"),
    ("list.feed", "PRIMARY KEY (list=?)", "Backward using listed_pkey"),
    ("list.enclosure", "pictures_1 (name=?)", "pictures_pkey"),
    ("list.month", "PRIMARY KEY (list=? AND published_at>? AND", "Backward using listed_pkey"),
    ("redirects.of-path", "r USING PRIMARY KEY (path=?)", "redirects_pkey"),
    ("redirects.list", "r USING PRIMARY KEY (path>? AND path<?)", "redirects_pkey"),
    ("redirects.removed", "redirects_removed", "redirects_removed"),
    ("redirects.missing", "missing_addresses_by_hits", "missing_addresses_by_hits"),
    ("list.mapped", "PRIMARY KEY (list=? AND published_at>? AND published_at<?)", "listed_pkey"),
    ("list.translated", "story_links_of_answered (answers_id=?)", "story_links_of_answered"),
    ("front.lists", "listed USING PRIMARY KEY (list=?)", "Backward using listed_pkey"),
    ("front.pictured", "listed USING PRIMARY KEY (list=?)", "Backward using listed_pkey"),
    ("front.cards", "s USING INTEGER PRIMARY KEY (rowid=?)", "stories_pkey"),
    ("front.most-discussed", "listed USING PRIMARY KEY (list=? AND published_at>?)", "Backward using listed_pkey"),
    ("front.in-force", "front_launches_launched", "front_launches_launched"),
    ("front.launched", "front_launches_launched", "front_launches_launched"),
    ("front.waiting", "front_launches_waiting", "front_launches_waiting"),
    ("site.newest", "site_versions_of_part (part=?)", "site_versions_of_part"),
    ("site.versions", "site_versions_of_part (part=? AND version_id<?)", "site_versions_of_part"),
    ("strips.standing", "strips_standing (until_at>?)", "strips_standing"),
    ("strips.over", "strips_standing (until_at<?)", "strips_standing"),
    ("strips.lately", "t USING INTEGER PRIMARY KEY (rowid<?)", "Backward using strips_pkey"),
    ("live.coverage", "live_coverages_of_story (story_id=?)", "live_coverages_of_story"),
    ("live.over", "live_coverages_open (until_at<?)", "live_coverages_open"),
    ("live.newest", "live_entries_of_story (story_id=? AND entry_id>?)", "live_entries_"),
    ("live.below", "live_entries_of_story (story_id=? AND entry_id<?)", "live_entries_"),
    ("live.above", "live_entries_of_story (story_id=? AND entry_id>?)", "live_entries_"),
    ("live.of-desk", "live_entries_of_story (story_id=? AND entry_id<?)", "live_entries_"),
    ("live.one", "l USING INTEGER PRIMARY KEY (rowid=?)", "live_entries_"),
    ("live.earlier", "(entry_id=?)", "live_entry_revisions_pkey"),
    ("issues.by-slug", "issues_slug (slug=?)", "issues_slug"),
    ("issues.moved", "former_numbers USING PRIMARY KEY (slug=?)", "former_numbers_pkey"),
    ("issues.public", "issues_by_day (state=? AND", "issues_by_day"),
    ("issues.next", "issues_by_day (state=? AND", "issues_by_day"),
    ("issues.previous", "issues_by_day (state=? AND", "issues_by_day"),
    ("issues.first-day", "issues_by_day (state=?)", "issues_by_day"),
    ("issues.last-day", "issues_by_day (state=?)", "issues_by_day"),
    ("issues.of-desk", "i USING INTEGER PRIMARY KEY (rowid<?)", "issues_pkey"),
    ("issues.to-go", "issues_to_go (goes_at<?)", "issues_to_go"),
    ("issues.part", "(file_id=? AND part=?)", "issue_parts_pkey"),
    ("issues.page", "(file_id=? AND width=?)", "issue_pages_pkey"),
    ("issues.past-files", "issue_files_of_issue (issue_id=?)", "issue_files_"),
    ("issues.waiting-files", "issue_files_waiting (at<?)", "issue_files_waiting"),
    ("front.lead", "stories_lead (led_at>?)", "stories_lead"),
    ("front.most-read", "story_reads USING COVERING INDEX story_reads_by_reads (day=?)", "story_reads_"),
    ("readings.by-day", "reading_days USING PRIMARY KEY (kind=? AND day>? AND day<?)", "reading_days_pkey"),
    ("readings.by-key", "reading_days USING PRIMARY KEY (kind=? AND day>? AND day<?)", "reading_days_pkey"),
    ("readings.of-story", "story_reads USING COVERING INDEX story_reads_of_story (story_id=?)", "story_reads_of_story"),
    ("story.by-slug", "(slug=?)", "slugs_pkey"),
    ("story.by-folded", "COVERING INDEX slugs_folded (folded=?)", "slugs_folded"),
    ("stories.revisions", "PRIMARY KEY (story_id=? AND revision_id<?)", "story_revisions_pkey"),
    ("stories.to-go", "stories_to_go (goes_at>? AND goes_at<?)", "stories_to_go"),
    ("stories.begun-by", "stories_begun_by (begun_by=? AND touched_at>? AND touched_at<?)", "stories_begun_by"),
    (
        "stories.assigned-to",
        "stories_assigned_to (assigned_to=? AND touched_at>? AND touched_at<?)",
        "stories_assigned_to",
    ),
    ("plan.timed", "stories_to_go (goes_at>? AND goes_at<?)", "stories_to_go"),
    ("plan.due", "stories_due (due_at>? AND due_at<?)", "stories_due"),
    ("plan.late", "stories_due (due_at>? AND due_at<?)", "stories_due"),
    ("plan.embargoed", "stories_embargoed (embargo_until>? AND embargo_until<?)", "stories_embargoed"),
    ("plan.held-up", "stories_held_up (held_up_at>? AND held_up_at<?)", "stories_held_up"),
    ("plan.ideas", "stories_ideas (touched_at>? AND touched_at<?)", "stories_ideas"),
    ("plan.open-ideas", "stories_ideas (touched_at>? AND touched_at<?)", "stories_ideas"),
    ("plan.in-hand", "stories_in_hand (<expr>=? AND touched_at<?)", "stories_in_hand"),
    ("list.corrections", "PRIMARY KEY (list=? AND (published_at,story_id)<(?,?))", "Backward using listed_pkey"),
    ("notes.of-story", "story_notes_roots (story_id=? AND open=?)", "story_notes_roots"),
    ("meaning.related", "k USING PRIMARY KEY (story_id=?)", "story_kin_pkey"),
    ("meaning.comment", "comment_vectors USING PRIMARY KEY (story_id=? AND comment_id=?)", "comment_vectors_pkey"),
    ("meaning.waiting", "comment_vectors_by_time (received_at>?)", "comment_vectors_by_time"),
    ("stories.answering", "story_links_of_answered (answers_id=?)", "story_links_of_answered"),
    ("notes.below", "story_notes_below (root_id=?)", "story_notes_below"),
    ("desk-notices.due", "desk_notices_due (due_at<?)", "desk_notices_"),
    ("desk-notices.of-delivery", "desk_notices_of_delivery (delivery_id=?)", "desk_notices_of_delivery"),
    ("desk-notices.lately", "desk_deliveries_of_staff (staff_id=? AND made_at>?)", "desk_deliveries_"),
    ("desk-notices.timed-by", "happenings_of_timing (story_id=?)", "happenings_of_timing"),
    ("desk-notices.waiting-in", "queue_places USING PRIMARY KEY (queue=?)", "queue_places_pkey"),
    ("desk-notices.waiting-since", "comments_waiting_since (<expr>>? AND <expr><?)", "comments_waiting_since"),
    ("story.lines", "stories_by_touch (touched_at>? AND touched_at<?)", "stories_by_touch"),
    ("story.lines-of-section", "stories_of_section (section_id=? AND touched_at>? AND touched_at<?)", "stories_"),
    ("comments.facts", "PRIMARY KEY (visitor_id=? AND print=?)", "visitor_prints_pkey"),
    ("comments.sent-since", "COVERING INDEX visitor_comments_by_time (", "visitor_comments_by_time"),
    ("comments.answered", "(story_id=? AND comment_id=?)", "comments_"),
    ("comments.own", "comments_own (story_id=? AND visitor_id=?)", "comments_own"),
    ("comments.mine", "visitor_comments USING PRIMARY KEY (visitor_id=? AND comment_id<?)", "visitor_comments_pkey"),
    ("comments.first-happening", "happenings_of_comment (story_id=? AND comment_id=?)", "happenings_of_comment"),
    ("visitors.names", "visitor_comments_by_time (visitor_id=?)", "visitor_comments_by_time"),
    ("visitors.comments", "visitor_comments_by_time (visitor_id=?", "visitor_comments_by_time"),
    ("visitors.measures-in-force", "measures_of_visitor (visitor_id=?)", "measures_"),
    ("visitors.measures", "measures_of_visitor (visitor_id=?)", "measures_of_visitor"),
    ("visitors.notes", "visitor_notes_of_visitor (visitor_id=?)", "visitor_notes_of_visitor"),
    ("own.comments", "visitor_comments USING PRIMARY KEY (visitor_id=? AND ", "visitor_comments_"),
    ("own.earlier-versions", "v USING PRIMARY KEY (visitor_id=? AND comment_id>?)", "visitor_comments_"),
    ("own.decisions", "v USING PRIMARY KEY (visitor_id=? AND comment_id>?)", "visitor_comments_"),
    ("own.reports", "reports_of_visitor (visitor_id=? AND report_id>?)", "reports_"),
    ("own.appeals", "appeals_of_visitor (visitor_id=? AND appeal_id>?)", "appeals_"),
    ("own.measures", "measures_of_visitor (visitor_id=? AND measure_id>?)", "measures_"),
    ("own.account", "readers USING INDEX", "readers_"),
    ("own.passkeys", "reader_passkeys_of_reader (reader_id=?", "reader_passkeys_"),
    ("own.sign-ins", "reader_sign_ins_of_reader (reader_id=?", "reader_sign_ins_"),
    ("own.notes", "visitor_notes_of_visitor (visitor_id=? AND note_id>?)", "visitor_notes_"),
    ("visitors.neighbours", "o USING PRIMARY KEY (key_id=? AND network=?)", "visitor_networks_"),
    ("visitors.ending-measures", "measures_by_end (until_at", "measures_by_end"),
    ("happenings.after", "happenings USING INTEGER PRIMARY KEY (rowid>?)", "happenings_pkey"),
    ("happenings.before", "happenings USING INTEGER PRIMARY KEY (rowid<?)", "happenings_pkey"),
    ("probes.sources", "probes USING PRIMARY KEY (probe=?)", "probes_pkey"),
    ("probes.texts", "comments_by_id (comment_id=?)", "comments_by_id"),
    ("probes.ageing", "happenings USING INTEGER PRIMARY KEY (rowid>?)", "happenings_pkey"),
    ("search.stories", "story_words VIRTUAL TABLE INDEX", "story_words_by_word"),
    ("sought.all", "stories_by_touch (touched_at>? AND touched_at<?)", "stories_by_touch"),
    ("sought.corrected", "PRIMARY KEY (list=? AND (published_at,story_id)<(?,?))", "listed_pkey"),
    ("sought.of-section", "stories_of_section (section_id=? AND touched_at>? AND touched_at<?)", "stories_"),
    ("sought.begun-by", "stories_begun_by (begun_by=? AND touched_at>? AND touched_at<?)", "stories_begun_by"),
    (
        "sought.assigned-to",
        "stories_assigned_to (assigned_to=? AND touched_at>? AND touched_at<?)",
        "stories_assigned_to",
    ),
    ("sought.in-state", "stories_in_state (<expr>=? AND touched_at>? AND touched_at<?)", "stories_in_state"),
    ("sought.under-embargo", "stories_embargoed (embargo_until>?)", "stories_embargoed"),
    ("sought.words", "story_words VIRTUAL TABLE INDEX", "story_words_by_word"),
    ("sought.desk-words", "desk_words VIRTUAL TABLE INDEX", "desk_words_by_word"),
    ("sought.lines", "s USING INTEGER PRIMARY KEY (rowid=?)", "stories_pkey"),
    ("search.known", "s USING PRIMARY KEY (slip=?)", "word_slips_pkey"),
    ("search.voices", "comment_words VIRTUAL TABLE INDEX", "comment_words_by_word"),
    ("search.said", "comments_by_id (comment_id=?)", "comments_by_id"),
    ("search.begin-era", "", "story_index_pkey"),
    ("search.era", "", "story_index_eras"),
    ("search.begin-era-of-voices", "", "comment_words_by_id"),
    ("search.era-of-voice", "", "comment_words_eras"),
    ("search.eras-before", "", "comment_words_eras"),
    ("search.in-head", "story_index VIRTUAL TABLE INDEX", "story_index_by_head"),
    ("search.in-head-and-more", "story_index VIRTUAL TABLE INDEX", "story_index_by_"),
    ("search.anywhere", "story_index VIRTUAL TABLE INDEX", "story_index_by_word"),
    ("search.comments", "comment_words VIRTUAL TABLE INDEX", "comment_words_by_word"),
    ("find.words", "comment_words VIRTUAL TABLE INDEX", "comment_words_by_word"),
    ("find.visitor", "visitor_comments USING PRIMARY KEY (visitor_id=? AND comment_id<?)", "visitor_comments_pkey"),
    ("find.story", "comments USING PRIMARY KEY (story_id=? AND comment_id<?)", "comments_"),
    ("find.all", "comments_by_id (comment_id<?)", "comments_by_id"),
];

/// What comes out of its index in order: nothing is read that is not shown.
const COMES_IN_ORDER: &[&str] =
    &["thread.oldest", "thread.roots-below", "thread.places-before", "list.page", "live.below", "live.above"];

/// 200 stories, 20,000 comments under twenty of them (every tenth waits), and what goes with them.
const SOME_YEARS: &str = "
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 200)
    insert into stories (story_id, state, slug, text, card, plain, comment_policy, language, begun_at, published_at,
                         touched_at)
    select i, 'published', 'slug-' || i, '{}', '{}', '', 'closed', 'ar', i, i, i from n;
    insert into slugs (slug, story_id, current, folded) select slug, story_id, 1, slug from stories;
    insert into story_fields (story_id, published_at, headline, standfirst, names, captions, said)
    select story_id, published_at, 'word' || story_id, '', '', '', '' from stories;
    insert into index_words (word, shown, stories) select 'word' || story_id, 'word' || story_id, 1 from stories;
    insert into word_slips (slip, word) select 'word' || (story_id / 2), 'word' || story_id from stories;
    insert into listed (list, published_at, story_id) select 'all', published_at, story_id from stories;
    insert into listed (list, published_at, story_id)
    select 'section:' || case when story_id % 2 = 0 then 'a' else 'b' end, published_at, story_id from stories;
    with recursive n(i) as (select 0 union all select i + 1 from n where i < 19999)
    insert into comments (story_id, comment_id, visitor_id, name, text, print, reply_to, root, number, state, collapsed,
                          links, received_at, changed_at, priority, verdict, revision, reports, reported_at,
                          reports_open)
    select i % 20 + 1, i, i % 500, 'n', 't', i, i - 20,
        case when i % 10 = 0 then null else (i / 60) * 3 + 1 end, case when i % 10 = 0 then null else i / 20 + 1 end,
        case when i % 10 = 0 then 'held' else 'released' end, 0, 0, i, i, (i / 10) % 3, '{}', 0, 0, i,
        case when i % 10 = 1 then 1 else 0 end
    from n;
    insert into threads (story_id, last_number, released) select story_id, 1000, 900 from stories;
    insert into story_counts (story_id, slot, waiting, received)
    select story_id, published_at % 16, 1, 1 from stories;
    insert into visitors (visitor_id, first_seen, last_seen, released, refused, name)
    select distinct visitor_id, 0, 0, 0, 0, 'n' from comments;
    insert into visitor_comments (visitor_id, comment_id, story_id, print, received_at)
    select visitor_id, comment_id, story_id, print, received_at from comments;
    insert into visitor_prints (visitor_id, print, seen) select visitor_id, print, 1 from comments;
    insert into story_prints (story_id, print, seen) select story_id, print, 1 from comments;
    insert into prints (print, day, seen) select print, '2026-01-01', 1 from comments;
    insert into picture_library (name, print, width, height, placeholder, alt, caption, credit, holder, focus_x, focus_y,
                                 words, at)
    select slug, slug, 1, 1, '', '', '', '', '', 50, 50, ' ', story_id from stories;
    insert into picture_uses (name, story_id, printed, written) select slug, story_id, 2, 1 from stories;
    update picture_library set rights_until = '2026-01-05' where at % 2 = 0;
    update picture_library set ended_at = 1 where at % 4 = 0;
    insert into story_links (story_id, answers_id, published_at)
    select story_id, story_id % 20 + 1, published_at from stories;
    insert into story_reads (day, story_id, reads)
    select '2026-01-' || (10 + story_id % 20), story_id, 1 from stories;
    insert into reading_days (kind, day, key, reads)
    select 'source', '2026-01-' || (10 + story_id % 20), 'site:s' || story_id || '.example', 1 from stories;
    insert into reading_days (kind, day, key, reads)
    select 'pages', '2026-01-' || (10 + story_id % 20), 'k' || story_id, 1 from stories;
    insert into issue_files (file_id, issue_id, name, bytes, print, pages, width, height, drawn, acts, by_id, at)
    select story_id, case when story_id % 10 > 0 then story_id end, 'a.pdf', 1, '', 1, 1, 1, 1, 0, 1, story_id from stories;
    insert into redirects (path, story_id, at, hits, removed_at)
    select '/was/' || story_id, story_id, 1, 0, case when story_id % 50 = 0 then story_id end from stories;
    insert into missing_addresses (path, hits, outside, asked_at) select '/gone/' || story_id, story_id, 0, 1 from stories;
    insert into former_numbers (slug, until_at, issue_id) select 'was-' || story_id, 1, story_id from stories;
    insert into issues (issue_id, number, slug, day, state, file_id, by_id, made_at, goes_at, version)
    select story_id, slug, slug,
        '2026-0' || (1 + story_id % 9) || '-01', case when story_id % 5 = 0 then 'draft' else 'public' end, story_id, 1, 1,
        case when story_id % 5 = 0 then story_id end, 1
    from stories;
    insert into live_coverages (coverage_id, story_id, by_id, since_at, opened_at, until_at)
    select story_id, story_id, 1, 1, 1, story_id from stories;
    insert into live_entries (entry_id, story_id, headline, text, important, at, by_id, revision)
    select comment_id, story_id, '', 't', 0, 1, 1, 1 from comments;
    insert into live_entry_revisions (entry_id, revision, headline, text, important, at, by_id)
    select entry_id, 0, '', 't', 0, 1, 1 from live_entries;
    insert into happenings (happening_id, at, by_actor, what, kind, story_id, comment_id, why)
    select comment_id, 0, '{}', '{}', 'comment-held', story_id, comment_id, '' from comments;
    insert into probes (probe, source) select comment_id * 7919 % 65521, comment_id from comments;
    insert into queue_places (queue, rank, received_at, comment_id, story_id)
    select 'section:' || story_id, -priority, received_at, comment_id, story_id from comments where state = 'held';
    insert into queue_places (queue, rank, received_at, comment_id, story_id)
    select 'kin:' || (comment_id / 100), -priority, received_at, comment_id, story_id from comments where state = 'held';
    insert into kin (story_id, comment_id, kin_id)
    select story_id, comment_id, comment_id / 100 from comments where state = 'held';
    insert into comment_notes (note_id, story_id, comment_id, by_id, at, text)
    select comment_id, story_id, comment_id, 1, 1, '' from comments;
    insert into rulings (ruling_id, story_id, comment_id, decision, by_id, at, why, was)
    select comment_id, story_id, comment_id, '{}', 1, 0, '', '{}' from comments where state = 'released';
";

const WORDS_SQLITE: &str = "
    insert into story_index (rowid, headline, body) select story_id, 'word' || story_id, 'word' from stories;
    insert into story_words (rowid, words) select story_id, 'word' || story_id from stories;
    insert into desk_words (rowid, words) select story_id, 'word' || story_id from stories;
    insert into comment_words (rowid, words) select comment_id, 'word' || comment_id from comments;
    insert into story_kin (story_id, other_id, nearness)
    select s.story_id, s.story_id + n.n, 500 from stories s, (select 1 as n union all select 2 union all select 3) n;
    insert into comment_vectors (story_id, comment_id, received_at, weights, vector)
    select story_id, comment_id, received_at, 'w', x'00' from comments;
";

const WORDS_POSTGRES: &str = "
    insert into story_index (story_id, head, words)
    select story_id, array_to_tsvector(array['word' || story_id]), array_to_tsvector(array['word' || story_id]) from stories;
    insert into story_words (story_id, words)
    select story_id, array_to_tsvector(array['word' || story_id]) from stories;
    insert into desk_words (story_id, words) select story_id, words from story_words;
    insert into comment_words (story_id, comment_id, words)
    select story_id, comment_id, array_to_tsvector(array['word' || comment_id]) from comments;
    insert into story_kin (story_id, other_id, nearness)
    select s.story_id, s.story_id + n.n, 500 from stories s, (select 1 as n union all select 2 union all select 3) n;
    insert into comment_vectors (story_id, comment_id, received_at, weights, vector)
    select story_id, comment_id, received_at, 'w', decode('00', 'hex') from comments;
    analyze;
";

async fn live_through_some_years(place: &Place) {
    match place {
        Place::Folder(folder) => {
            let file = rusqlite::Connection::open(folder.join("midad.db")).unwrap();
            file.execute_batch(&format!("begin; {SOME_YEARS} {WORDS_SQLITE} commit;")).unwrap();
        }
        Place::Postgres(address) => {
            let (client, connection) = tokio_postgres::connect(address, tokio_postgres::NoTls).await.unwrap();
            let talking = tokio::spawn(connection);
            client.batch_execute(&format!("{SOME_YEARS} {WORDS_POSTGRES}")).await.unwrap();
            drop(client);
            talking.await.unwrap().unwrap();
        }
    }
}

#[tokio::test]
async fn every_hot_statement_goes_by_its_index() {
    for trial in Trial::all().await {
        let store = Store::open(&trial.place).await.unwrap();
        live_through_some_years(&trial.place).await;
        let plans = store.plans().await.unwrap();
        let known: Vec<_> = plans.iter().map(|plan| plan.name).collect();
        let mut wrong = Vec::new();
        let is_sqlite = trial.folder().is_some();
        let asked = GOES_BY.iter().map(|(name, sqlite, postgres)| (name, if is_sqlite { sqlite } else { postgres }));
        let asked: Vec<_> = asked.filter(|(_, index)| !index.is_empty()).collect();
        for (name, index) in &asked {
            let plan = plans.iter().find(|plan| plan.name == **name).expect(name);
            let has_index = plan.steps.iter().any(|step| step.contains(**index));
            let scans = plan.steps.iter().any(|step| reads_a_whole_table(&trial.place, step));
            let sorts = plan.steps.iter().any(|step| step.contains("Sort") || step.contains("TEMP B-TREE"));
            if scans || !has_index || (sorts && COMES_IN_ORDER.contains(*name)) {
                wrong.push((name, index, &plan.steps));
            }
        }
        assert!(wrong.is_empty(), "on {:?}: {wrong:#?}", trial.place);
        assert_eq!(known.len(), asked.len(), "every one of {known:?} is looked at");
        store.close().await;
        trial.clear().await;
    }
}

/// Subqueries may be read to their end: they hold no more rows than were asked for.
fn reads_a_whole_table(place: &Place, step: &str) -> bool {
    match place {
        Place::Postgres(_) => step.contains("Seq Scan"),
        Place::Folder(_) => step.strip_prefix("SCAN ").is_some_and(|scanned| {
            let small = ["l", "q", "r", "f", "v", "newest", "few", "of_day", "o"].contains(&scanned);
            !small && !scanned.contains("VIRTUAL TABLE INDEX")
        }),
    }
}
