//! A story from draft to archive, told by its steps.

use super::{CommentPolicy, Correction, Draft, Missing, Published, Story, StoryText};
use crate::body::{Picture, read_text_form};
use crate::ids::{SectionId, StoryId};
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
    Picture { file: "tram.png".into(), alt: alt.into(), caption: None, credit: None, size }
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
    assert_eq!(draft.missing(), [Missing::Headline, Missing::Body]);
}

#[test]
fn pictures_need_words_for_those_who_cannot_see_them_once_they_are_there() {
    let mut draft = draft();
    draft.text.lead = Some(picture("", (0, 0)));
    assert_eq!(draft.missing(), [], "still to be supplied, and not shown");
    draft.text.lead = Some(picture("", (800, 600)));
    assert_eq!(draft.missing(), [Missing::AltText]);
    draft.text.lead = Some(picture("عربة ترام عند الميناء", (800, 600)));
    assert_eq!(draft.missing(), []);
    draft.text.body.0.push(crate::body::Block::Picture(picture("", (10, 10))));
    assert_eq!(draft.missing(), [Missing::AltText]);
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
