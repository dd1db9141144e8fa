//! What the desk is told of its country's ways, and what it changes of them.

use crate::aftermath::{Follower, catch_up};
use crate::app::App;
use crate::layout::day_of;
use crate::paper::Paper;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use arabic::dates::{Months, hijri_line, long_date};
use arabic::digits::Digits;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use jiff::tz::TimeZone;
use newsroom::country::{ChosenWays, Country, OwnWays, Ways};
use newsroom::people::Role;
use newsroom::profile::{Language, Writing};
use tower::ServiceExt;

const ADDRESS: &str = "/desk/country";
const KEPT: &str = "/desk/country?done=yes";
const NOT_CHANGED: &str = "/desk/country?done=no";

/// A paper in Cairo whose settings say western digits and double months.
fn cairo() -> Paper {
    let own = OwnWays { digits: Some(Digits::Western), double: Some(true), ..OwnWays::default() };
    let ways = Ways::of(Country::of("EG").expect("Egypt"), own);
    let zone = TimeZone::get(&ways.zone).expect("its zone");
    Paper { writing: Writing::by(&ways, Language::Ar), zone, ways, ..Paper::default() }
}

/// Beirut, with a Hijri line a day later.
const BEIRUT: [(&str, &str); 3] = [("country", "LB"), ("hijri", "1"), ("press", "keep")];

/// The version that a page says it was made of.
fn seen(page: &str) -> &str {
    page.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a version")
}

/// Today as the readers of a paper have it now: its date and its Hijri line.
fn today(app: &App) -> (String, Option<String>) {
    let paper = app.to_readers().paper;
    let (day, style) = (day_of(app.now(), &paper), paper.writing.date_style());
    (long_date(day, &style), hijri_line(day, &style))
}

/// A page of a server that was started once.
async fn page_of(house: &Router, path: &str, who: Option<&Browser<'_>>) -> String {
    let cookies = |browser: &Browser<'_>| {
        let pairs: Vec<_> = browser.jar().iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    };
    let request = Request::get(path).header("cookie", who.map(cookies).unwrap_or_default());
    let response = house.clone().oneshot(request.body(Body::empty()).expect("a request")).await.expect("an answer");
    let bytes = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn the_page_says_by_whose_word_the_paper_goes_and_what_can_be_chosen() {
    let paper = OpenPaper::open_as(cairo()).await;
    let page = Browser::of_staff(&paper, "ليلى", Role::Editor).await.get(ADDRESS).await;
    assert_eq!(page.status, StatusCode::OK);
    page.assert_order(&[
        "المعمول به الآن: \u{2068}مصر\u{2069}، كما في ملف الإعدادات.",
        "<ul class=\"in-row\" lang=\"ar\" dir=\"rtl\"><li>يناير/كانون الثاني</li><li>فبراير/شباط</li>",
        "<li>0 1 2 3 4 5 6 7 8 9</li>",
        "<li>\u{2068}السبت\u{2069} (عطلة)</li><li>الأحد</li>",
        "Africa/Cairo",
        "لا يُطبع سطر هجري الآن",
        "name=\"shift\" value=\"-1\"",
        "name=\"shift\" value=\"0\"",
        "name=\"shift\" value=\"1\"",
        "<option value=\"EG\" selected>مصر</option>",
        "<option value=\"levant\">",
        "<option value=\"yes\" selected>",
        "<option value=\"western\" selected>0123456789</option>",
        "<option value=\"saturday\">السبت</option>",
        "name=\"weekend-friday\" value=\"yes\">",
        "placeholder=\"Africa/Cairo\"",
        "<option value=\"Africa/Algiers\">",
    ]);
    assert!(!page.text.contains("action=\"/desk/country/file\""), "the file holds already");
}

