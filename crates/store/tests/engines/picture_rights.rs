//! Where pictures of the library are used, and what keeps one from readers, on both engines.

use crate::both::{Trial, on_both};
use jiff::civil::date;
use newsroom::body::{Block, Body, Picture, spans};
use newsroom::people::Actor;
use newsroom::search::Query;
use newsroom::story::{CommentPolicy, Draft, Instead, Published, Story, StoryText};
use newsroom::{StaffId, StoryId, Timestamp};
use store::listings::List;
use store::pictures::{NewPicture, PictureFile, PictureWords, ServedTo};
use store::search::{Asked, Narrow};
use store::stories::{CameLater, Found, Saved, Writing};
use store::{Store, StoreError};

const SALMA: StaffId = StaffId(7);
/// What stands in a picture's place while it comes.
const UNDER: &str = "data:image/png;base64,AA==";

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

/// Keeps a picture of the library, with a size beside it.
async fn keep(store: &Store, print: &str) {
    let new = NewPicture {
        print: print.into(),
        size: (1200, 800),
        placeholder: UNDER.into(),
        words: PictureWords { alt: print.into(), focus: (50, 50), ..PictureWords::default() },
        sizes: vec![((480, 320), vec![4, 8])],
        more: false,
        bytes: vec![0xff, 0xd8],
    };
    store.keep_in_library(&new, Some(SALMA), at(0)).await.unwrap();
}

fn picture(file: &str) -> Picture {
    let caption = Some("كما في المادة".to_owned());
    Picture {
        file: file.into(),
        alt: "وصف".into(),
        caption,
        credit: Some("الأرشيف".into()),
        size: (1200, 800),
        ..Default::default()
    }
}

/// A story with pictures: at its head, and in a gallery.
fn text(headline: &str, lead: Option<&str>, gallery: &[&str]) -> StoryText {
    let words = Block::Paragraph { text: spans("نص") };
    let pictures = gallery.iter().map(|file| picture(file)).collect();
    StoryText {
        headline: headline.into(),
        lead: lead.map(picture),
        body: Body(vec![words, Block::Gallery { pictures }]),
        section: Some(newsroom::SectionId(1)),
        ..StoryText::default()
    }
}

async fn draft(store: &Store, text: StoryText) -> Draft {
    let id = StoryId(store.id(at(1)));
    let draft = Draft { id, text, comments: CommentPolicy::default(), begun_at: at(1) };
    store.keep_draft(&draft, Actor::Staff(SALMA), at(1)).await.unwrap();
    draft
}

async fn public(store: &Store, text: StoryText) -> Published {
    let published = draft(store, text).await.publish(at(2)).unwrap();
    store.publish(&published, Actor::Staff(SALMA), "", at(2)).await.unwrap().0
}

async fn write(store: &Store, story: StoryId, text: StoryText) {
    let read = store.on_desk(story).await.unwrap().version;
    let writing = Writing { text, comments: CommentPolicy::default(), read, on_purpose: false };
    assert!(matches!(store.save_writing(story, &writing, SALMA, at(3)).await.unwrap(), Saved::Kept(_)));
}

async fn uses(store: &Store, name: &str) -> (i64, i64) {
    store.library_picture(name).await.unwrap().unwrap().uses
}

/// The pictures that readers get with a story: in it, and on its card.
async fn seen(store: &Store, story: &Published) -> (Vec<String>, Option<String>) {
    let Some(Found::Here(found)) = store.find_story(&story.slug).await.unwrap() else { panic!("no story") };
    let Story::Published(found) = *found else { panic!("not public") };
    assert!(found.text.pictures().all(|picture| picture.under == UNDER), "{:?}", found.text);
    assert!(found.text.pictures().all(|picture| picture.focus.is_some()), "{:?}", found.text);
    let inside = found.text.pictures().map(|picture| picture.file.clone()).collect();
    let cards = store.list(&List::All, None, 9).await.unwrap();
    let front = store.front_page(at(5)).await.unwrap();
    let card = cards.into_iter().find(|card| card.id == story.id).unwrap();
    let on_front = front
        .rows
        .into_iter()
        .flat_map(|row| row.slots)
        .filter_map(|slot| slot.card)
        .find(|card| card.id == story.id)
        .unwrap();
    assert_eq!(card.face.lead, on_front.face.lead, "the front page is a list like others");
    (inside, card.face.lead.map(|lead| lead.file))
}

