//! The newsletter, from the page on which it is asked for to the letter and its end.

use super::post::letter_of;
use crate::layout::address;
use crate::mail::Letter;
use crate::paper::Paper;
use crate::tests::browser::{Browser, newsletter_reader};
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use jiff::SignedDuration;
use newsroom::SectionId;
use newsroom::followers::{FollowersPart, NewsletterSettings, Rhythm, Wish};
use newsroom::people::{Actor, Role};
use newsroom::profile::Language;
use store::newsletter::NEWSLETTER;

/// What mail programs know, by caniemail's data (npm package caniemail 1.0.5, data of 9 September 2025): of Gmail (web, iOS,
/// Android), Outlook (Windows, web, iOS), Apple Mail (macOS, iOS), Yahoo, Thunderbird and Samsung, how many know a property wholly
/// and how many in part. `color`, `font-family`, `border-top` and `direction` where it says what `dir` says are as old as mail in
/// HTML; of the first two it has no page.
const KNOWN: &[(&str, usize, usize)] = &[
    ("background-color", 11, 0),
    ("border", 10, 1),
    ("border-top", 10, 1),
    ("color", 11, 0),
    ("direction", 11, 0),
    ("display", 7, 4),
    ("font-family", 11, 0),
    ("font-size", 8, 3),
    ("font-weight", 9, 2),
    ("line-height", 10, 1),
    // In part: not below nothing, and not `auto`. The letter says 0.
    ("margin", 4, 7),
    // In part: not on every element. The letter has it on cells.
    ("max-width", 10, 1),
    ("padding", 10, 1),
    // In part: not `start` and `end`.
    ("text-align", 7, 4),
    ("text-decoration", 8, 3),
    ("width", 10, 1),
];
const PROGRAMS: usize = 11;

async fn open() -> OpenPaper {
    let settings = Paper { name: "المرفأ".into(), sends_mail: true, ..Paper::default() };
    let paper = OpenPaper::open_as(settings).await;
    let (store, now) = (&paper.app.store, paper.app.now());
    let by = store.add_staff("قلم", Role::Owner, now).await.expect("added").id;
    let on = NewsletterSettings { on: true, greeting: "صباح الخير".into(), ..NewsletterSettings::default() };
    store.keep_follower_settings((FollowersPart::Newsletter, None), &on, by, now).await.expect("kept");
    paper.app.followers.take_up(store).await.expect("read");
    paper
}

/// The letters of the mail queue that are due.
async fn mail(paper: &OpenPaper) -> Vec<Letter> {
    let (store, now) = (&paper.app.store, paper.app.now());
    let mut letters = Vec::new();
    for job in store.claim_jobs("mail", now, now, 50).await.expect("jobs") {
        letters.extend(crate::mail::letter(&paper.app, &job).await.expect("a letter"));
        store.finish_job(job.id).await.expect("done");
    }
    letters
}

/// The letters of an edition that is made now.
async fn edition(paper: &OpenPaper, day: &str) -> Vec<Option<Letter>> {
    // The next millisecond: what went public before is in it, what does after is not.
    let (store, now) = (&paper.app.store, paper.app.now() + SignedDuration::from_millis(1));
    store.make_edition(Rhythm::Daily, day, now).await.expect("made").expect("the first of its day");
    while store.fill_editions(2, now).await.expect("filled") > 0 {}
    let mut letters = Vec::new();
    for job in store.claim_jobs(NEWSLETTER, now, now, 50).await.expect("jobs") {
        letters.push(letter_of(&paper.app, &job).await.expect("looked up"));
        store.finish_job(job.id).await.expect("done");
    }
    letters
}

fn path_in<'l>(letter: &'l Letter, begins: &str) -> &'l str {
    let at = letter.text.find(begins).unwrap_or_else(|| panic!("no {begins}: {}", letter.text));
    letter.text[at..].split_whitespace().next().expect("an address")
}