#[tokio::test]
async fn whoever_reads_french_sees_the_papers_words_as_the_papers() {
    let paper = OpenPaper::open_as(cairo()).await;
    let nadia = Browser::of_staff(&paper, "نادية", Role::Owner).await;
    nadia.post("/desk/me/language", &[("language", "fr")]).await;
    nadia.get(ADDRESS).await.assert_order(&[
        "<html lang=\"fr\" dir=\"ltr\">",
        "Égypte",
        "<ul class=\"in-row\" lang=\"ar\" dir=\"rtl\"><li>يناير/كانون الثاني</li>",
        "<li>\u{2068}samedi\u{2069} (repos)</li><li>dimanche</li>",
        "<option value=\"LB\">Liban</option>",
    ]);
}

#[tokio::test]
async fn a_change_is_on_every_page_of_the_running_server_at_the_next_request() {
    let paper = OpenPaper::open_as(cairo()).await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let others = [("نادية", "fr", "Liban"), ("سمير", "en", "Lebanon")];
    let mut staff = Vec::new();
    for (name, language, _) in others {
        let browser = Browser::of_staff(&paper, name, Role::Owner).await;
        browser.post("/desk/me/language", &[("language", language)]).await;
        staff.push(browser);
    }
    let house = crate::router(paper.app.clone());
    let (before, _) = today(&paper.app);
    assert!(page_of(&house, "/", None).await.contains(&before));
    for (browser, (_, language, country)) in staff.iter().zip(others) {
        let page = page_of(&house, ADDRESS, Some(browser)).await;
        assert!(page.contains(&format!("<html lang=\"{language}\"")), "{page}");
        assert!(!page.contains(&format!("\u{2068}{country}\u{2069}")), "{page}");
    }
    let kept = layla.post(ADDRESS, &BEIRUT).await;
    assert_eq!((kept.status, kept.header("location")), (StatusCode::SEE_OTHER, KEPT));
    let printed = paper.app.to_readers().paper;
    assert_eq!((printed.writing.months, printed.writing.digits), (Months::Levant, Digits::Eastern));
    assert_eq!((printed.writing.double, printed.zone.iana_name()), (None, Some("Asia/Beirut")));
    let (date, hijri) = today(&paper.app);
    let front = page_of(&house, "/", None).await;
    assert!(front.contains(&date) && front.contains(&hijri.expect("a line")), "{front}");
    assert!(!front.contains(&before), "{before}");
    for (browser, (_, language, country)) in staff.iter().zip(others) {
        let page = page_of(&house, ADDRESS, Some(browser)).await;
        assert!(page.contains(&format!("<html lang=\"{language}\"")), "{page}");
        assert!(page.contains(&format!("\u{2068}{country}\u{2069}")), "{page}");
    }
    layla.get(KEPT).await.assert_order(&[
        "role=\"status\"",
        "\u{2068}لبنان\u{2069}، باختيار \u{2068}ليلى\u{2069}",
        "<option value=\"LB\" selected>",
        "action=\"/desk/country/file\"",
    ]);
}

#[tokio::test]
async fn only_whoever_manages_the_desk_changes_it() {
    let paper = OpenPaper::open_as(cairo()).await;
    for role in [Role::Reporter, Role::SubEditor, Role::Moderator] {
        let browser = Browser::of_staff(&paper, role.key(), role).await;
        for (path, form) in [(ADDRESS, BEIRUT.as_slice()), ("/desk/country/hijri", [("shift", "1")].as_slice())] {
            assert_eq!(browser.post(path, form).await.status, StatusCode::FORBIDDEN, "{path} {role:?}");
        }
    }
    let elsewhere = Browser::new(&paper);
    elsewhere.signs_in(Role::Editor, &[newsroom::SectionId(2)], paper.app.now()).await;
    assert_eq!(elsewhere.post(ADDRESS, &BEIRUT).await.status, StatusCode::FORBIDDEN, "an editor of one section");
    assert_eq!(paper.app.store.paper_ways().await.expect("read"), None);
}