#[tokio::test]
async fn a_story_is_among_the_uses_of_every_picture_it_holds_in_whatever_text() {
    on_both(|store| async move {
        for print in ["aa", "bb", "cc"] {
            keep(&store, print).await;
        }
        let draft = draft(&store, text("مسودة", Some("aa.jpg"), &["bb.jpg", "bb.jpg", "elsewhere.png"])).await;
        assert_eq!((uses(&store, "aa.jpg").await, uses(&store, "bb.jpg").await), ((1, 0), (1, 0)));
        assert_eq!(store.served_picture("aa.jpg").await.unwrap().unwrap().to, ServedTo::Staff);
        let story = draft.clone().publish(at(2)).unwrap();
        let (story, _) = store.publish(&story, Actor::Staff(SALMA), "", at(2)).await.unwrap();
        assert_eq!((uses(&store, "aa.jpg").await, uses(&store, "bb.jpg").await), ((1, 1), (1, 1)));
        assert_eq!(store.served_picture("aa-480.jpg").await.unwrap().unwrap().to, ServedTo::Readers);
        write(&store, story.id, text("مسودة", Some("cc.jpg"), &["bb.jpg"])).await;
        assert_eq!(uses(&store, "cc.jpg").await, (1, 0), "written, and not with readers yet");
        let told = store.picture_uses("aa.jpg", None, 9).await.unwrap().remove(0);
        assert_eq!(
            (told.story, told.is_public, told.is_written, told.state.as_str()),
            (story.id, true, false, "published")
        );
        store.drop_writing(story.id, store.on_desk(story.id).await.unwrap().version, SALMA, at(4)).await.unwrap();
        assert_eq!((uses(&store, "cc.jpg").await, uses(&store, "aa.jpg").await), ((0, 0), (1, 1)));
        assert!(store.picture_uses("cc.jpg", None, 9).await.unwrap().is_empty());
        store.withdraw(&story.clone().withdraw("", at(5)), Actor::Staff(SALMA), "").await.unwrap();
        assert_eq!(uses(&store, "aa.jpg").await, (1, 0));
        assert_eq!(store.served_picture("aa.jpg").await.unwrap().unwrap().to, ServedTo::Staff);
        store.publish(&story, Actor::Staff(SALMA), "", at(6)).await.unwrap();
        assert_eq!(uses(&store, "aa.jpg").await, (1, 1));
        store
            .correct(&Published { text: text("مسودة", None, &["cc.jpg"]), ..story }, Actor::Program, "", at(7))
            .await
            .unwrap();
        assert_eq!((uses(&store, "aa.jpg").await, uses(&store, "cc.jpg").await), ((0, 0), (1, 1)));
    })
    .await;
}

