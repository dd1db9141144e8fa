//! Readers and the desk where texts are read for their meaning; and where they are not.

use super::make;
use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper, of_story};
use axum::http::StatusCode;
use newsroom::body::read_text_form;
use newsroom::people::{Actor, Role};
use newsroom::section::Tag as StoryTag;
use newsroom::story::{Published, StoryLanguage};
use newsroom::{SectionId, StoryId};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use store::meaning::CommentToRead;

const TRAM: &str = "البلدية تفتتح خط الترام الجديد بين المحطة والمرفأ";
const LIGNE: &str = "La nouvelle ligne de tramway reliera l'université au port";
const OLIVES: &str = "موسم الزيتون يبدأ مبكرا في القرى الجبلية";

fn weights() -> &'static [u8] {
    static WEIGHTS: OnceLock<&'static [u8]> = OnceLock::new();
    WEIGHTS.get_or_init(|| std::fs::read(encoder::WEIGHTS).expect("the weights").leak())
}

async fn publishes(paper: &OpenPaper, headline: &str, language: &str) -> Published {
    let mut draft = paper.draft(headline);
    draft.text.body = read_text_form(headline).0;
    draft.text.section = Some(SectionId(if language == "fr" { 2 } else { 1 }));
    draft.text.language = StoryLanguage::from_tag(language).expect("a language");
    paper.publishes_draft(draft, paper.app.now()).await
}

/// A paper whose three stories were read.
async fn open() -> (OpenPaper, [Published; 3]) {
    let paper = OpenPaper::open().await;
    paper.app.meaning.open_with(weights());
    let stories = [
        publishes(&paper, TRAM, "ar").await,
        publishes(&paper, LIGNE, "fr").await,
        publishes(&paper, OLIVES, "ar").await,
    ];
    make(&paper.app).await.expect("vectors");
    (paper, stories)
}

async fn page_of(paper: &OpenPaper, story: &Published) -> Got {
    paper.get(&address::story(&story.slug)).await
}

async fn search(paper: &OpenPaper, words: &str) -> String {
    paper.get(&format!("/search?q={}", address::encoded(words))).await.text
}

fn related(page: &Got) -> &str {
    let part = page.text.split("class=\"related\"").nth(1).unwrap_or_default();
    part.split("</section>").next().unwrap_or_default()
}

#[tokio::test]
async fn what_is_near_in_meaning_is_offered_below_a_story_in_its_own_language_and_direction() {
    let (paper, [tram, ligne, _]) = open().await;
    assert_eq!(paper.app.meaning.stories().len(), 3);
    let page = page_of(&paper, &tram).await;
    page.assert_order(&["ذات صلة", "lang=\"fr\"", &address::story(&ligne.slug), "<time datetime="]);
    assert!(related(&page).contains("dir=\"ltr\"") && !related(&page).contains(OLIVES), "{}", related(&page));
    assert!(page.tags.contains(&of_story(&ligne)), "the page changes with what it shows");
    assert!(related(&page_of(&paper, &ligne).await).contains(TRAM), "both ways");
    let withdrawn = ligne.clone().withdraw("سُحب", paper.app.now());
    let happening = paper.app.store.withdraw(&withdrawn, Actor::Program, "").await.expect("withdrawn");
    assert!(related(&page_of(&paper, &tram).await).is_empty(), "at once");
    crate::aftermath::tell(&paper.app, &happening).await;
    assert_eq!(paper.app.meaning.stories().len(), 2);
    make(&paper.app).await.expect("vectors");
    assert!(!paper.app.store.is_meaning_due().await.expect("an answer"));
}

#[tokio::test]
async fn a_search_finds_what_means_the_same_in_another_language_and_says_so() {
    let (paper, [_, ligne, _]) = open().await;
    let found = search(&paper, "nouveau tramway port").await;
    assert!(found.contains(TRAM) && found.contains("قريب من معنى بحثك"), "{found}");
    assert!(!found.contains(OLIVES));
    assert!(search(&paper, "récolte des olives en montagne").await.contains(OLIVES));
    let exact = search(&paper, "ligne tramway").await;
    let (by_words, by_meaning) = (exact.find(&address::story(&ligne.slug)), exact.find("class=\"hit-near\""));
    assert!(by_words.zip(by_meaning).is_none_or(|(words, meaning)| words < meaning), "words go first");
    assert!(!search(&paper, "«récolte des olives en montagne»").await.contains(OLIVES), "a phrase is no meaning");
    assert!(!search(&paper, "récolte olives montagne -mer").await.contains(OLIVES));
}

#[tokio::test]
async fn without_weights_related_stories_are_those_of_the_same_tag_and_a_search_goes_by_words() {
    let paper = OpenPaper::open().await;
    let tagged = |headline: &str| {
        let mut draft = paper.draft(headline);
        draft.text.tags = vec![StoryTag { slug: "بحر".into(), name: "بحر".into() }];
        draft
    };
    let (first, second) = (tagged(TRAM), tagged(OLIVES));
    let first = paper.publishes_draft(first, paper.app.now()).await;
    paper.publishes_draft(second, paper.app.now()).await;
    paper.publishes("خبر من القسم").await;
    make(&paper.app).await.expect("nothing to do");
    assert!(paper.app.store.is_meaning_due().await.expect("an answer"), "it waits until somebody can read");
    let page = page_of(&paper, &first).await;
    assert!(related(&page).contains(OLIVES));
    page.assert_order(&["ذات صلة", OLIVES, "اقرأ أيضًا", "خبر من القسم"]);
    assert!(!search(&paper, "récolte des olives en montagne").await.contains("class=\"hit\""));
    paper.app.meaning.open_with(b"no weights");
    make(&paper.app).await.expect("nothing to do");
    assert_eq!(paper.app.meaning.weights(), None);
}

