//! A story from draft to archive, told by its steps.

use super::{
    Change, Checklist, CommentPolicy, Correction, Draft, Field, LegalHold, Missing, NewNote, NotYet, NoteProblem,
    Point, Published, Stage, Story, StoryKind, StoryLanguage, StoryText, TimeProblem, Timing, TypedProblem, TypedStory,
    Weight, Work, place_of,
};
use crate::body::{Picture, read_text_form};
use crate::ids::{SectionId, StaffId, StoryId};
use crate::people::{Role, Staff};
use jiff::Timestamp;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_763_800_000 + minute * 60).unwrap()
}

fn draft() -> Draft {
    let text = StoryText {
        kicker: "نقل".into(),
        headline: "افتتاح خطِّ الترام الجديد، اليوم!".into(),
        standfirst: "أول خط منذ عشرين سنة".into(),
        body: read_text_form("وصلت العربة الأولى صباحًا.\n\n## المسار\n\nمن الميناء إلى الجامعة.").0,
        section: Some(SectionId(2)),
        ..StoryText::default()
    };
    Draft { id: StoryId(77), text, comments: CommentPolicy::Closed, begun_at: at(0) }
}

fn picture(alt: &str, size: (u32, u32)) -> Picture {
    Picture { file: "tram.png".into(), alt: alt.into(), caption: None, credit: None, size, ..Default::default() }
}

fn published() -> Published {
    draft().publish(at(5)).unwrap()
}

#[test]
fn a_whole_draft_is_published_as_it_is() {
    let published = published();
    assert_eq!((published.id, &published.text), (StoryId(77), &draft().text));
    assert_eq!((published.published_at, published.updated_at), (at(5), None));
    assert_eq!(published.comments, CommentPolicy::Closed);
}

#[test]
fn an_empty_draft_hears_everything_that_is_missing_at_once_and_comes_back_whole() {
    let mut empty = Draft { text: StoryText::default(), ..draft() };
    empty.text.lead = Some(picture(" ", (800, 600)));
    let not_ready = empty.clone().publish(at(5)).unwrap_err();
    assert_eq!(not_ready.missing, [Missing::Headline, Missing::Body, Missing::Section, Missing::AltText]);
    assert_eq!(*not_ready.draft, empty);
}

#[test]
fn what_nobody_can_read_is_no_headline_and_a_rule_is_no_body() {
    let mut draft = draft();
    draft.text.headline = " \u{200B}\u{202E} ".into();
    draft.text.body = read_text_form("---").0;
    assert_eq!(draft.text.missing(), [Missing::Headline, Missing::Body]);
}

#[test]
fn pictures_need_words_for_those_who_cannot_see_them_once_they_are_there() {
    let mut draft = draft();
    draft.text.lead = Some(picture("", (0, 0)));
    assert_eq!(draft.text.missing(), [], "still to be supplied, and not shown");
    draft.text.lead = Some(picture("", (800, 600)));
    assert_eq!(draft.text.missing(), [Missing::AltText]);
    draft.text.lead = Some(picture("عربة ترام عند الميناء", (800, 600)));
    assert_eq!(draft.text.missing(), []);
    draft.text.body.0.push(crate::body::Block::Picture(picture("", (10, 10))));
    assert_eq!(draft.text.missing(), [Missing::AltText]);
}

#[test]
fn the_slug_is_made_of_the_headline() {
    assert_eq!(published().slug, "افتتاح-خط-الترام-الجديد-اليوم");
}

#[test]
fn a_long_headline_is_cut_at_a_word_and_one_without_letters_gives_way_to_the_id() {
    let with = |headline: &str| {
        let mut draft = draft();
        draft.text.headline = headline.into();
        draft.publish(at(5)).unwrap().slug
    };
    let slug = with(&"قافلة ".repeat(30));
    assert!(slug.chars().count() <= 60 && slug.split('-').all(|word| word == "قافلة"), "{slug}");
    assert_eq!(with("؟!"), StoryId(77).short());
}