#[tokio::test]
async fn a_picture_leaves_every_page_when_its_rights_end_once_and_comes_back() {
    on_both(|store| async move {
        keep(&store, "aa").await;
        keep(&store, "bb").await;
        let story = public(&store, text("خبر", Some("aa.jpg"), &["aa.jpg", "bb.jpg"])).await;
        let until = |day: &str| PictureWords { rights_until: Some(day.into()), ..PictureWords::default() };
        let (last, next) = (date(2027, 1, 31), date(2027, 2, 1));
        store.describe_picture("aa.jpg", &until("2027-01-31"), SALMA, (last, at(3))).await.unwrap();
        assert_eq!(store.rights_ending(date(2027, 1, 25), next, 9).await.unwrap().len(), 1);
        let here = store.rights_ending_of(story.id, date(2027, 1, 25), next).await.unwrap();
        assert_eq!(here.iter().map(|picture| picture.name.as_str()).collect::<Vec<_>>(), ["aa.jpg"]);
        assert!(store.rights_ending_of(story.id, next, next).await.unwrap().is_empty());
        assert!(store.end_picture_rights(last, at(4), 9).await.unwrap().is_empty(), "the last day is one of them");
        let all = ["aa.jpg", "aa.jpg", "bb.jpg"].map(str::to_owned).to_vec();
        assert_eq!(seen(&store, &story).await, (all.clone(), Some("aa.jpg".into())));
        let (one, two) =
            tokio::join!(store.end_picture_rights(next, at(5), 9), store.end_picture_rights(next, at(5), 9));
        let told = [one.unwrap(), two.unwrap()].concat();
        assert_eq!(told.iter().map(|told| told.what.key()).collect::<Vec<_>>(), ["picture-rights-ended"]);
        assert_eq!(seen(&store, &story).await, (vec!["bb.jpg".to_owned()], None));
        assert_eq!(store.served_picture("aa-480.jpg").await.unwrap().unwrap().to, ServedTo::StaffOnly);
        assert_eq!(store.pictures_away(&story.text).await.unwrap().len(), 1);
        assert_eq!(store.library_away(None, 9).await.unwrap()[0].name, "aa.jpg");
        assert_eq!(store.story(story.id).await.unwrap().text(), &story.text, "the newsroom has it as it was");
        let told = store.describe_picture("aa.jpg", &until("2027-12-31"), SALMA, (next, at(6))).await.unwrap();
        let keys: Vec<_> = told.iter().map(|told| told.what.key()).collect();
        assert_eq!(keys, ["picture-described", "picture-shown-again"]);
        assert_eq!(seen(&store, &story).await, (all, Some("aa.jpg".into())));
        let told = store.describe_picture("aa.jpg", &until("2027-01-01"), SALMA, (next, at(7))).await.unwrap();
        assert_eq!(told[1].what.key(), "picture-rights-ended", "a day that is over ends them at once");
        assert!(store.end_picture_rights(next, at(8), 9).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_picture_is_taken_down_and_put_back_and_removed_only_when_nothing_holds_it() {
    on_both(|store| async move {
        keep(&store, "aa").await;
        let other = PictureFile {
            name: "aab.jpg".into(),
            media_type: "image/jpeg".into(),
            size: (1, 1),
            bytes: vec![1],
            kept_at: at(0),
        };
        store.keep_picture(&other).await.unwrap();
        assert_eq!(store.served_picture("aab.jpg").await.unwrap().unwrap().to, ServedTo::Everybody);
        let story = public(&store, text("خبر", None, &["aa.jpg"])).await;
        let down = store.take_picture_down("aa.jpg", "اعتراض صاحبها", SALMA, at(3)).await.unwrap();
        assert_eq!((down.what.key(), down.why.as_str()), ("picture-taken-down", "اعتراض صاحبها"));
        let again = store.take_picture_down("aa.jpg", "مرة أخرى", SALMA, at(3)).await;
        assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
        assert!(seen(&store, &story).await.0.is_empty());
        let kept = store.library_picture("aa.jpg").await.unwrap().unwrap().taken_down.unwrap();
        assert_eq!((kept.why.as_str(), kept.by), ("اعتراض صاحبها", Some(SALMA)));
        store.put_picture_back("aa.jpg", SALMA, at(4)).await.unwrap();
        assert_eq!(seen(&store, &story).await.0, ["aa.jpg"]);
        assert!(store.put_picture_back("aa.jpg", SALMA, at(4)).await.is_err());
        let used = store.remove_picture("aa.jpg", SALMA, at(5)).await;
        assert!(matches!(used, Err(StoreError::Conflict(_))), "{used:?}");
        store.correct(&Published { text: text("خبر", None, &[]), ..story }, Actor::Program, "", at(6)).await.unwrap();
        store.remove_picture("aa.jpg", SALMA, at(7)).await.unwrap();
        for name in ["aa.jpg", "aa-480.jpg"] {
            assert_eq!(store.served_picture(name).await.unwrap(), None, "{name}");
        }
        assert!(store.picture("aab.jpg").await.unwrap().is_some(), "one of a like name stays");
        assert!(matches!(store.remove_picture("aa.jpg", SALMA, at(8)).await, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn another_picture_takes_its_place_in_every_text_and_nobodys_writing_is_lost() {
    on_both(|store| async move {
        keep(&store, "aa").await;
        keep(&store, "bb").await;
        let new = Picture { alt: "البديلة".into(), credit: None, ..picture("bb.jpg") };
        let instead = Instead { picture: Picture { caption: None, ..new }, keeps_captions: true };
        let put = async |story: StoryId, read: i64| {
            store.replace_picture((story, read), "aa.jpg", &instead, (SALMA, at(9))).await
        };
        let draft = draft(&store, text("مسودة", Some("aa.jpg"), &[])).await;
        let story = public(&store, text("خبر", Some("aa.jpg"), &["aa.jpg"])).await;
        let mut written = text("خبر يتغيّر", Some("aa.jpg"), &[]);
        written.kicker = "جديد".into();
        write(&store, story.id, written).await;
        let withdrawn = public(&store, text("مسحوب", None, &["aa.jpg"])).await;
        store.withdraw(&withdrawn.clone().withdraw("", at(5)), Actor::Staff(SALMA), "").await.unwrap();
        assert_eq!(uses(&store, "aa.jpg").await, (3, 1));
        let read = store.on_desk(story.id).await.unwrap().version;
        assert!(matches!(put(story.id, read - 1).await, Err(StoreError::Conflict(_))), "read before somebody wrote");
        for id in [draft.id, story.id, withdrawn.id] {
            let told = put(id, store.on_desk(id).await.unwrap().version).await.unwrap();
            assert_eq!((told.what.key(), told.what.story()), ("picture-replaced", Some(id)));
        }
        assert_eq!((uses(&store, "aa.jpg").await, uses(&store, "bb.jpg").await), ((0, 0), (3, 1)));
        let (inside, card) = seen(&store, &story).await;
        assert_eq!((inside, card.as_deref()), (vec!["bb.jpg".to_owned(); 2], Some("bb.jpg")));
        let desk = store.on_desk(story.id).await.unwrap();
        let lead = desk.text.lead.as_ref().unwrap();
        assert_eq!((desk.text.kicker.as_str(), lead.file.as_str()), ("جديد", "bb.jpg"), "what was written stays");
        assert_eq!(
            (lead.alt.as_str(), lead.caption.as_deref(), lead.credit.as_deref()),
            ("البديلة", Some("كما في المادة"), None),
            "the line below is the story's, the rest is the new picture's"
        );
        assert!(desk.pending && desk.version > read);
        let late = Writing { text: desk.text, comments: CommentPolicy::default(), read, on_purpose: true };
        assert_eq!(store.save_writing(story.id, &late, SALMA, at(10)).await.unwrap(), Saved::Overtaken);
        assert_eq!(store.story_revisions(story.id, None, 9).await.unwrap().len(), 4, "both texts before and after");
        assert!(matches!(
            put(draft.id, store.on_desk(draft.id).await.unwrap().version).await,
            Err(StoreError::NotFound)
        ));
    })
    .await;
}

#[tokio::test]
async fn a_reason_of_law_keeps_the_picture_that_readers_have_and_lets_a_draft_change() {
    on_both(|store| async move {
        keep(&store, "aa").await;
        keep(&store, "bb").await;
        let instead = Instead { picture: picture("bb.jpg"), keeps_captions: true };
        let draft = draft(&store, text("مسودة", Some("aa.jpg"), &[])).await;
        let story = public(&store, text("خبر", Some("aa.jpg"), &[])).await;
        let mut became = Vec::new();
        for id in [draft.id, story.id] {
            store.hold_story(id, "دعوى", Actor::Staff(SALMA), at(8)).await.unwrap();
            let read = store.on_desk(id).await.unwrap().version;
            became.push(store.replace_picture((id, read), "aa.jpg", &instead, (SALMA, at(9))).await.map(drop));
        }
        assert_eq!(became, [Ok(()), Err(StoreError::Conflict("legal-hold".into()))]);
        assert_eq!((uses(&store, "aa.jpg").await, uses(&store, "bb.jpg").await), ((1, 1), (1, 0)));
        store.lift_hold(story.id, "رُفعت", Actor::Staff(SALMA), at(10)).await.unwrap();
        let read = store.on_desk(story.id).await.unwrap().version;
        store.replace_picture((story.id, read), "aa.jpg", &instead, (SALMA, at(11))).await.unwrap();
        assert_eq!(uses(&store, "bb.jpg").await, (2, 1));
    })
    .await;
}

#[tokio::test]
async fn a_file_that_comes_later_finds_every_place_that_waits_for_it_and_the_words_stay() {
    on_both(|store| async move {
        keep(&store, "aa").await;
        keep(&store, "bb").await;
        let old = "https://old.example/2019/05/b.jpg";
        let waits = |headline: &str| {
            let mut said = text(headline, Some("aa.jpg"), &[old, old]);
            said.pictures_mut().filter(|picture| picture.file == old).for_each(|picture| picture.size = (0, 0));
            said
        };
        let came = [CameLater { of: old.into(), name: "bb.jpg".into(), size: (1200, 800) }];
        let draft = draft(&store, waits("مسودة")).await;
        let story = public(&store, waits("خبر")).await;
        write(&store, story.id, StoryText { kicker: "جديد".into(), ..waits("خبر يتغيّر") }).await;
        let withdrawn = public(&store, waits("مسحوب")).await;
        store.withdraw(&withdrawn.clone().withdraw("", at(5)), Actor::Staff(SALMA), "").await.unwrap();
        for id in [draft.id, story.id, withdrawn.id] {
            let told = store.supply_pictures(id, &came, at(9)).await.unwrap();
            let told: Vec<_> = told.iter().map(|one| (one.what.key(), one.what.story(), one.by)).collect();
            assert_eq!(told, [("picture-replaced", Some(id), Actor::Program)]);
            assert!(matches!(store.supply_pictures(id, &came, at(9)).await, Err(StoreError::NotFound)), "none waits");
        }
        assert_eq!((uses(&store, "aa.jpg").await, uses(&store, "bb.jpg").await), ((3, 1), (3, 1)));
        assert_eq!(seen(&store, &story).await.0, ["aa.jpg", "bb.jpg", "bb.jpg"]);
        let desk = store.on_desk(story.id).await.unwrap();
        assert!(desk.pending && desk.text.kicker == "جديد", "what is written beside goes on");
        assert!(desk.text.pictures().all(|one| one.is_supplied() && one.caption.as_deref() == Some("كما في المادة")));
        let held = public(&store, waits("موقوف")).await;
        store.hold_story(held.id, "دعوى", Actor::Staff(SALMA), at(10)).await.unwrap();
        let kept = store.supply_pictures(held.id, &came, at(11)).await.map(drop);
        assert_eq!(kept, Err(StoreError::Conflict("legal-hold".into())));
    })
    .await;
}

#[tokio::test]
async fn an_older_papers_stories_are_among_the_uses_from_the_first_start_on() {
    for trial in Trial::all().await {
        let store = Store::open(&trial.place).await.unwrap();
        for print in ["aa", "bb", "cc"] {
            keep(&store, print).await;
        }
        let story = public(&store, text("خبر", Some("aa.jpg"), &["bb.jpg", "elsewhere.png"])).await;
        write(&store, story.id, text("خبر", None, &["bb.jpg", "cc.jpg"])).await;
        let gone = public(&store, text("مسحوب", None, &["bb.jpg"])).await;
        store.withdraw(&gone.withdraw("", at(5)), Actor::Staff(SALMA), "").await.unwrap();
        draft(&store, text("مسودة", Some("bb.jpg"), &[])).await;
        let all = async |store: &Store| {
            let mut told = Vec::new();
            for name in ["aa.jpg", "bb.jpg", "cc.jpg"] {
                told.push((uses(store, name).await, store.picture_uses(name, None, 9).await.unwrap()));
            }
            told
        };
        let was = all(&store).await;
        assert_eq!(was[1].0, (3, 1));
        let columns = ["uses", "public_uses", "ended_at", "taken_down_at", "taken_down_by", "taken_down_why"];
        let columns = columns.map(|column| format!("alter table picture_library drop column {column}"));
        let before = [
            "drop table picture_uses",
            "drop index picture_library_ending",
            "drop index picture_library_warned",
            "drop index picture_library_away",
            "delete from schema_steps where number = 26",
        ];
        for sql in before.iter().map(|sql| (*sql).to_owned()).chain(columns) {
            store.run_for_tests(&sql).await.unwrap();
        }
        store.close().await;
        let store = Store::open(&trial.place).await.unwrap();
        assert_eq!(all(&store).await, was);
        store.close().await;
        trial.clear().await;
    }
}

#[tokio::test]
async fn what_stands_below_a_picture_is_found_while_readers_have_it_and_no_longer() {
    on_both(|store| async move {
        keep(&store, "aa").await;
        public(&store, text("افتتاح السوق", None, &["aa.jpg"])).await;
        let look = async |words: &str| {
            let asked = Asked { query: Query::read(words), narrow: Narrow::default() };
            store.search_stories(&asked, None, 9).await.unwrap().stories
        };
        let found = look("كما في المادة ").await;
        assert!(found.len() == 1 && found[0].body.contains("كما في المادة"), "{found:?}");
        store.take_picture_down("aa.jpg", "طُلب ذلك", SALMA, at(5)).await.unwrap();
        let found = look("السوق ").await;
        assert!(found.len() == 1 && !found[0].body.contains("كما في المادة"), "at once: {found:?}");
        assert!(store.is_story_index_due().await.unwrap());
        store.make_old_story_index().await.unwrap();
        assert!(look("«كما في المادة»").await.is_empty());
        assert!(!store.is_story_index_due().await.unwrap());
        store.put_picture_back("aa.jpg", SALMA, at(6)).await.unwrap();
        store.make_old_story_index().await.unwrap();
        assert_eq!(look("«كما في المادة»").await.len(), 1);
    })
    .await;
}
