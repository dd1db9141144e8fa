//! Every table of an export, in an order in which they can be filled again: what is referred to stands first. A test
//! compares this list with the schema, so that no column can be forgotten.
//!
//! Secrets and the hashes of sign-ins are part of the paper: whoever holds an export holds its keys.

/// A table: its key's columns, and the others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) key: &'static [&'static str],
    pub(super) rest: &'static [&'static str],
}

impl Table {
    /// All columns, the key's first.
    pub(super) fn columns(&self) -> impl Iterator<Item = &'static str> {
        self.key.iter().chain(self.rest).copied()
    }

    /// The table of a name.
    pub(super) fn of_name(name: &str) -> Option<&'static Self> {
        TABLES.iter().find(|table| table.name == name)
    }
}

/// Tables that are no part of an export, by the beginning of their names: search rows, probes and vectors are made again from
/// the texts, leases, cursors and what guards the door belong to running processes, from which
/// network somebody sent is kept for some days and in no copy, where the bytes of pictures stand is a matter of this place, whom a day has counted for that day, addresses that lead nowhere are asked for again, tokens of other sites, answers to programs and what accounts of other servers say of themselves hold for a day at most, what these sent is looked at at once, and the schema's own book belongs to the database.
pub(super) const LEFT_OUT: &[&str] = &[
    "story_words",
    "story_index",
    "story_probes_due",
    "story_fields",
    "index_words",
    "word_slips",
    "comment_words",
    "desk_words",
    "probes",
    "story_vectors",
    "story_kin",
    "comment_vectors",
    "spent_tickets",
    "sign_in_tries",
    "leases",
    "network_keys",
    "visitor_networks",
    "reading_salts",
    "reading_marks",
    "claims",
    "open_stories",
    "picture_files",
    "picture_strays",
    "cursors",
    "missing_addresses",
    "outside_tokens",
    "api_answers",
    "fediverse_arrivals",
    "fediverse_actors",
    "schema_",
];

macro_rules! tables {
    ($($name:ident ($($key:ident),+) ($($rest:ident),*);)+) => {
        /// The tables.
        pub(super) const TABLES: &[Table] = &[$(Table {
            name: stringify!($name),
            key: &[$(stringify!($key)),+],
            rest: &[$(stringify!($rest)),*],
        }),+];
        /// Their names.
        pub(super) const NAMES: &[&str] = &[$(stringify!($name)),+];
    };
}