#[test]
fn a_story_taken_back_keeps_everything_and_comes_back_with_its_old_address_and_date() {
    let was = published();
    let withdrawn = was.clone().withdraw("  سُحبت لخطأ في المصدر \n", at(9));
    assert_eq!((withdrawn.note.as_str(), withdrawn.withdrawn_at), ("سُحبت لخطأ في المصدر", at(9)));
    assert_eq!(withdrawn.was, was);
    assert_eq!(withdrawn.restore(), was);
}

#[test]
fn corrections_are_dated_stand_in_order_and_change_neither_address_nor_first_date() {
    let was = published();
    let now = was.clone().correct(" الطول 9 كلم لا 7 ", at(20)).correct("العربات 12", at(30));
    let words = |minute, words: &str| Correction { at: at(minute), words: words.into() };
    assert_eq!(now.text.corrections, [words(20, "الطول 9 كلم لا 7"), words(30, "العربات 12")]);
    assert_eq!((now.updated_at, now.published_at, &now.slug), (Some(at(30)), was.published_at, &was.slug));
    assert_eq!(now.text.body, was.text.body);
}

#[test]
fn a_correction_outlives_withdrawal() {
    let restored = published().correct("العربات 12", at(30)).withdraw("", at(40)).restore();
    assert_eq!((restored.text.corrections.len(), restored.updated_at), (1, Some(at(30))));
}

#[test]
fn a_story_in_any_state_knows_its_id_and_text_and_reads_back_from_what_is_stored() {
    let states =
        [Story::Draft(draft()), Story::Published(published()), Story::Withdrawn(published().withdraw("عذرًا", at(9)))];
    for story in states {
        assert_eq!((story.id(), story.text()), (StoryId(77), &draft().text));
        let stored = serde_json::to_string(&story).unwrap();
        assert_eq!(serde_json::from_str::<Story>(&stored).unwrap(), story);
    }
}

#[test]
fn the_words_that_comments_are_compared_with_are_headline_standfirst_and_body() {
    let words = draft().text.plain_text();
    assert_eq!(
        words,
        "افتتاح خطِّ الترام الجديد، اليوم!\nأول خط منذ عشرين سنة\nوصلت العربة الأولى صباحًا.\nالمسار\nمن الميناء إلى الجامعة."
    );
}

#[test]
fn comment_policies_read_back_from_what_is_stored() {
    for policy in [CommentPolicy::OpenAfterReview, CommentPolicy::Closed, CommentPolicy::Hidden] {
        assert_eq!(CommentPolicy::from_key(policy.key()), Some(policy));
        assert_eq!(serde_json::to_value(policy).unwrap(), policy.key());
    }
    assert_eq!(CommentPolicy::from_key("open"), None);
}

#[test]
fn what_is_typed_is_what_the_story_says_and_comes_back_as_typed() {
    let mut was = draft().text;
    was.lead = Some(picture("عربة", (800, 600)));
    let typed = TypedStory {
        headline: "  عنوان\u{202E} أول ".into(),
        bylines: "هدى سالم | وكالة الضفة\n\n سامي ".into(),
        tags: "ترام، نقل,ترام".into(),
        language: "fr".into(),
        section: SectionId(2).short(),
        lead: "tram.png".into(),
        lead_alt: "عربة عند الميناء".into(),
        ..TypedStory::default()
    };
    let text = typed.read(was.body.clone(), &was).unwrap();
    assert_eq!(text.headline, "عنوان أول");
    let names: Vec<_> = text.bylines.iter().map(|by| (by.name.as_str(), by.outlet.as_deref())).collect();
    assert_eq!(names, [("هدى سالم", Some("وكالة الضفة")), ("سامي", None)]);
    assert_eq!(text.tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["ترام", "نقل"]);
    assert_eq!(text.lead, Some(picture("عربة عند الميناء", (800, 600))));
    assert_eq!(TypedStory::of(&text).read(text.body.clone(), &text), Ok(text));
}

#[test]
fn every_field_that_is_too_long_is_named() {
    let typed = TypedStory { kicker: "س".repeat(151), tags: "وسم،".repeat(31), ..TypedStory::default() };
    let problems = [TypedProblem::TooLong(Field::Kicker, 150), TypedProblem::TooLong(Field::Tags, 30)];
    assert_eq!(typed.read(crate::body::Body::default(), &StoryText::default()), Err(problems.to_vec()));
}