#[tokio::test]
async fn nothing_goes_to_an_address_before_its_link_was_opened_and_the_page_says_the_same_of_every_address() {
    let paper = open().await;
    paper.publishes("خط الترام يصل إلى المرفأ").await;
    let huda = Browser::new(&paper);
    huda.get("/").await.assert_order(&["</main>", "href=\"/newsletter\""]);
    let wrong = huda.post("/newsletter", &[("email", "هدى")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.assert_order(&["لا يصل بريد", "value=\"هدى\""]);
    let form = [("email", "huda@readers.example"), ("rhythm", "daily"), ("all", "yes"), ("language", "ar")];
    let asked = huda.post("/newsletter", &form).await;
    assert_eq!(asked.header("location"), "/newsletter?done=asked");
    let said = huda.get("/newsletter?done=asked").await.text;
    assert!(edition(&paper, "2026-01-01").await.is_empty(), "nobody has confirmed anything");
    let first = mail(&paper).await.pop().expect("the link");
    assert!(first.unsubscribe.is_none() && !first.text.contains("خط الترام"), "nothing but the link");
    let link = path_in(&first, "/newsletter/confirm/");
    for _ in 0..2 {
        huda.get(link).await.assert_order(&["huda@readers.example", "نعم، أرسلوها إليّ"]);
    }
    assert!(edition(&paper, "2026-01-02").await.is_empty(), "looking confirms nothing");
    let confirmed = huda.post(link, &[]).await;
    let mine = confirmed.header("location").to_owned();
    assert!(mine.starts_with("/newsletter/mine/") && mine.ends_with("?done=confirmed"));
    assert_eq!(huda.post(link, &[]).await.status, StatusCode::GONE, "once");
    paper.publishes("مكتبة الساحل تفتح أبوابها").await;
    let letter = edition(&paper, "2026-01-03").await.pop().flatten().expect("a letter");
    assert_eq!(letter.to.as_str(), "huda@readers.example");
    assert!(letter.text.contains("مكتبة الساحل") && letter.html.contains("مكتبة الساحل"));
    assert!(!letter.text.contains("خط الترام"), "that was in the last edition's span");
    // Somebody asks for the same address again: the page is the same, the reader is told, and nothing changes.
    let stranger = Browser::new(&paper);
    assert_eq!(stranger.post("/newsletter", &form).await.header("location"), "/newsletter?done=asked");
    assert_eq!(stranger.get("/newsletter?done=asked").await.text, said);
    assert!(mail(&paper).await.is_empty(), "not twice on one day");
}

#[tokio::test]
async fn a_mail_program_ends_it_by_one_post_and_whoever_did_not_mean_it_takes_that_back() {
    let paper = open().await;
    let wish = Wish::default();
    let reader = newsletter_reader(&paper, "huda@readers.example", &wish).await;
    paper.publishes("خبر اليوم").await;
    let letter = edition(&paper, "2026-01-01").await.pop().flatten().expect("a letter");
    let stop = letter.unsubscribe.as_deref().expect("an address");
    assert!(letter.html.contains(stop) && letter.text.contains(stop));
    let stop = stop.strip_prefix(paper.app.paper.address.as_str()).expect("of this paper").to_owned();
    let program = Browser::new(&paper);
    assert_eq!(program.get(&stop).await.status, StatusCode::OK, "looking ends nothing");
    assert!(paper.app.store.subscriber(reader).await.expect("there").is_told());
    for _ in 0..2 {
        // As RFC 8058 has it: no cookie, no page of ours before it.
        let pressed = program.send("POST", &stop, &[("List-Unsubscribe", "One-Click")], &[]).await;
        assert_eq!(pressed.status, StatusCode::OK);
        assert!(!pressed.text.contains("huda@readers.example") && !pressed.text.contains("/newsletter/mine/"));
    }
    paper.publishes("خبر آخر").await;
    assert!(edition(&paper, "2026-01-02").await.is_empty());
    let back = format!("{stop}/return");
    assert_eq!(program.send("POST", &back, &[], &[]).await.status, StatusCode::FORBIDDEN, "only from a page of ours");
    assert_eq!(Browser::new(&paper).post(&back, &[]).await.status, StatusCode::OK);
    assert!(paper.app.store.subscriber(reader).await.expect("there").is_told());
    let mine = path_in(&letter, "/newsletter/mine/").to_owned();
    let key = stop.trim_start_matches("/newsletter/leave/");
    for forged in [format!("/newsletter/mine/{key}"), format!("{stop}x"), stop.replace('.', "")] {
        assert_eq!(Browser::new(&paper).get(&forged).await.status, StatusCode::NOT_FOUND, "{forged}");
    }
    let huda = Browser::new(&paper);
    let culture = SectionId(2).short();
    let form = [("rhythm", "weekly"), ("section", culture.as_str()), ("section", "zzz"), ("language", "fr")];
    assert_eq!(huda.post(&mine, &form).await.status, StatusCode::SEE_OTHER);
    let kept = paper.app.store.subscriber(reader).await.expect("there").wish;
    assert_eq!(kept, Wish { rhythm: Rhythm::Weekly, sections: vec![SectionId(2)], language: Language::Fr });
    huda.get(&mine).await.assert_order(&["huda@readers.example", "value=\"weekly\" checked", "الثقافة"]);
    paper.app.store.leave_newsletter(reader, paper.app.now()).await.expect("left");
    let later = paper.app.now() + SignedDuration::from_hours(8 * 24);
    assert_eq!(paper.app.store.sweep_subscribers(later).await.expect("swept"), 1);
    assert_eq!(huda.get(&mine).await.status, StatusCode::NOT_FOUND, "the address is erased");
    assert_eq!(program.send("POST", &stop, &[], &[]).await.status, StatusCode::OK, "and pressing again is no error");
}

#[tokio::test]
async fn what_is_not_public_when_the_letter_goes_out_is_not_in_it_and_an_empty_letter_does_not_go_out() {
    let paper = open().await;
    let (store, now) = (&paper.app.store, paper.app.now());
    let of_culture = Wish { sections: vec![SectionId(2)], ..Wish::default() };
    newsletter_reader(&paper, "huda@readers.example", &Wish::default()).await;
    newsletter_reader(&paper, "karim@readers.example", &of_culture).await;
    let gone = paper.publishes("خبر يُسحب").await;
    paper.publishes("خبر يبقى").await;
    let draft = paper.draft("سر لم يُنشر");
    store.keep_draft(&draft, Actor::Program, now).await.expect("kept");
    let at = paper.app.now() + SignedDuration::from_millis(1);
    store.make_edition(Rhythm::Daily, "2026-01-01", at).await.expect("made").expect("an edition");
    while store.fill_editions(500, at).await.expect("filled") > 0 {}
    store.withdraw(&gone.withdraw("", now), Actor::Program, "").await.expect("withdrawn");
    let mut letters = Vec::new();
    for job in store.claim_jobs(NEWSLETTER, at, at, 50).await.expect("jobs") {
        letters.push(letter_of(&paper.app, &job).await.expect("looked up"));
    }
    assert_eq!(letters.len(), 2);
    let told: Vec<&Letter> = letters.iter().flatten().collect();
    assert_eq!(told.len(), 1, "nothing of culture went public");
    assert!(told[0].html.contains("خبر يبقى") && told[0].text.contains("خبر يبقى"));
    for words in ["خبر يُسحب", "سر لم يُنشر"] {
        assert!(!told[0].html.contains(words) && !told[0].text.contains(words), "{words}");
    }
}

/// Every `name: value` of the rules on the spot.
fn rules(html: &str) -> Vec<(String, String)> {
    let styles = html.split("style=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let pairs = styles.flat_map(|style| style.split(';')).filter_map(|rule| rule.split_once(':'));
    pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect()
}

#[tokio::test]
async fn a_letter_runs_from_right_to_left_and_asks_nothing_of_mail_programs_that_they_do_not_know() {
    let paper = open().await;
    newsletter_reader(&paper, "huda@readers.example", &Wish::default()).await;
    let mut foreign = paper.draft("Le <tram> du port");
    foreign.text.language = Language::Fr.into();
    foreign.text.standfirst = "Une ligne nouvelle & utile.".into();
    paper.publishes_draft(foreign, paper.app.now()).await;
    let led = paper.publishes_everything().await;
    let letter = edition(&paper, "2026-01-01").await.pop().flatten().expect("a letter");
    let html = &letter.html;
    let used = rules(html);
    assert!(used.len() > 40, "{used:?}");
    for (name, value) in &used {
        let known = KNOWN.iter().find(|(known, _, _)| known == name);
        let (_, wholly, in_part) = known.unwrap_or_else(|| panic!("{name} is not among what mail programs know"));
        assert_eq!(wholly + in_part, PROGRAMS, "{name}");
        assert!(name != "margin" || value == "0", "{value}");
        assert!(name != "text-align" || ["right", "left"].contains(&value.as_str()), "{value}");
        assert!(
            !name.contains("width")
                || value.trim_end_matches("px").parse().is_ok_and(|px: u32| px <= 600)
                || value == "100%"
        );
    }
    for (number, cell) in html.split("<td").skip(1).enumerate() {
        let tag = cell.split('>').next().expect("a tag");
        assert!(number == 0 || tag.contains("dir=\"") && tag.contains("lang=\""), "{tag}");
        assert!(!tag.contains("; color:") || tag.contains("background-color:"), "ink has its ground: {tag}");
    }
    assert!(html.starts_with("<!doctype html>") && html.contains("<html lang=\"ar\" dir=\"rtl\">"));
    for none in ["<script", "<link", "<style", "<bdi", "url(", "@import", "<form", " class="] {
        assert!(!html.contains(none), "{none}");
    }
    let home = &paper.app.paper.address;
    for (name, count) in [("href=\"", 6), ("src=\"", 1)] {
        let all: Vec<&str> = html.split(name).skip(1).collect();
        assert!(all.len() >= count, "{name}");
        assert!(all.iter().all(|address| address.starts_with(home.as_str())), "{name}: addresses are whole");
    }
    assert!(html.contains("alt=\"عربة ترام بيضاء\"") && html.contains("width=\"568\""));
    assert!(html.contains("lang=\"fr\"") && html.contains("dir=\"ltr\"") && html.contains("Le &#60;tram&#62; du port"));
    assert!(letter.text.contains("Le <tram> du port") && letter.text.contains("صباح الخير"));
    assert!(letter.text.contains(&address::whole(&paper.app.paper, &address::story(&led.slug))));
    assert!(letter.subject.contains(&led.text.headline), "{}", letter.subject);
}

#[tokio::test]
async fn the_desk_says_when_it_goes_out_and_sees_it_first() {
    let paper = open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    layla.get("/desk/newsletter").await.assert_order(&["النشرة البريدية", "صباح الخير", "لم تُنشر مادة"]);
    assert_eq!(layla.get("/desk/newsletter/preview").await.status, StatusCode::NOT_FOUND);
    paper.publishes("خبر اليوم").await;
    let preview = layla.get("/desk/newsletter/preview").await;
    preview.assert_order(&["المرفأ", "صباح الخير", "خبر اليوم", "أنهِ الاشتراك"]);
    assert!(preview.header("content-security-policy").contains("sandbox"));
    layla.get("/desk/newsletter/preview.txt").await.assert_order(&["خبر اليوم"]);
    let page = layla.get("/desk/newsletter").await;
    let seen =
        page.text.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a field");
    let form = |hour| {
        [
            ("seen", seen),
            ("on", "yes"),
            ("hour", hour),
            ("weekday", "5"),
            ("greeting", ""),
            ("stories", "٩"),
            ("per_minute", "60"),
        ]
    };
    let wrong = layla.post("/desk/newsletter", &form("25")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.assert_order(&["value=\"25\"", "ساعة من"]);
    assert_eq!(layla.post("/desk/newsletter", &form("٦")).await.header("location"), "/desk/newsletter?done=kept");
    let now = paper.app.followers.now();
    assert_eq!((now.newsletter.hour, now.newsletter.stories), (6, 9));
    assert_eq!(
        layla.post("/desk/newsletter", &form("8")).await.status,
        StatusCode::CONFLICT,
        "somebody else changed it"
    );
    let trial = layla.post("/desk/newsletter/trial", &[]).await;
    assert_eq!(trial.status, StatusCode::UNPROCESSABLE_ENTITY, "no address of their own");
}

#[tokio::test]
async fn an_edition_is_made_once_at_its_hour_and_its_letters_are_jobs_once() {
    let paper = open().await;
    let (store, now) = (&paper.app.store, paper.app.now());
    for n in 0..5 {
        newsletter_reader(&paper, &format!("reader-{n}@readers.example"), &Wish::default()).await;
    }
    let hour = u8::try_from(now.to_zoned(paper.app.paper.zone.clone()).hour()).expect("an hour");
    let kept = store.follower_settings::<NewsletterSettings>(FollowersPart::Newsletter).await.expect("read");
    let (by, on) = (store.staff().await.expect("staff")[0].id, NewsletterSettings { hour, ..kept.settings });
    store.keep_follower_settings((FollowersPart::Newsletter, kept.id), &on, by, now).await.expect("kept");
    paper.app.followers.take_up(store).await.expect("read");
    for _ in 0..3 {
        super::make_editions(&paper.app).await.expect("the clock");
    }
    let daily: Vec<_> = store.editions(9).await.expect("editions");
    let daily: Vec<_> = daily.iter().filter(|edition| edition.rhythm == Rhythm::Daily).collect();
    assert_eq!((daily.len(), daily[0].letters, daily[0].is_filled), (1, 5, true));
    let now = paper.app.now();
    assert_eq!(store.claim_jobs(NEWSLETTER, now, now, 50).await.expect("jobs").len(), 5);
}
