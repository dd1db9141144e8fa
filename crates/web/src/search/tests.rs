//! A reader who looks for something.

use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::http::StatusCode;
use jiff::SignedDuration;
use newsroom::people::Role;
use newsroom::section::Tag;
use newsroom::{SectionId, Timestamp};

async fn search(paper: &OpenPaper, fields: &[(&str, &str)]) -> Got {
    let fields: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", address::encoded(value))).collect();
    paper.get(&format!("/search?{}", fields.join("&"))).await
}

#[tokio::test]
async fn every_page_has_a_box_that_finds_stories_without_a_script() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes_everything().await;
    paper.get("/").await.assert_order(&["action=\"/search\"", "role=\"search\"", "for=\"find\"", "name=\"q\""]);
    let empty = paper.get("/search").await;
    assert_eq!(empty.status, StatusCode::OK);
    assert!(!empty.text.contains("class=\"find-kinds\""));
    assert_eq!(empty.text.matches("role=\"search\"").count(), 1, "one box on its own page");
    let got = search(&paper, &[("q", "الترام مرفأ")]).await;
    assert_eq!(got.header("cache-control"), "private, no-store");
    got.assert_order(&[
        "noindex",
        "value=\"الترام مرفأ\"",
        "class=\"hit\"",
        "المدينة",
        &address::story(&story.slug),
        "<mark>الترام</mark>",
        "<mark>المرفأ</mark>",
    ]);
    let body = search(&paper, &[("q", "صباح")]).await;
    body.assert_order(&["class=\"hit-body\"", "<mark>صباح</mark>"]);
    assert!(!body.text.contains("id=\"find\""));
}

#[tokio::test]
async fn what_cannot_be_searched_for_comes_back_with_what_was_typed() {
    let paper = OpenPaper::open().await;
    let long = "ترام ".repeat(60);
    let got = search(&paper, &[("q", &long), ("section", "none"), ("from", "2026-99-99"), ("writer", "ليلى")]).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.assert_order(&["role=\"alert\"", "أطول من", "لا قسم", "لم نفهم اليوم", "ترام ترام", "value=\"ليلى\""]);
    let turned = search(&paper, &[("q", "ترام"), ("from", "2026-03-02"), ("until", "2026-03-01")]).await;
    assert_eq!(turned.status, StatusCode::UNPROCESSABLE_ENTITY);
    turned.assert_order(&["اليوم الأول بعد", "value=\"2026-03-02\""]);
    let same_day = search(&paper, &[("q", "ترام"), ("from", "٢٠٢٦-٠٣-٠١"), ("until", "2026-03-01")]).await;
    assert_eq!(same_day.status, StatusCode::OK, "digits of every kind");
    for place in ["nonsense", "1-", "-"] {
        assert_eq!(search(&paper, &[("q", "ترام"), ("after", place)]).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_slip_is_answered_by_what_was_probably_meant() {
    let paper = OpenPaper::open().await;
    paper.publishes("افتتاح المكتبة").await;
    let got = search(&paper, &[("q", "المكتية")]).await;
    got.assert_order(&["هل تقصد", "<bdi>المكتبة</bdi>", "؟", "<mark>المكتبة</mark>"]);
    search(&paper, &[("q", "المكتبة البعيدة")]).await.assert_order(&["مواد فيها بعضها", "<mark>المكتبة</mark>"]);
    search(&paper, &[("q", "<b>زرافة</b>")]).await.assert_order(&["&#60;b&#62;زرافة", "لا نتائج"]);
}

#[tokio::test]
async fn section_writer_and_the_papers_days_narrow_a_search() {
    let paper = OpenPaper::open().await;
    let at = |text: &str| text.parse::<Timestamp>().expect("a time");
    for (headline, section, day) in
        [("ترام آذار", 1, "2026-03-31T12:00:00Z"), ("ترام نيسان", 2, "2026-04-02T12:00:00Z")]
    {
        let mut draft = paper.draft(headline);
        draft.text.section = Some(SectionId(section));
        draft.text.tags = vec![Tag { slug: "نقل".into(), name: "نقل".into() }];
        paper.publishes_draft(draft, at(day)).await;
    }
    for (narrow, has) in [
        (("section", "city"), "آذار"),
        (("section", "culture"), "نيسان"),
        (("until", "2026-03-31"), "آذار"),
        (("from", "2026-04-01"), "نيسان"),
    ] {
        let got = search(&paper, &[("q", "ترام "), narrow]).await;
        assert!(got.text.contains(&format!("ترام</mark> {has}")), "{narrow:?}: {}", got.text);
        assert_eq!(got.text.matches("class=\"hit\"").count(), 1, "{narrow:?}");
        assert!(got.text.contains("<details class=\"find-more\" open"), "{narrow:?}");
    }
    search(&paper, &[("q", "ترام "), ("writer", "فلانة")]).await.assert_order(&["value=\"فلانة\"", "لا نتائج"]);
}

#[tokio::test]
async fn results_go_on_by_key_to_their_end() {
    let paper = OpenPaper::open().await;
    for n in 0..25 {
        paper.publishes_draft(paper.draft(&format!("ترام {n}")), paper.app.now() - SignedDuration::from_hours(n)).await;
    }
    let first = search(&paper, &[("q", "ترام ")]).await;
    assert_eq!(first.text.matches("class=\"hit\"").count(), 20);
    let next = first.text.split("href=\"").filter_map(|rest| rest.split_once('"')).map(|(href, _)| href);
    let next = next.map(str::to_owned).find(|href| href.contains("after=")).expect("a next page").replace("&#38;", "&");
    let second = paper.get(&next).await;
    assert_eq!(second.text.matches("class=\"hit\"").count(), 5);
    assert!(!second.text.contains("after="));
}

#[tokio::test]
async fn comments_are_found_once_they_are_released_and_no_longer_than_that() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("خبر عن الحديقة").await;
    let (salma, karim) = (Browser::of_staff(&paper, "سلمى", Role::Moderator).await, Browser::new(&paper));
    let comment = karim.comments(&story, "كريم", "الأشجار هنا جميلة فعلًا").await;
    let find = || search(&paper, &[("q", "أشجار"), ("in", "comments")]);
    let held = find().await;
    assert!(held.text.contains("لا نتائج") && !held.text.contains("كريم") && !held.text.contains("جميلة"));
    let stories = search(&paper, &[("q", "أشجار")]).await;
    assert!(!stories.text.contains("جميلة") && !stories.text.contains("هل تقصد"), "nor as a word that was meant");
    salma.rules(&story, comment, "release", "").await;
    let link = format!("{}/comments/1", address::story(&story.slug));
    find().await.assert_order(&[
        "aria-current=\"page\">التعليقات",
        "<bdi class=\"hit-name\">كريم",
        &link,
        "<mark>الأشجار</mark>",
        "خبر عن الحديقة",
    ]);
    salma.rules(&story, comment, "refuse", "insult").await;
    assert!(!find().await.text.contains("جميلة"), "taken down");
}

#[tokio::test]
async fn nobody_searches_faster_than_people_do() {
    let paper = OpenPaper::open().await;
    let mut answers = Vec::new();
    for _ in 0..70 {
        answers.push(paper.get("/search?q=a").await.status);
    }
    assert_eq!(answers[0], StatusCode::OK);
    assert_eq!(answers[69], StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(paper.get("/").await.status, StatusCode::OK, "the paper is read on");
}