fn staff(id: i64, role: Role) -> Staff {
    Staff { id: StaffId(id), name: "سلمى".into(), role, sections: vec![] }
}

#[test]
fn a_reporter_writes_what_is_in_their_hands_until_somebody_reads_it() {
    let mut work = Work { begun_by: Some(StaffId(1)), ..Work::default() };
    let (own, other) = (staff(1, Role::Reporter), staff(2, Role::Reporter));
    assert!(work.may_be_written_by(&own, false) && !work.may_be_written_by(&other, false));
    assert!(!work.may_be_written_by(&own, true), "readers have it");
    work.assigned_to = Some(StaffId(2));
    assert!(work.may_be_written_by(&other, false));
    work.stage = Stage::Proof;
    assert!(!work.may_be_written_by(&own, false));
    assert!(work.may_be_written_by(&staff(3, Role::SubEditor), false));
    work.stage = Stage::Killed;
    assert!(!work.may_be_written_by(&staff(4, Role::Owner), false));
    assert!(!Work::default().may_be_written_by(&staff(5, Role::Moderator), false));
}

#[test]
fn steps_are_those_of_the_table_and_no_others() {
    assert_eq!(Stage::Writing.moves(Role::Reporter), [Stage::Proof]);
    assert_eq!(Stage::Proof.moves(Role::SubEditor), [Stage::Writing, Stage::Ready]);
    assert_eq!(Stage::Ready.moves(Role::Reporter), []);
    assert_eq!(Stage::Killed.moves(Role::Editor), [Stage::Writing]);
    assert_eq!(Stage::Writing.moves(Role::Moderator), []);
    assert_eq!(Stage::Idea.moves(Role::Reporter), [Stage::Writing]);
    assert_eq!(Stage::Idea.moves(Role::Editor), [Stage::Writing, Stage::Killed]);
}

#[test]
fn an_idea_that_somebody_was_given_is_called_assigned_until_it_is_written() {
    let mut work = Work { stage: Stage::Idea, begun_by: Some(StaffId(1)), ..Work::default() };
    assert_eq!(work.state_key(at(1)), "idea");
    work.assigned_to = Some(StaffId(2));
    assert_eq!(work.state_key(at(1)), "assigned");
    work.stage = Stage::Writing;
    assert_eq!(work.state_key(at(1)), "writing");
}

#[test]
fn new_facts_move_the_time_of_a_story_and_a_correction_says_more() {
    let published = draft().publish(at(1)).expect("lacks nothing");
    assert_eq!(published.updated_at, None);
    let updated = published.updated(at(5));
    assert_eq!((updated.updated_at, updated.text.corrections.len()), (Some(at(5)), 0));
    let corrected = updated.correct("كان العدد تسعة.", at(9));
    assert_eq!((corrected.updated_at, corrected.text.corrections.len()), (Some(at(9)), 1));
    assert_eq!(Change::ALL.map(|change| Change::from_key(change.key())), Change::ALL.map(Some));
    assert_eq!(Change::from_key("quietly"), None);
}

#[test]
fn an_embargo_holds_until_its_minute_and_what_is_killed_never_goes() {
    let mut work = Work { stage: Stage::Ready, embargo_until: Some(at(10)), ..Work::default() };
    assert_eq!(work.may_go(at(9)), Err(NotYet::Embargo(at(10))));
    assert_eq!(work.may_go(at(10)), Ok(()));
    assert_eq!((work.state_key(at(9)), work.state_key(at(10))), ("embargoed", "ready"));
    work.goes_at = Some(at(12));
    assert_eq!(work.state_key(at(9)), "scheduled");
    work.stage = Stage::Killed;
    assert_eq!((work.may_go(at(11)), work.state_key(at(9))), (Err(NotYet::Killed), "killed"));
}

