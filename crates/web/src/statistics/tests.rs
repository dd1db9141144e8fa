use super::countries::{NAMES, name};
use super::csv::as_cell;
use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{OpenPaper, PERSON};
use newsroom::people::Role;
use newsroom::profile::Language;
use newsroom::readings::{Count, Country, Source, SourceKind, Tally};
use newsroom::{SectionId, StoryId};

async fn counted(paper: &OpenPaper, story: StoryId) {
    let (today, mut tally) = (paper.app.today(), Tally::default());
    for (count, n) in [
        (Count::Story(story), 40),
        (Count::Section(SectionId(1)), 45),
        (Count::Section(SectionId(77)), 2),
        (Count::Pages("story"), 40),
        (Count::Pages("front"), 20),
        (Count::Hour(9), 60),
        (Count::Source(Source::of(SourceKind::Search, "google.com")), 12),
        (Count::Source(Source::of(SourceKind::Direct, "")), 5),
        (Count::Readers, 31),
    ] {
        tally.add(today, count, n);
    }
    for (code, n) in [("DZ", 50), ("ZZ", 10)] {
        tally.add(today, Count::Country(Country::of(code).expect("a code")), n);
    }
    tally.add(today.yesterday().expect("a day"), Count::Pages("front"), 3);
    paper.app.store.add_readings(&tally).await.expect("counted");
}

#[tokio::test]
async fn an_editor_sees_the_numbers_as_plots_and_as_tables() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let empty = layla.get("/desk/statistics").await;
    empty.assert_order(&["أرقام القراءة", "آخر 30 يومًا", "لم تُعدّ قراءة", "ما الذي يُعدّ"]);
    assert!(!empty.text.contains("من أي البلدان"), "nobody looks for countries");
    let story = paper.publishes("=خبر، بعنوان غريب").await;
    counted(&paper, story.id).await;
    let got = layla.get("/desk/statistics?days=7").await;
    got.assert_order(&["aria-current=\"page\">آخر 7 أيام", "<dd>63</dd>", "<dd>40</dd>", "<dd>16</dd>"]);
    got.assert_order(&["<svg viewBox", "<title id=\"chart-pages\">", "<desc id=\"about-pages\">", "height=\"120.0\""]);
    got.assert_order(&["<td>60</td><td>31</td>", "<td>3</td><td>0</td>", "غريب", "<td>40</td>"]);
    got.assert_order(&["المدينة", "<td>45</td>", "قسم أُزيل", "google.com", "محرك بحث", "<td>12</td>", "09:00"]);
    got.assert_order(&["من أي البلدان قُرئت", "الجزائر", "<td>50</td>", "غير معروف", "<td>10</td>", "البلد يُعرف"]);
    assert!(!got.text.contains(" style=") && !got.text.contains("<script>"));
}

#[tokio::test]
async fn each_table_is_a_file_that_runs_nothing() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("=خبر، \"غريب\"").await;
    counted(&paper, story.id).await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let stories = layla.get("/desk/statistics/stories").await;
    assert_eq!(stories.header("content-type"), "text/csv; charset=utf-8");
    assert!(stories.header("content-disposition").contains("stories-"), "{:?}", stories.headers);
    assert!(stories.text.starts_with('\u{feff}'));
    stories.assert_order(&["\r\n\"'=خبر", address::story(&story.slug).as_str(), ",40\r\n"]);
    let today = paper.app.today();
    let days = layla.get("/desk/statistics/days?days=2").await;
    assert_eq!(days.text.lines().count(), 3);
    assert!(days.text.ends_with(&format!("{today},60,31\r\n")), "{}", days.text);
    layla.get("/desk/statistics/sources").await.assert_order(&["google.com,محرك بحث,12"]);
    layla.get("/desk/statistics/hours").await.assert_order(&["08:00,,0", "09:00,,60"]);
    layla.get("/desk/statistics/countries").await.assert_order(&["البلد", "الجزائر,,50", "غير معروف,,10"]);
    assert_eq!(layla.get("/desk/statistics/secrets").await.status, axum::http::StatusCode::NOT_FOUND);
}

#[test]
fn every_country_has_its_name_in_three_languages() {
    let lines: Vec<&str> = NAMES.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(lines.len() > 249, "{}", lines.len());
    for line in lines {
        let code = line.split('\t').next().expect("a code");
        assert!(Country::of(code).is_some(), "{line}");
        for language in [Language::Ar, Language::Fr, Language::En] {
            assert!(name(code, language).is_some_and(|name| !name.trim().is_empty()), "{line}");
        }
    }
    assert_eq!((name("DZ", Language::Ar), name("ZZ", Language::Fr)), (Some("الجزائر"), Some("Inconnu")));
    assert_eq!(name("XX", Language::En), None);
}

#[test]
fn a_cell_is_text_whatever_it_begins_with() {
    assert_eq!(as_cell("=1+1"), "'=1+1");
    assert_eq!(as_cell("@a"), "'@a");
    assert_eq!(as_cell("-2, \"x\""), "\"'-2, \"\"x\"\"\"");
    assert_eq!(as_cell("خبر"), "خبر");
}

#[tokio::test]
async fn a_storys_own_page_at_the_desk_says_how_often_it_was_read() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("خبر مقروء").await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let desk = format!("/desk/stories/{}", story.id);
    for _ in 0..3 {
        Browser::new(&paper).send("GET", &address::story(&story.slug), &[], &[PERSON]).await;
    }
    assert!(!layla.get(&desk).await.text.contains("قُرئت 3 مرات"), "not written down yet");
    crate::readings::write_down(&paper.app).await.expect("written");
    layla.get(&desk).await.assert_order(&["خبر مقروء", "قُرئت 3 مرات"]);
}
