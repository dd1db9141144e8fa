//! Lists of stories: front page, sections, tags, writers, months, most read.

use crate::front::said;
use crate::paper::{HUDA, KARIM, Paper, on_both};
use newsroom::front::RowKind;
use newsroom::story::{CommentPolicy, Draft, Published, StoryLanguage, StoryText};
use newsroom::{SectionId, StoryId, Timestamp};
use store::listings::{List, StoryCard};

fn headlines(cards: &[StoryCard]) -> Vec<&str> {
    cards.iter().map(|card| card.face.headline.as_str()).collect()
}

pub(crate) async fn publishes_in(paper: &Paper, section: i64, headline: &str) -> StoryId {
    let mut draft = paper.draft(headline);
    draft.text.section = Some(SectionId(section));
    paper.publishes_draft(draft).await.id
}

#[tokio::test]
async fn a_list_is_read_page_by_page_newest_first() {
    on_both(|paper| async move {
        for n in 1..=5 {
            paper.publishes(&format!("خبر {n}")).await;
        }
        let first = paper.store.list(&List::Tag("ترام".into()), None, 2).await.unwrap();
        assert_eq!(headlines(&first), ["خبر 5", "خبر 4"]);
        let after = Some((first[1].published_at, first[1].id));
        let second = paper.store.list(&List::Tag("ترام".into()), after, 10).await.unwrap();
        assert_eq!(headlines(&second), ["خبر 3", "خبر 2", "خبر 1"]);
        let card = &first[0];
        assert_eq!(card.slug, "خبر-5");
        assert_eq!(card.face.section, Some(("المدينة".into(), "المدينة".into())));
        assert_eq!(card.face.bylines[0].name, "ليلى النجار");
        assert_eq!(paper.store.list(&List::Writer("ليلى-النجار".into()), None, 10).await.unwrap().len(), 5);
        assert_eq!(paper.store.list(&List::Section("الثقافة".into()), None, 10).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn stories_of_one_moment_are_not_lost_between_pages() {
    on_both(|paper| async move {
        let moment = paper.now();
        for n in 1..=4 {
            let draft = paper.draft(&format!("خبر {n}"));
            let published = draft.publish(moment).unwrap();
            paper.store.publish(&published, paper.by(), "", moment).await.unwrap();
        }
        let first = paper.store.list(&List::All, None, 3).await.unwrap();
        let after = Some((first[2].published_at, first[2].id));
        let second = paper.store.list(&List::All, after, 3).await.unwrap();
        assert_eq!(headlines(&first), ["خبر 4", "خبر 3", "خبر 2"]);
        assert_eq!(headlines(&second), ["خبر 1"]);
    })
    .await;
}

#[tokio::test]
async fn tags_and_writers_have_printed_names() {
    on_both(|paper| async move {
        paper.publishes("خبر").await;
        assert_eq!(paper.store.tag_name("ترام").await.unwrap().as_deref(), Some("ترام"));
        assert_eq!(paper.store.writer_name("ليلى-النجار").await.unwrap().as_deref(), Some("ليلى النجار"));
        assert_eq!(paper.store.tag_name("غيره").await.unwrap(), None);
        assert_eq!(paper.store.writer_name("غيرها").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn the_archive_has_months_and_each_month_its_stories() {
    on_both(|paper| async move {
        let march = paper.publishes("آذار").await;
        paper.wait_days(30);
        paper.publishes("نيسان أول").await;
        paper.publishes("نيسان ثان").await;
        let months = paper.store.months().await.unwrap();
        let told = months.iter().map(|month| (month.year, month.month, month.stories));
        assert_eq!(told.collect::<Vec<_>>(), [(2026, 4, 2), (2026, 3, 1)]);
        let (from, to): (Timestamp, Timestamp) =
            ("2026-04-01T00:00:00Z".parse().unwrap(), "2026-05-01T00:00:00Z".parse().unwrap());
        let april = paper.store.published_between(from, to, None, 10).await.unwrap();
        assert_eq!(headlines(&april), ["نيسان ثان", "نيسان أول"]);
        let after = Some((april[0].published_at, april[0].id));
        let rest = paper.store.published_between(from, to, after, 10).await.unwrap();
        assert_eq!(headlines(&rest), ["نيسان أول"]);
        let just = paper.store.published_between(march.published_at, april[1].published_at, None, 10).await.unwrap();
        assert_eq!(headlines(&just), ["آذار"], "the end is not part of it");
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn the_most_read_are_those_of_the_last_days() {
    on_both(|paper| async move {
        let (a, b, c) = (paper.publishes("ألف").await, paper.publishes("باء").await, paper.publishes("جيم").await);
        paper.store.add_reads(&[(a.id, 100)], paper.now()).await.unwrap();
        paper.wait_days(8);
        paper.store.add_reads(&[(a.id, 1), (b.id, 5), (c.id, 3)], paper.now()).await.unwrap();
        paper.wait_days(1);
        paper.store.add_reads(&[(c.id, 4)], paper.now()).await.unwrap();
        let now = paper.now();
        let week = async || paper.store.front_page(now).await.unwrap().row(RowKind::MostRead).cloned().unwrap();
        assert_eq!(said(&week().await), ["جيم", "باء", "ألف"]);
        let ever =
            paper.store.most_read("2026-01-01".parse().unwrap(), "2026-12-31".parse().unwrap(), 2).await.unwrap();
        assert_eq!(headlines(&ever), ["ألف", "جيم"]);
        paper.store.withdraw(&c.withdraw("", now), paper.by(), "").await.unwrap();
        assert_eq!(said(&week().await), ["باء", "ألف"]);
    })
    .await;
}

#[tokio::test]
async fn a_card_counts_the_comments_that_readers_see() {
    on_both(|paper| async move {
        let story = paper.publishes("خبر").await;
        paper.shows(HUDA, story.id, None, "شكرًا").await;
        paper.says(KARIM, story.id, "أنتظر").await;
        let counted = || {
            let store = paper.store.clone();
            async move { store.list(&List::All, None, 1).await.unwrap()[0].comments }
        };
        assert_eq!(counted().await, 1);
        paper.store.set_comment_policy(story.id, CommentPolicy::Hidden, paper.by(), paper.now()).await.unwrap();
        assert_eq!(counted().await, 0);
        paper.store.set_comment_policy(story.id, CommentPolicy::Closed, paper.by(), paper.now()).await.unwrap();
        assert_eq!(counted().await, 1);
    })
    .await;
}

#[tokio::test]
async fn search_machines_hear_of_public_stories_of_a_span_and_of_tags_and_writers_that_have_any() {
    on_both(|paper| async move {
        let first = paper.publishes("آذار").await;
        paper.wait_days(30);
        let (second, third) = (paper.publishes("نيسان أول").await, paper.publishes("نيسان ثان").await);
        let end = paper.now() + jiff::SignedDuration::from_hours(1);
        let all = paper.store.mapped_stories(Timestamp::UNIX_EPOCH, end, 10).await.unwrap();
        assert_eq!(all.iter().map(|story| story.id).collect::<Vec<_>>(), [first.id, second.id, third.id]);
        assert_eq!((all[0].slug.as_str(), all[0].changed_at), (first.slug.as_str(), first.published_at));
        let later = paper.store.mapped_stories(second.published_at, third.published_at, 10).await.unwrap();
        assert_eq!(later.iter().map(|story| story.id).collect::<Vec<_>>(), [second.id]);
        assert_eq!(paper.store.mapped_stories(Timestamp::UNIX_EPOCH, end, 2).await.unwrap().len(), 2);
        assert_eq!(paper.store.tags_in_use(10).await.unwrap(), ["ترام"]);
        assert_eq!(paper.store.writers_in_use(10).await.unwrap(), ["ليلى-النجار"]);
        for story in [first, second, third] {
            paper.store.withdraw(&story.withdraw("", paper.now()), paper.by(), "").await.unwrap();
        }
        assert_eq!(paper.store.mapped_stories(Timestamp::UNIX_EPOCH, end, 10).await.unwrap(), []);
        assert_eq!(paper.store.tags_in_use(10).await.unwrap(), Vec::<String>::new());
        assert_eq!(paper.store.writers_in_use(10).await.unwrap(), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_list_of_addresses_knows_of_each_story_in_which_languages_it_is() {
    on_both(|paper| async move {
        let original = paper.publishes("خط الترام").await;
        paper.wait_days(30);
        let linked = |headline: &str, tag: &str, translates: bool| {
            let draft = paper.draft(headline);
            let (answers, language) = (Some(original.id), StoryLanguage::from_tag(tag).unwrap());
            Draft { text: StoryText { answers, language, translates, ..draft.text }, ..draft }
        };
        let first = paper.publishes_draft(linked("La ligne du tram", "fr", true)).await;
        let french = paper.publishes_draft(linked("La ligne du tram, enfin", "fr", true)).await;
        let english = paper.publishes_draft(linked("The tram line", "en", true)).await;
        let same = paper.publishes_draft(linked("خط الترام من جديد", "ar", true)).await;
        let beside = paper.publishes_draft(linked("A letter about the tram", "en", false)).await;
        let end = paper.now() + jiff::SignedDuration::from_hours(1);
        let languages = |from: Timestamp| {
            let paper = &paper;
            async move {
                let mapped = paper.store.mapped_stories(from, end, 10).await.unwrap();
                let told = mapped.into_iter().map(|story| {
                    let slugs: Vec<String> = story.languages.iter().map(|(_, slug)| slug.clone()).collect();
                    let tags: Vec<String> = story.languages.iter().map(|(language, _)| language.to_string()).collect();
                    (story.id, tags.join(" "), slugs)
                });
                told.collect::<Vec<_>>()
            }
        };
        let slugs = |stories: &[&Published]| stories.iter().map(|story| story.slug.clone()).collect::<Vec<_>>();
        let later = [
            (first.id, "fr ar en".to_owned(), slugs(&[&first, &original, &english])),
            (french.id, "fr ar en".to_owned(), slugs(&[&french, &original, &english])),
            (english.id, "en ar fr".to_owned(), slugs(&[&english, &original, &french])),
            (same.id, String::new(), vec![]),
            (beside.id, String::new(), vec![]),
        ];
        assert_eq!(languages(first.published_at).await, later, "also where the original is of another month");
        let all = languages(Timestamp::UNIX_EPOCH).await;
        assert_eq!(all[0], (original.id, "ar en fr".to_owned(), slugs(&[&original, &english, &french])));
        assert_eq!(all[1..], later);
        paper.store.withdraw(&original.withdraw("", paper.now()), paper.by(), "").await.unwrap();
        let left = languages(Timestamp::UNIX_EPOCH).await;
        assert!(left.iter().all(|(_, tags, _)| tags.is_empty()), "each of them stands alone: {left:?}");
    })
    .await;
}