#[test]
fn a_minute_that_is_over_or_under_the_embargo_cannot_be_meant_unless_it_stood_there() {
    let now = at(100);
    let timing =
        |goes_at: Option<i64>, embargo: Option<i64>| Timing { goes_at: goes_at.map(at), embargo: embargo.map(at) };
    let check = |typed: Timing, was: Timing| {
        let found = typed.problems(&was, now);
        (found.goes_at, found.embargo)
    };
    let none = Timing::default();
    assert_eq!(check(none, none), (None, None));
    assert_eq!(check(timing(Some(101), Some(101)), none), (None, None));
    assert_eq!(check(timing(Some(99), None), none), (None, None), "the minute that runs");
    assert_eq!(check(timing(Some(98), None), none), (Some(TimeProblem::Past), None));
    assert_eq!(check(timing(Some(120), Some(130)), none), (Some(TimeProblem::UnderEmbargo), None));
    assert_eq!(check(timing(None, Some(50)), none), (None, Some(TimeProblem::Past)));
    assert_eq!(check(timing(Some(120), Some(50)), timing(None, Some(50))), (None, None), "it stood there");
}

#[test]
fn the_list_looks_at_what_the_house_weighs_and_an_editor_may_tick_what_cannot_be_seen() {
    let mut draft = draft();
    draft.text.section = None;
    draft.text.headline = "كلمة ".repeat(40);
    draft.text.lead = Some(picture("", (800, 600)));
    let mut work = Work { open_notes: 3, ..Work::default() };
    let shipped = Checklist::default();
    let left = |list: &Checklist, draft: &Draft, work: &Work| {
        let looked = list.look(&draft.text, work, Some(draft.comments));
        looked.into_iter().filter(|one| one.left > 0).map(|one| (one.point, one.left)).collect::<Vec<_>>()
    };
    let all = [
        (Point::AltText, 1),
        (Point::Credit, 1),
        (Point::Section, 1),
        (Point::Sources, 1),
        (Point::Headlines, 1),
        (Point::Notes, 3),
    ];
    assert_eq!(left(&shipped, &draft, &work), all);
    let refused = draft.clone().publish_by(&shipped, &work, at(5)).unwrap_err();
    assert_eq!(
        (refused.missing.as_slice(), refused.blocked.as_slice()),
        (&[][..], &[Point::AltText, Point::Section][..])
    );
    assert_eq!(refused.keys(), ["check.alt-text", "check.section"]);
    let weights = [(Point::AltText, Weight::Warns), (Point::Section, Weight::Off), (Point::Sources, Weight::Blocks)];
    let own = Checklist(weights.into());
    assert_eq!(own.blocked(&draft.text, &work, None), [Point::Sources]);
    work.ticked = vec![Point::Sources];
    assert!(draft.clone().publish_by(&own, &work, at(5)).is_ok());
    for source in
        ["> كلمة\n> — صاحبها", "قال [البيان](https://harbour.example/a).", "[[https://harbour.example | بيان]]"]
    {
        draft.text.body = read_text_form(source).0;
        assert_eq!(own.blocked(&draft.text, &Work::default(), None), [], "{source}");
    }
    draft.comments = CommentPolicy::default();
    assert!(left(&shipped, &draft, &work).contains(&(Point::Comments, 1)), "nobody chose");
    draft.text.headline.clear();
    assert_eq!(draft.publish_by(&own, &work, at(5)).unwrap_err().missing, [Missing::Headline]);
    let json = serde_json::to_string(&own).unwrap();
    assert_eq!(serde_json::from_str::<Checklist>(&json).unwrap(), own);
}