#[tokio::test]
async fn what_cannot_be_meant_comes_back_as_it_was_typed_and_a_preview_keeps_nothing() {
    let paper = OpenPaper::open_as(cairo()).await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let four = ["friday", "saturday", "sunday", "monday"].map(|day| format!("weekend-{day}"));
    let mut form = vec![("country", "LB"), ("digits", "western"), ("time-zone", "Mars/Olympus"), ("press", "keep")];
    form.extend(four.iter().map(|day| (day.as_str(), "yes")));
    let refused = layla.post(ADDRESS, &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_order(&[
        "role=\"alert\"",
        "<option value=\"LB\" selected>",
        "<option value=\"western\" selected>",
        "name=\"weekend-monday\" value=\"yes\" checked>",
        "name=\"weekend-friday\" value=\"yes\" checked>",
        "id=\"weekend-wrong\"",
        "value=\"Mars/Olympus\"",
        "id=\"time-zone-wrong\"",
    ]);
    let tried = [("country", "IQ"), ("time-zone", "europe/paris"), ("weekend-friday", "yes"), ("press", "try")];
    let shown = layla.post(ADDRESS, &tried).await;
    assert_eq!(shown.status, StatusCode::OK);
    shown.assert_order(&[
        "هذه معاينة لم تُحفظ",
        "\u{2068}مصر\u{2069}، كما في ملف الإعدادات",
        "هكذا سيقرأ القرّاء",
        "<li>كانون الثاني</li><li>شباط</li>",
        "<li>٠ ١ ٢ ٣ ٤ ٥ ٦ ٧ ٨ ٩</li>",
        "<li>السبت</li>",
        "<li>\u{2068}الجمعة\u{2069} (عطلة)</li>",
        "Europe/Paris",
        "<option value=\"IQ\" selected>",
        "value=\"europe/paris\"",
    ]);
    assert_eq!(paper.app.store.paper_ways().await.expect("read"), None);
    assert_eq!(paper.app.to_readers().paper.ways.country.code, "EG");
}

#[tokio::test]
async fn nobody_writes_over_what_a_colleague_chose_without_having_seen_it() {
    let paper = OpenPaper::open_as(cairo()).await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let karim = Browser::of_staff(&paper, "كريم", Role::Editor).await;
    assert_eq!(layla.post(ADDRESS, &BEIRUT).await.status, StatusCode::SEE_OTHER);
    let typed = [("country", "DZ"), ("time-zone", "Africa/Tunis"), ("seen", ""), ("press", "keep")];
    let late = karim.post(ADDRESS, &typed).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.assert_order(&[
        "role=\"alert\"",
        "\u{2068}لبنان\u{2069}، باختيار \u{2068}ليلى\u{2069}",
        "<option value=\"DZ\" selected>",
        "value=\"Africa/Tunis\"",
    ]);
    assert_eq!(paper.app.to_readers().paper.ways.country.code, "LB");
    let moon = karim.post("/desk/country/hijri", &[("shift", "0"), ("seen", "")]).await;
    assert_eq!(moon.header("location"), NOT_CHANGED);
    assert!(karim.get(NOT_CHANGED).await.text.contains("role=\"alert\""));
    let on_purpose = [("country", "DZ"), ("time-zone", "Africa/Tunis"), ("seen", seen(&late.text)), ("press", "keep")];
    assert_eq!(karim.post(ADDRESS, &on_purpose).await.status, StatusCode::SEE_OTHER);
    let printed = paper.app.to_readers().paper;
    assert_eq!((printed.ways.country.code, printed.zone.iana_name()), ("DZ", Some("Africa/Tunis")));
}

#[tokio::test]
async fn on_the_evening_of_the_sighting_one_press_moves_the_hijri_line_and_nothing_else() {
    let paper = OpenPaper::open_as(cairo()).await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let mut lines = Vec::new();
    for shift in ["-1", "0", "1"] {
        let page = layla.get(ADDRESS).await;
        let moved = layla.post("/desk/country/hijri", &[("shift", shift), ("seen", seen(&page.text))]).await;
        assert_eq!((moved.status, moved.header("location")), (StatusCode::SEE_OTHER, KEPT), "{shift}");
        let (date, hijri) = today(&paper.app);
        let line = hijri.expect("a line");
        paper.get("/").await.assert_order(&[&date, &line]);
        lines.push(line);
    }
    assert!(lines[0] != lines[1] && lines[1] != lines[2] && lines[0] != lines[2], "{lines:?}");
    let printed = paper.app.to_readers().paper;
    assert_eq!((printed.ways.country.code, printed.writing.digits), ("EG", Digits::Western));
    assert_eq!((printed.writing.double, printed.writing.hijri), (Some(Months::Levant), Some(1)));
    assert_eq!(layla.post("/desk/country/hijri", &[("shift", "9")]).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_earlier_choice_comes_back_and_so_does_the_settings_file() {
    let paper = OpenPaper::open_as(cairo()).await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    layla.post(ADDRESS, &BEIRUT).await;
    let page = layla.get(ADDRESS).await;
    let first = seen(&page.text).to_owned();
    let to_file = layla.post("/desk/country/file", &[("seen", &first)]).await;
    assert_eq!((to_file.status, to_file.header("location")), (StatusCode::SEE_OTHER, KEPT));
    assert_eq!(paper.app.to_readers().paper.ways, cairo().ways);
    let page = layla.get(ADDRESS).await;
    page.assert_order(&[
        "\u{2068}مصر\u{2069}، كما في ملف الإعدادات",
        "ما اختير من قبل",
        "<li>كما في ملف الإعدادات</li>",
        "معمول به الآن",
        "<li>لبنان</li><li>\u{2068}التاريخ الهجري\u{2069}: \u{2068}بيوم بعد تقويم أم القرى\u{2069}</li>",
        &format!("action=\"/desk/country/versions/{first}\""),
    ]);
    let path = format!("/desk/country/versions/{first}");
    assert_eq!(layla.post(&path, &[("seen", &first)]).await.header("location"), NOT_CHANGED);
    assert_eq!(layla.post(&path, &[("seen", seen(&page.text))]).await.header("location"), KEPT);
    assert_eq!(paper.app.to_readers().paper.ways.country.code, "LB");
    let versions = paper.app.store.paper_ways_versions(None, 9).await.expect("versions");
    let by_desk: Vec<_> = versions.iter().map(|version| version.chosen != ChosenWays::File).collect();
    assert_eq!(by_desk, [true, false, true]);
    assert_eq!(layla.post("/desk/country/versions/zz", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn other_processes_follow_and_one_that_is_started_later_begins_with_it() {
    let paper = OpenPaper::open_as(cairo()).await;
    let store = &paper.app.store;
    let other = App::new(store::Store::clone(store), cairo(), None, None).await.expect("a second process");
    let house = crate::router(other.clone());
    let mut follower = Follower::default();
    catch_up(&other, &mut follower).await.expect("a place to begin");
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    layla.post(ADDRESS, &BEIRUT).await;
    let purged = other.page_cache.watch();
    assert_eq!(other.to_readers().paper.ways.country.code, "EG");
    catch_up(&other, &mut follower).await.expect("followed");
    assert_eq!(other.to_readers().paper.ways, paper.app.to_readers().paper.ways);
    assert!(purged.try_iter().flatten().any(|tag| tag == crate::page_cache::Tag::Frame), "every page has a date");
    let (date, _) = today(&paper.app);
    assert!(page_of(&house, "/", None).await.contains(&date));
    let later = App::new(store::Store::clone(store), cairo(), None, None).await.expect("a third process");
    assert_eq!(later.paper.ways.country.code, "LB");
    let at_the_terminal = crate::paper_in_force(cairo(), store).await.expect("read");
    assert_eq!(at_the_terminal.zone.iana_name(), Some("Asia/Beirut"));
}
