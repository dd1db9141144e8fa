//! Sections, pages, pictures, and how often stories were read.

use crate::both::on_both;
use newsroom::body::{Block, Body, spans};
use newsroom::happening::What;
use newsroom::page::PageText;
use newsroom::people::Actor;
use newsroom::section::Section;
use newsroom::slug::Slug;
use newsroom::{SectionId, StoryId, Timestamp};
use store::StoreError;
use store::pages::Page;
use store::pictures::PictureFile;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

fn section(id: i64, slug: &str, position: i64) -> Section {
    Section { id: SectionId(id), slug: slug.to_owned(), name: slug.to_owned(), position }
}

#[tokio::test]
async fn sections_stand_in_the_order_of_the_masthead_and_can_be_renamed() {
    on_both(|store| async move {
        store.keep_section(&section(1, "ثقافة", 2)).await.unwrap();
        store.keep_section(&section(2, "محليات", 1)).await.unwrap();
        assert_eq!(store.sections().await.unwrap(), [section(2, "محليات", 1), section(1, "ثقافة", 2)]);
        let renamed = Section { name: "ثقافة وفنون".to_owned(), ..section(1, "ثقافة", 0) };
        store.keep_section(&renamed).await.unwrap();
        assert_eq!(store.sections().await.unwrap(), [renamed, section(2, "محليات", 1)]);
        let twice = store.keep_section(&section(3, "محليات", 3)).await;
        assert!(matches!(twice, Err(StoreError::Conflict(_))), "{twice:?}");
    })
    .await;
}

fn page(slug: &str, words: &str, second: i64) -> Page {
    let body = Body(vec![Block::Paragraph { text: spans(words) }, Block::Separator]);
    Page { slug: slug.to_owned(), title: format!("عن {slug}"), body, changed_at: at(second) }
}

#[tokio::test]
async fn a_page_is_kept_and_kept_anew() {
    on_both(|store| async move {
        assert_eq!(store.page("about").await.unwrap(), None);
        store.keep_page(&page("privacy", "لا نجمع شيئا", 1)).await.unwrap();
        store.keep_page(&page("about", "جريدة الضفة", 2)).await.unwrap();
        assert_eq!(store.page("about").await.unwrap(), Some(page("about", "جريدة الضفة", 2)));
        store.keep_page(&page("about", "جريدة كل يوم", 3)).await.unwrap();
        assert_eq!(store.page("about").await.unwrap(), Some(page("about", "جريدة كل يوم", 3)));
        let both = [("about".to_owned(), "عن about".to_owned()), ("privacy".to_owned(), "عن privacy".to_owned())];
        assert_eq!(store.pages().await.unwrap(), both);
    })
    .await;
}

#[tokio::test]
async fn a_page_is_put_in_once_and_a_new_text_is_written_down() {
    on_both(|store| async move {
        let about = Slug::of("about").unwrap();
        let words = |text: &str| PageText::new("من نحن", text).unwrap();
        let (empty, other, ours) = (words("لم يُكتب بعد"), words("نص آخر"), words("جريدة الحي"));
        let by = Actor::Program;
        assert!(store.put_page(&about, &empty, by, at(1)).await.unwrap().is_some());
        assert_eq!(store.put_page(&about, &other, by, at(2)).await.unwrap(), None, "a page that stands is not touched");
        let happening = store.set_page(&about, &ours, by, at(3)).await.unwrap().expect("a new text");
        assert_eq!(happening.what, What::PageChanged { slug: "about".to_owned() });
        assert_eq!(store.set_page(&about, &ours, by, at(4)).await.unwrap(), None);
        let page = store.page("about").await.unwrap().unwrap();
        assert_eq!((page.body.plain_text().as_str(), page.changed_at), ("جريدة الحي", at(3)));
        assert_eq!(store.log(None, 9).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_page_that_was_removed_is_gone_until_it_is_put_back_as_it_was() {
    on_both(|store| async move {
        let (about, by) = (Slug::of("about").unwrap(), Actor::Program);
        let words = PageText::new("من نحن", "جريدة الحي").unwrap();
        assert_eq!(store.remove_page("about", by, at(1)).await, Err(StoreError::NotFound));
        store.put_page(&about, &words, by, at(1)).await.unwrap();
        assert_eq!(store.return_page("about", by, at(2)).await, Err(StoreError::NotFound), "it was not removed");
        let removed = store.remove_page("about", by, at(2)).await.unwrap();
        assert_eq!(removed.what, What::PageRemoved { slug: "about".to_owned() });
        assert_eq!((store.page("about").await.unwrap(), store.pages().await.unwrap()), (None, Vec::new()));
        assert!(store.is_page_removed("about").await.unwrap() && !store.is_page_removed("none").await.unwrap());
        assert_eq!(store.removed_pages().await.unwrap(), [("about".to_owned(), "من نحن".to_owned())]);
        assert_eq!(
            store.put_page(&about, &words, by, at(3)).await.unwrap(),
            None,
            "no start of the program brings it back"
        );
        let back = store.return_page("about", by, at(4)).await.unwrap();
        assert_eq!(back.what, What::PageReturned { slug: "about".to_owned() });
        assert_eq!(store.page("about").await.unwrap().unwrap().body, words.body);
        assert_eq!(store.removed_pages().await.unwrap(), []);
        store.remove_page("about", by, at(5)).await.unwrap();
        assert!(store.set_page(&about, &words, by, at(6)).await.unwrap().is_some(), "whoever writes it anew means it");
        assert!(store.page("about").await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_picture_s_name_is_never_used_for_other_bytes() {
    on_both(|store| async move {
        let tram = PictureFile {
            name: "tram.png".to_owned(),
            media_type: "image/png".to_owned(),
            size: (1_200, 800),
            bytes: (0..=255).cycle().take(70_000).collect(),
            kept_at: at(0),
        };
        store.keep_picture(&tram).await.unwrap();
        store.keep_picture(&PictureFile { bytes: vec![1], kept_at: at(9), ..tram.clone() }).await.unwrap();
        assert_eq!(store.picture("tram.png").await.unwrap(), Some(tram));
        assert_eq!(store.picture("bridge.png").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn reads_add_up_by_day() {
    on_both(|store| async move {
        let (tram, bridge) = (StoryId(11), StoryId(12));
        store.add_reads(&[(bridge, 2), (tram, 5)], at(0)).await.unwrap();
        store.add_reads(&[(tram, 3)], at(60)).await.unwrap();
        store.add_reads(&[(tram, 1)], at(86_400)).await.unwrap();
        let rows = store.table_rows("story_reads", None, 10).await.unwrap();
        let read = |row: &store::whole::JsonRow| {
            let day = row["day"].as_str().unwrap().to_owned();
            (day, row["story_id"].as_i64().unwrap(), row["reads"].as_i64().unwrap())
        };
        let expected = [("2026-09-21", 11, 8), ("2026-09-21", 12, 2), ("2026-09-22", 11, 1)];
        let expected = expected.map(|(day, story, n)| (day.to_owned(), story, n));
        assert_eq!(rows.iter().map(read).collect::<Vec<_>>(), expected);
    })
    .await;
}