#[test]
fn a_note_is_about_words_that_stand_in_the_story_and_finds_them_where_they_went() {
    let text = draft().text;
    let whole = NewNote::new("كلها طويلة", "", None, &text).unwrap();
    assert_eq!((whole.quote.as_str(), whole.block), ("", None));
    let block = NewNote::new("?", " ", Some((2, "من الميناء ")), &text).unwrap();
    assert_eq!((block.quote.as_str(), block.block), ("من الميناء إلى الجامعة.", Some(2)));
    let mut longer = text.clone();
    longer.body = read_text_form("فقرة قبلها.\n\nوصلت العربة.\n\n## المسار\n\nمن الميناء إلى الجامعة.").0;
    let moved = NewNote::new("?", "", Some((2, "من الميناء")), &longer).unwrap();
    assert_eq!((moved.quote.as_str(), moved.block), ("من الميناء إلى الجامعة.", Some(3)), "not what stands there now");
    let gone = NewNote::new("?", "", Some((2, "من المحطة")), &text);
    assert_eq!(gone, Err(NoteProblem::NoSuchPassage), "rewritten meanwhile");
    assert_eq!(NewNote::new("?", "", Some((2, "")), &text), Err(NoteProblem::NoSuchPassage));
    let words = NewNote::new("من قال؟", "العربة  الأولى", None, &text).unwrap();
    assert_eq!((words.quote.as_str(), words.block), ("العربة الأولى", Some(0)));
    assert_eq!(NewNote::new("?", "منذ عشرين", None, &text).unwrap().block, None, "in the standfirst");
    assert_eq!(NewNote::new("?", "ليست هنا", Some((0, "وصلت")), &text), Err(NoteProblem::NoSuchPassage));
    assert_eq!(NewNote::new(" \n ", "", None, &text), Err(NoteProblem::Empty));
    assert_eq!(NewNote::answer(&"ا".repeat(2_001)), Err(NoteProblem::TooLong(2_000)));
    let moved = read_text_form("جديد.\n\nوصلت العربة الأولى صباحًا.").0.lines_of_blocks();
    assert_eq!(place_of("العربة الأولى", Some(0), &moved), Some(1));
    assert_eq!(place_of("حُذفت", Some(0), &moved), None);
}

#[test]
fn the_law_keeps_a_story_back_before_the_embargo_does() {
    let hold = LegalHold { why: "دعوى".into(), by: None, at: at(0), goes_at: None };
    let work = Work { legal_hold: Some(hold), embargo_until: Some(at(9)), goes_at: Some(at(9)), ..Work::default() };
    assert_eq!((work.may_go(at(5)), work.state_key(at(5))), (Err(NotYet::LegalHold), "legal-hold"));
    let free = Work { legal_hold: None, ..work };
    assert_eq!((free.may_go(at(5)), free.state_key(at(5))), (Err(NotYet::Embargo(at(9))), "scheduled"));
}

#[test]
fn an_older_text_is_news_that_answers_nothing_and_is_written_as_it_was() {
    let older = serde_json::to_string(&draft().text).unwrap();
    assert!(!older.contains("kind") && !older.contains("answers"), "{older}");
    let text: StoryText = serde_json::from_str(&older).unwrap();
    assert_eq!((text.kind, text.answers), (StoryKind::News, None));
    let reply = StoryText { kind: StoryKind::RightOfReply, answers: Some(StoryId(7)), ..text };
    let back: StoryText = serde_json::from_str(&serde_json::to_string(&reply).unwrap()).unwrap();
    assert_eq!(back, reply);
}

#[test]
fn a_right_of_reply_goes_nowhere_without_the_story_that_it_answers() {
    let mut draft = draft();
    draft.text.kind = StoryKind::RightOfReply;
    assert_eq!(draft.text.missing(), [Missing::Answered]);
    assert_eq!(draft.text.bare(), [Missing::Answered], "no list lets it by");
    let off = Checklist(Point::ALL.map(|point| (point, Weight::Off)).into());
    let refused = draft.clone().publish_by(&off, &Work::default(), at(5)).unwrap_err();
    assert_eq!(refused.keys(), ["missing.answered"]);
    draft.text.answers = Some(StoryId(7));
    assert_eq!(draft.clone().publish(at(5)).unwrap().text.answers, Some(StoryId(7)));
    draft.text = StoryText { kind: StoryKind::Obituary, answers: None, ..draft.text };
    assert_eq!(draft.text.missing(), [], "the others stand alone as well");
}