tables! {
    sections (section_id) (slug, name, position);
    stories (story_id)
        (state, slug, text, card, plain, comment_policy, language, begun_at, published_at, updated_at, withdrawn_at,
         withdrawn_note, led_at, touched_at, section_id, begun_by, stage, assigned_to, due_at, embargo_until, goes_at,
         killed_why, version, saved_by, saved_at, held_up_at, held_up_why, hold_why, hold_by, hold_at, hold_goes_at,
         open_notes, ticked);
    story_revisions (story_id, revision_id) (at, by_kind, by_id, text, kind, begun_at);
    working_texts (story_id) (text);
    story_notes (note_id) (story_id, root_id, kind, by_id, at, text, quote, block, open);
    story_links (story_id) (answers_id, published_at);
    checklists (checklist_id) (at, by_id, settings);
    slugs (slug) (story_id, current, folded);
    redirects (path) (story_id, target, by_id, at, hits, hit_at, removed_at);
    listed (list, published_at, story_id) ();
    archive_months (month) (stories);
    tags (slug) (name);
    writers (slug) (name);
    story_reads (day, story_id) (reads);
    reading_days (kind, day, key) (reads);
    comments (story_id, comment_id)
        (visitor_id, name, text, print, reply_to, root, number, state, reason, collapsed, links, received_at, changed_at,
         priority, verdict, revision, reports, reported_at, reports_open, featured, of_paper,
         gone_at);
    comment_revisions (story_id, comment_id, revision) (text, at);
    threads (story_id) (last_number, released);
    released (comment_id) (story_id, released_at);
    story_counts (story_id, slot) (waiting, received);
    desk_counts (name, slot) (n);
    queue_places (queue, rank, received_at, comment_id, story_id) ();
    kin (story_id, comment_id) (kin_id);
    comment_care (story_id, comment_id) (assigned_to, escalated_at, escalated_by, not_alone, note);
    comment_notes (note_id) (story_id, comment_id, by_id, at, text);
    disputes (story_id, comment_id, reason) (by_id, at);
    staff_settings (staff_id) (settings);
    visitors (visitor_id) (first_seen, last_seen, released, refused, name);
    visitor_comments (visitor_id, comment_id) (story_id, print, received_at);
    prints (print, day) (seen);
    story_prints (story_id, print) (seen);
    visitor_prints (visitor_id, print) (seen);
    reports (story_id, comment_id, visitor_id)
        (report_id, why, at, reference, ground, law, name, email, good_faith, flagger_id, outcome, decided_at, ruling_id);
    measures (measure_id)
        (visitor_id, kind, why, by_id, at, until_at, acknowledged_at, ended_at, ended_by, ended_why);
    visitor_notes (note_id) (visitor_id, by_id, at, text);
    network_looks (look_id) (visitor_id, by_id, at);
    rulings (ruling_id) (story_id, comment_id, decision, by_id, at, why, was, undone_at, undone_by, statement, act, rule,
         acting_id);
    readers (reader_id)
        (visitor_id, name, email, folded, language, wants_replies, wants_decisions, began_at, seen_at, mail_day, mails);
    reader_links (link_id) (reader_id, email, folded, language, token_hash, made_at, until_at, used_at);
    reader_sign_ins (token_hash) (session_id, reader_id, begun_at, until_at, seen_at, device);
    reader_passkeys (passkey_id) (reader_id, credential, public_key, sign_count, name, added_at, used_at);
    reader_guests (visitor_id) (reader_id, at);
    happenings (happening_id) (at, by_actor, what, kind, story_id, comment_id, why);
    log_seals (place) (happening_id, salt, words, chain);
    imported (source) (story_id, comment_id);
    staff (staff_id) (name, role, added_at, email, disabled_at, password, totp_secret, totp_step, language);
    staff_sections (staff_id, section_id) ();
    staff_notices (staff_id) (choices);
    staff_ways (staff_id, way)
        (address, secret, since_at, asked, token_hash, asked_at, until_at, tries, failed_since, why, given_up,
         stopped_at);
    desk_notices (notice_id) (staff_id, way, once, told, at, due_at, delivery_id);
    desk_deliveries (delivery_id) (staff_id, way, made_at);
    trusted_flaggers (flagger_id) (name, key_hash, added_at, added_by, revoked_at);
    erasures (erasure_id)
        (visitor_id, kept_id, story_id, comment_id, by_actor, why, asked_at, comments, rows_done_at, bytes_done_at);
    appeals (appeal_id)
        (story_id, comment_id, ruling_id, side, visitor_id, report_id, text, at, due_at, state, decided_by, decided_at,
         answer, same_person, reversal_id);
    order_keys (key_id) (recipient, name, added_at, added_by, removed_at, removed_by);
    orders (order_id)
        (kind, authority, contact, country, reference, received_at, silent_until, entered_at, entered_by, carried_out_at,
         carried_out_by, keep_until, document_name, document_type, document, document_print, document_at, ended_at);
    order_comments (story_id, comment_id, order_id)
        (was, ruling_id, removed_at, sealed, print, sealed_at, restored_at, ended_at, erase_for, erase_all);
    order_log (line_id) (order_id, at, by_id, what, comment_id, why);
    ruling_days (day, act, reason, source, detected, advice, took, slot) (n);
    appeal_days (day, side, what, slot) (n);
    reason_texts (reason, language) (text, changed_at, by_id);
    sign_in_links (token_hash) (staff_id, until_at, used_at);
    sessions (token_hash) (session_id, staff_id, begun_at, until_at, seen_at, proven_at, device, how);
    passkeys (passkey_id) (staff_id, credential, public_key, sign_count, name, added_at, used_at);
    organisation_accounts (issuer, subject) (staff_id, name, added_at, used_at);
    recovery_codes (code_hash) (staff_id, made_at, used_at);
    other_sites (site_id)
        (name, rules, comment_policy, section_id, added_at, added_by, closed_at, hour, hour_pages);
    outside_pages (story_id) (site_id, page, address);
    other_site_keys (site_id, kid) (way, material, added_at, added_by, removed_at);
    outside_people (site_id, mark) (visitor_id);
    api_clients (client_id) (name, key_hash, per_minute, added_at, revoked_at, staff_id, scopes);
    suggestions (suggestion_id) (client_id, mark, at, text, scores, token, community, context);
    acting (acting_id) (at, by_id, why, settings);
    own_layers (layer_id) (at, by_id, decisions, heads, fingerprint, models, report, bytes);
    learning (learning_id) (at, by_id, why, layer_id, weekly, suggestions);
    learning_runs (run_id) (at, by_id, state, done, total, until_at, layer_id);
    quality_cards (ruling_id) (week, place, story_id, comment_id, second, second_by, second_at);
    rulebooks (rulebook_id) (at, by_id, why, text, fingerprint);
    pages (slug) (title, body, changed_at, removed_at);
    pictures (name) (media_type, width, height, bytes, kept_at);
    picture_library (name)
        (print, width, height, placeholder, alt, caption, credit, holder, rights_until, focus_x, focus_y, words, by_id, at,
         uses, public_uses, ended_at, taken_down_at, taken_down_by, taken_down_why, widths, avif, sizing, sizing_at,
         sizing_tries);
    picture_uses (name, story_id) (printed, written);
    front_launches (launch_id) (layout, by_id, made_at, goes_at, launched_at, called_off_at, called_off_by);
    front_draft (draft_id) (version, begun_from, layout, by_id, at);
    front_draft_steps (step_id) (layout, undone);
    site_versions (version_id) (part, at, by_id, content);
    paper_ways (version_id) (at, by_id, chosen);
    issues (issue_id)
        (number, slug, day, state, file_id, by_id, made_at, goes_at, published_at, withdrawn_at, withdrawn_by,
         withdrawn_why, version);
    former_numbers (slug, until_at, issue_id) ();
    issue_files (file_id)
        (issue_id, name, bytes, print, pages, width, height, drawn, acts, by_id, at, replaced_at, replaced_by,
         replaced_why);
    issue_parts (file_id, part) (bytes);
    issue_pages (file_id, width) (bytes);
    share_cards (story_id) (name, published_at, due_at, tries);
    strips (strip_id) (text, story_id, by_id, raised_at, until_at, ended_at, ended_by);
    live_coverages (coverage_id) (story_id, by_id, since_at, opened_at, until_at, ended_at, ended_by, changed_at);
    live_entries (entry_id)
        (story_id, headline, text, important, at, by_id, revision, edited_at, edited_by, removed_at, removed_by,
         removed_why);
    live_entry_revisions (entry_id, revision) (headline, text, important, at, by_id);
    follower_settings (settings_id) (part, at, by_id, settings);
    subscribers (subscriber_id)
        (email, folded, wish, rhythm, asked, token_hash, asked_at, until_at, asks, confirmed_at, bounced, stopped_at, left_at);
    editions (edition_id)
        (rhythm, day, since_at, until_at, filled_to, filled_at, letters, sent, empty, bounced, failed);
    channels (channel_id)
        (kind, name, address, secret, wish, made_at, by_id, failed_since, why, stopped_at, stopped_by, removed_at);
    channel_deliveries (delivery_id)
        (channel_id, once, event, about, at, tries, sent_at, dropped_at, given_up_at, why);
    channel_posts (channel_id, story_id) (message_id, at);
    push_subscriptions (push_id) (endpoint, mark, public_key, secret, wish, since_at);
    push_messages (message_id)
        (once, story_id, strip_id, section_id, at, filled_to, filled_at, sent, gone, failed);
    fediverse_inboxes (inbox_id) (address, host, failed_since, why);
    fediverse_followers (follower_id) (followed, actor, inbox_id, own_inbox, follow, since_at);
    fediverse_messages (message_id) (once, kind, story_id, section_id, at, filled_to, filled_at);
    fediverse_people (mark) (visitor_id);
    fediverse_notes (mark) (story_id, comment_id);
    fediverse_blocks (host) (why, by_id, at);
    fediverse_log (line_id) (at, what, host, why);
    jobs (job_id) (kind, payload, once, due_at, claimed_until, attempts, dead_at, done_at, why);
    secrets (name) (value);
}