#[tokio::test]
async fn the_desk_sees_waiting_comments_of_like_meaning_and_readers_nothing_of_them() {
    let (paper, [tram, ligne, _]) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let texts = [
        "سعر الخبز ارتفع كثيرا ولم نعد نقدر على شراء الرغيف كل يوم",
        "الخبز صار غاليا جدا ولا نستطيع أن نشتريه لأولادنا",
        "مباراة أمس كانت ممتعة والحكم كان عادلا",
    ];
    let mut comments = Vec::new();
    for (story, (name, text)) in [&tram, &ligne, &tram].into_iter().zip(["هدى", "كريم", "مايا"].into_iter().zip(texts))
    {
        comments.push(Browser::new(&paper).comments(story, name, text).await);
    }
    make(&paper.app).await.expect("vectors");
    let one = format!("/desk/comments/{}/{}", tram.id, comments[0]);
    let page = salma.get(&one).await;
    assert_eq!(page.status, StatusCode::OK);
    page.assert_order(&["تعليقات منتظرة قريبة المعنى", "كريم", texts[1], "action=\"/desk/bulk/preview\""]);
    let near = page.text.split("class=\"near\"").nth(1).expect("near ones");
    assert!(!near.contains(texts[2]) && near.contains(&format!("{}.{}", ligne.id, comments[1])));
    let found = search(&paper, "الخبز صار غاليا").await;
    assert!(texts.iter().all(|text| !found.contains(text)), "comments are not in the readers' search by meaning");
    salma.rules(&ligne, comments[1], "release", "").await;
    assert!(!salma.get(&one).await.text.contains("class=\"near\""), "it waits no more");
}

#[tokio::test]
async fn a_comment_that_was_read_when_it_came_in_is_not_read_again() {
    let (paper, [tram, _, olives]) = open().await;
    let (meaning, store) = (&paper.app.meaning, &paper.app.store);
    let text = "متى يصل الترام إلى المرفأ وكم سيكون سعر التذكرة للطلاب والعائلات في الأسبوع الأول بعد الافتتاح؟ وهل ستقف \
                العربات عند باب الجامعة كما قالت البلدية في الربيع أم يمشي الناس من المحطة القديمة كل صباح؟";
    let comment = Browser::new(&paper).comments(&tram, "هدى", text).await;
    let due = store.comments_to_read(10).await.expect("what is due").pop().expect("the comment");
    let heard = meaning.0.heard.take(&due).expect("it was read");
    assert_eq!(meaning.0.heard.take(&due), None, "once");
    // Another vector in its place: whoever read it again would not keep this one.
    let other = meaning.stories().of(olives.id).expect("a vector");
    assert_ne!(heard.to_bytes(), other.to_bytes());
    meaning.0.heard.put(comment, text, other);
    make(&paper.app).await.expect("vectors");
    let weights = meaning.weights().expect("weights");
    let kept = async || store.comment_vector(tram.id, comment, weights).await.expect("an answer");
    assert_eq!(kept().await, Some(other.to_bytes()));

    let earlier = "كلمات أخرى كانت هنا من قبل";
    let second = Browser::new(&paper).comments(&tram, "كريم", "شكرا").await;
    meaning.0.heard.put(second, earlier, other);
    make(&paper.app).await.expect("vectors");
    let kept = store.comment_vector(tram.id, second, weights).await.expect("an answer");
    assert!(kept.is_some_and(|kept| kept != other.to_bytes()), "other words are read");
    let known = CommentToRead { comment: second, text: earlier.to_owned(), ..due };
    meaning.0.heard.put(second, earlier, other);
    meaning.0.heard.forget_old(Instant::now() + Duration::from_secs(29));
    assert_eq!(meaning.0.heard.take(&known), Some(other));
    meaning.0.heard.put(second, earlier, other);
    meaning.0.heard.forget_old(Instant::now() + Duration::from_secs(31));
    assert_eq!(meaning.0.heard.take(&known), None, "whatever became of it");
}

#[tokio::test]
async fn a_story_of_which_nothing_is_held_is_near_to_nothing() {
    let (paper, [tram, _, olives]) = open().await;
    let stories = paper.app.meaning.stories();
    let wanted = stories.of(tram.id).expect("a vector");
    assert_eq!(stories.nearest(&wanted, 1, 0.9), [(tram.id, wanted.likeness(&wanted))]);
    stories.forget(tram.id);
    stories.forget(StoryId(1));
    assert_eq!((stories.len(), stories.of(tram.id)), (2, None));
    let vector = stories.of(olives.id).expect("the others keep their places");
    assert_eq!(stories.nearest(&vector, 1, 0.9).first().map(|near| near.0), Some(olives.id));
}