#[test]
fn kinds_read_back_by_their_words_and_close_what_nobody_should_talk_under() {
    for kind in StoryKind::ALL {
        assert_eq!(StoryKind::from_key(kind.key()), Some(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.key());
    }
    assert_eq!(StoryKind::from_key("report"), None);
    let closed: Vec<_> = StoryKind::ALL.into_iter().filter(|kind| !kind.comments().takes_comments()).collect();
    assert_eq!(closed, [StoryKind::Obituary, StoryKind::Announcement]);
    let unchosen = |kind| {
        let text = StoryText { kind, ..draft().text };
        let looked = Checklist::default().look(&text, &Work::default(), Some(CommentPolicy::OpenAfterReview));
        looked.into_iter().find(|looked| looked.point == Point::Comments).map(|looked| looked.left)
    };
    assert_eq!(unchosen(StoryKind::News), Some(1));
    assert_eq!(unchosen(StoryKind::Obituary), Some(0), "somebody opened them");
}

#[test]
fn the_kind_and_the_answered_story_are_typed_and_come_back() {
    let was = StoryText { kind: StoryKind::Opinion, ..draft().text };
    let typed = TypedStory {
        kind: "right-of-reply".into(),
        answers: format!(" {} ", StoryId(7).short()),
        ..TypedStory::default()
    };
    let text = typed.read(was.body.clone(), &was).unwrap();
    assert_eq!((text.kind, text.answers), (StoryKind::RightOfReply, Some(StoryId(7))));
    assert_eq!(TypedStory::of(&text).read(text.body.clone(), &text), Ok(text));
    let unknown = TypedStory { kind: "poem".into(), ..TypedStory::default() };
    assert_eq!(unknown.read(was.body.clone(), &was).unwrap().kind, StoryKind::Opinion, "as it was");
}

#[test]
fn a_story_may_be_in_any_language_and_runs_as_it_does() {
    for (tag, kept, dir) in [
        ("ar", "ar", "rtl"),
        ("ar-MA", "ar", "rtl"),
        ("FR_fr", "fr", "ltr"),
        ("zgh", "zgh", "ltr"),
        ("zgh-tfng", "zgh", "ltr"),
        ("ber-latn-DZ", "ber-Latn", "ltr"),
        ("ckb", "ckb", "rtl"),
        ("ku", "ku", "ltr"),
        ("ku-Arab-IQ", "ku-Arab", "rtl"),
        ("fa", "fa", "rtl"),
        ("ur", "ur", "rtl"),
        ("he", "he", "rtl"),
        ("tr", "tr", "ltr"),
        ("ps", "ps", "rtl"),
        ("uz-Arab", "uz-Arab", "rtl"),
        ("pa", "pa", "ltr"),
        ("zh-cmn-Hans-CN", "zh-Hans", "ltr"),
        ("de-CH-1996", "de", "ltr"),
    ] {
        let language = StoryLanguage::from_tag(tag).unwrap();
        assert_eq!((language.tag(), language.dir()), (kept, dir), "{tag}");
        assert_eq!(StoryLanguage::from_tag(language.tag()), Some(language), "{tag}");
    }
    for none in ["", "a", "العربية", "ar ma", "ar-", "<b>", "12", "arabic", "ar-toolongapart", "ar-\"x"] {
        assert_eq!(StoryLanguage::from_tag(none), None, "{none}");
    }
    for language in StoryLanguage::offered() {
        assert_eq!(StoryLanguage::from_tag(language.tag()), Some(language));
        assert!(language.is_offered());
    }
}

#[test]
fn an_unknown_language_is_kept_and_nonsense_is_named() {
    let text: StoryText = serde_json::from_str(r#"{"headline":"ا","body":[],"language":"ps-AF"}"#).unwrap();
    assert_eq!((text.language.tag(), text.language.key()), ("ps", None));
    assert!(serde_json::to_string(&text).unwrap().contains(r#""language":"ps""#));
    let again = TypedStory::of(&text).read(text.body.clone(), &text).unwrap();
    assert_eq!(again.language, text.language);
    let wrong = serde_json::from_str::<StoryText>(r#"{"headline":"ا","body":[],"language":"??"}"#).unwrap_err();
    assert!(wrong.to_string().contains("\"??\" is no tag of a language"), "{wrong}");
}
