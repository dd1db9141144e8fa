//! Comments as visitors send them and readers find them.

use crate::browser::Browser;
use crate::layout::address;
use crate::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::people::Role;
use newsroom::story::{CommentPolicy, Published};

const WORDS: &str = "رأيت المحطة أمس، وهي واسعة.";

async fn open() -> (OpenPaper, Published) {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    (paper, story)
}

fn of(story: &Published) -> String {
    address::story(&story.slug)
}

#[tokio::test]
async fn a_comment_waits_where_its_author_alone_sees_it() {
    let (paper, story) = open().await;
    let (huda, somebody) = (Browser::new(&paper), Browser::new(&paper));
    let got = huda.post(&format!("{}/comments", of(&story)), &[("name", "هدى"), ("text", WORDS)]).await;
    assert_eq!((got.status, got.header("location")), (StatusCode::SEE_OTHER, format!("{}#own", of(&story)).as_str()));
    let own = huda.get(&of(&story)).await;
    assert!(own.text.contains(WORDS) && own.text.contains("بانتظار المراجعة"));
    assert_eq!(own.header("cache-control"), "private, no-store");
    let theirs = somebody.get(&of(&story)).await;
    assert!(!theirs.text.contains(WORDS) && !theirs.text.contains("هدى"));
    assert!(theirs.text.contains("data-count>(0)"));
    assert!(somebody.jar().is_empty(), "reading makes no key");
}

#[tokio::test]
async fn a_form_comes_back_with_what_was_typed_and_everything_that_is_wrong() {
    let (paper, story) = open().await;
    let reader = Browser::new(&paper);
    let path = format!("{}/comments", of(&story));
    let form = [("name", "★★ نجم ★★"), ("text", "   "), ("reply_to", "77")];
    let got = reader.post(&path, &form).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in ["★★ نجم ★★", "علامات لا تكون في الأسماء", "اكتب تعليقك", "لم يعد منشورًا", "<!doctype html>"]
    {
        assert!(got.text.contains(part), "{part}");
    }
    let fragment = reader.post_by_script(&path, &form).await;
    assert_eq!(fragment.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(fragment.text.starts_with("<form") && fragment.text.contains("★★ نجم ★★"));
    assert_eq!(paper.app.store.queue_counts().await.expect("counts").0, 0);
}

#[tokio::test]
async fn a_hidden_field_that_was_filled_in_costs_one_more_press_and_no_words() {
    let (paper, story) = open().await;
    let reader = Browser::new(&paper);
    let form = [("name", "هدى"), ("text", WORDS), ("website", "https://example.org")];
    let got = reader.post(&format!("{}/comments", of(&story)), &form).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(got.text.contains(WORDS) && !got.text.contains("value=\"https://example.org\""));
}

#[tokio::test]
async fn nobody_signs_with_a_name_that_looks_like_the_staffs() {
    let (paper, story) = open().await;
    Browser::of_staff(&paper, "ليلى النجّار", Role::Editor).await;
    let reader = Browser::new(&paper);
    for name in ["ليلى النجار", "ليلي النجّار", "المرفأ"] {
        let got = reader.post(&format!("{}/comments", of(&story)), &[("name", name), ("text", WORDS)]).await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(got.text.contains("يشبه اسم أحد"), "{name}");
    }
}

#[tokio::test]
async fn what_was_released_stands_on_the_page_with_its_number() {
    let (paper, story) = open().await;
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let comment = huda.comments(&story, "هدى", WORDS).await;
    salma.rules(&story, comment, "release", "").await;
    let answer = Browser::new(&paper).answers(&story, "1", "كريم", "وأنا كذلك.").await;
    salma.rules(&story, answer, "release", "").await;
    let page = paper.get(&of(&story)).await;
    page.assert_order(&[
        "تعليقات الزوار",
        "(2)",
        "id=\"c-1\"",
        "هدى",
        WORDS,
        "class=\"comment answer\" id=\"c-2\"",
        "كريم",
    ]);
    let alone = paper.get(&format!("{}/comments/2", of(&story))).await;
    alone.assert_order(&["rel=\"canonical\"", "id=\"c-1\"", "id=\"c-2\"", "وأنا كذلك"]);
    assert_eq!(paper.get(&format!("{}/comments/3", of(&story))).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_thread_is_read_page_by_page_and_says_whose_answers_go_on() {
    let paper =
        OpenPaper::open_as(crate::paper::Paper { comments_per_page: 2, ..crate::paper::Paper::default() }).await;
    let story = paper.publishes("خبر يطول حديثه").await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    for (number, text) in [("", "الأول"), ("1", "رد أول"), ("1", "رد ثانٍ"), ("", "الأخير")] {
        let comment = Browser::new(&paper).answers(&story, number, "قارئ", text).await;
        salma.rules(&story, comment, "release", "").await;
    }
    let first = paper.get(&of(&story)).await;
    first.assert_order(&["id=\"c-1\"", "id=\"c-2\"", "rel=\"next\""]);
    assert!(!first.text.contains("id=\"c-3\""));
    let second = paper.get(&format!("{}?after=1-2", of(&story))).await;
    second.assert_order(&["تتمة الردود", "?at=1#c-1", "id=\"c-3\"", "id=\"c-4\""]);
    let newest = paper.get(&format!("{}?sort=newest", of(&story))).await;
    newest.assert_order(&["id=\"c-4\"", "id=\"c-1\""]);
    let around = paper.get(&format!("{}?at=3", of(&story))).await;
    assert!(around.text.contains("id=\"c-3\""));
    for cut in ["?at=", "?at=x", "?after=1-", "?sort=%D9%82"] {
        assert_eq!(paper.get(&format!("{}{cut}", of(&story))).await.status, StatusCode::OK, "{cut}");
    }
}

#[tokio::test]
async fn links_are_words_until_a_moderator_lets_them_through() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let text = "المصدر: https://example.org/news?a=1 للمراجعة";
    for act in ["release", "release-links"] {
        let comment = Browser::new(&paper).comments(&story, "هدى", text).await;
        salma.rules(&story, comment, act, "").await;
    }
    let page = paper.get(&of(&story)).await.text;
    let (dead, live) = page.split_once("id=\"c-2\"").expect("two comments");
    assert!(dead.contains("https://<b>example.org</b>/news?a=1") && !dead.contains("href=\"https://example.org"));
    assert!(live.contains(
        "<a class=\"address\" dir=\"ltr\" href=\"https://example.org/news?a=1\" rel=\"nofollow ugc noopener\">"
    ));
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let (paper, story) = open().await;
    let (reader, path) = (Browser::new(&paper), format!("{}/comments", of(&story)));
    let form = [("name", "هدى"), ("text", WORDS)];
    let cases: [(&[(&str, &str)], StatusCode); 7] = [
        (&[], StatusCode::FORBIDDEN),
        (&[("sec-fetch-site", "cross-site")], StatusCode::FORBIDDEN),
        (&[("sec-fetch-site", "same-site"), ("origin", "http://127.0.0.1:8080")], StatusCode::FORBIDDEN),
        (&[("origin", "https://example.org"), ("host", "127.0.0.1:8080")], StatusCode::FORBIDDEN),
        (&[("origin", "null"), ("host", "127.0.0.1:8080")], StatusCode::FORBIDDEN),
        (&[("origin", "http://example.test"), ("host", "example.test")], StatusCode::SEE_OTHER),
        (&[("origin", "http://127.0.0.1:8080"), ("host", "inside")], StatusCode::SEE_OTHER),
    ];
    for (headers, expected) in cases {
        assert_eq!(reader.send("POST", &path, &form, headers).await.status, expected, "{headers:?}");
    }
}

#[tokio::test]
async fn one_address_sends_at_a_human_pace() {
    let paper = OpenPaper::open_as(crate::paper::Paper {
        posts_per_minute: 2,
        behind_proxy: true,
        ..crate::paper::Paper::default()
    })
    .await;
    let story = paper.publishes("خبر").await;
    let (reader, path) = (Browser::new(&paper), format!("{}/comments", of(&story)));
    let from = |hops: &'static str| [("sec-fetch-site", "none"), ("x-forwarded-for", hops)];
    let form = [("name", "هدى"), ("text", WORDS)];
    let mut statuses = Vec::new();
    // Earlier hops are claims; the last one counts, and an IPv6 household is one.
    for hops in ["2001:db8::1", "192.0.2.9, 2001:db8::2", "2001:db8::3", "2001:db8:0:1::3"] {
        statuses.push(reader.send("POST", &path, &form, &from(hops)).await);
    }
    let codes: Vec<u16> = statuses.iter().map(|got| got.status.as_u16()).collect();
    assert_eq!(codes, [303, 303, 429, 303]);
    assert!(statuses[2].header("retry-after").parse::<u64>().is_ok_and(|wait| (1..=60).contains(&wait)));
}

#[tokio::test]
async fn what_its_author_takes_back_leaves_its_number_behind() {
    let (paper, story) = open().await;
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let comment = huda.comments(&story, "هدى", WORDS).await;
    salma.rules(&story, comment, "release", "").await;
    let link = format!("{}/own/{comment}/withdrawal", of(&story));
    assert!(huda.get(&format!("{}/comments/1", of(&story))).await.text.contains(&link));
    assert!(!paper.get(&format!("{}/comments/1", of(&story))).await.text.contains(&link));
    assert_eq!(Browser::new(&paper).post(&link, &[]).await.status, StatusCode::NOT_FOUND, "nobody else's");
    huda.get(&link).await.assert_order(&["هذا التعليق منشور", WORDS, "نعم، اسحبه"]);
    assert_eq!(huda.post(&link, &[]).await.status, StatusCode::SEE_OTHER);
    let page = paper.get(&of(&story)).await;
    page.assert_order(&["data-count>(0)", "id=\"c-1\"", "سحب صاحب التعليق تعليقه"]);
    assert!(!page.text.contains(WORDS) && !page.text.contains("هدى"));
}

#[tokio::test]
async fn an_author_mends_a_comment_only_while_nobody_has_ruled() {
    let (paper, story) = open().await;
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let comment = huda.comments(&story, "هدى", WORDS).await;
    let edit = format!("{}/own/{comment}/edit", of(&story));
    assert!(huda.get(&edit).await.text.contains(WORDS));
    assert_eq!(huda.post(&edit, &[("text", "المحطة واسعة ونظيفة.")]).await.status, StatusCode::SEE_OTHER);
    let entry = paper.app.store.queue_entry(story.id, comment).await.expect("waiting");
    assert_eq!((entry.name.as_str(), entry.text.as_str()), ("هدى", "المحطة واسعة ونظيفة."));
    assert_eq!(huda.post(&edit, &[("text", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    salma.rules(&story, comment, "release", "").await;
    assert_eq!(huda.get(&edit).await.status, StatusCode::CONFLICT);
    let late = huda.post(&edit, &[("text", "كلمة متأخرة")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text.contains("كلمة متأخرة"), "nothing typed is lost");
    assert!(!paper.get(&of(&story)).await.text.contains("كلمة متأخرة"));
}

#[tokio::test]
async fn a_refused_comment_tells_its_author_the_rule() {
    let (paper, story) = open().await;
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let comment = huda.comments(&story, "هدى", WORDS).await;
    salma.rules(&story, comment, "refuse", "off-topic").await;
    huda.get(&of(&story)).await.assert_order(&["لم يُنشر", WORDS, "خارج الموضوع", "/pages/house-rules"]);
    assert!(!paper.get(&of(&story)).await.text.contains(WORDS));
}

#[tokio::test]
async fn a_reader_reports_once_and_only_what_is_public() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let comment = Browser::new(&paper).comments(&story, "هدى", WORDS).await;
    let (reader, path) = (Browser::new(&paper), format!("{}/comments/1/report", of(&story)));
    assert_eq!(reader.get(&path).await.status, StatusCode::NOT_FOUND);
    salma.rules(&story, comment, "release", "").await;
    assert!(reader.get(&path).await.text.contains("إعلان أو ترويج"));
    for (form, expected) in [
        ([("reason", ""), ("words", "كلام")], StatusCode::UNPROCESSABLE_ENTITY),
        ([("reason", "other"), ("words", " ")], StatusCode::UNPROCESSABLE_ENTITY),
        ([("reason", "insult"), ("words", "فيه إهانة")], StatusCode::OK),
        ([("reason", "insult"), ("words", "مرة أخرى")], StatusCode::OK),
    ] {
        let got = reader.post(&path, &form).await;
        assert_eq!(got.status, expected, "{form:?}");
    }
    assert_eq!(paper.app.store.queue_counts().await.expect("counts"), (0, 1));
    salma.get("/desk/reported").await.assert_order(&[WORDS, "أزل من الصفحة"]);
}

#[tokio::test]
async fn closed_and_hidden_threads_take_nothing() {
    for (policy, shown) in [(CommentPolicy::Closed, true), (CommentPolicy::Hidden, false)] {
        let (paper, story) = open().await;
        let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
        let comment = Browser::new(&paper).comments(&story, "هدى", WORDS).await;
        salma.rules(&story, comment, "release", "").await;
        let (by, now) = (newsroom::people::Actor::Program, paper.app.now());
        paper.app.store.set_comment_policy(story.id, policy, by, now).await.expect("a policy");
        let form = [("name", "كريم"), ("text", "كلمة")];
        let refused = Browser::new(&paper).post(&format!("{}/comments", of(&story)), &form).await;
        assert!(matches!(refused.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND), "{policy:?}");
        let page = paper.get(&of(&story)).await.text;
        assert_eq!((page.contains(WORDS), page.contains("comment-form")), (shown, false), "{policy:?}");
    }
}

#[tokio::test]
async fn a_hostile_text_stays_inside_its_own_comment() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let text = format!(
        "<script>alert(1)</script> \"><img src=x onerror=y>\n\u{202E}مقلوب \u{2067}معزول\n\n{}\nب{}\nههههههههههههههههه",
        "ـ".repeat(145),
        "\u{64E}".repeat(60)
    );
    let comment = Browser::new(&paper).comments(&story, "هدى", &text).await;
    let card = salma.get("/desk").await.text;
    assert!(!card.contains("<script>alert") && card.contains("U+202E") && !card.contains('\u{202E}'));
    salma.rules(&story, comment, "release", "").await;
    let page = paper.get(&of(&story)).await.text;
    let shown = page.split_once("id=\"c-1\"").expect("the comment").1;
    let shown = shown.split_once("</article>").expect("its end").0;
    assert!(!shown.contains("<script") && !shown.contains("<img") && shown.contains("&#60;script&#62;"));
    let opened = shown.matches(['\u{202E}', '\u{2067}', '\u{2068}']).count();
    assert_eq!(opened, shown.matches(['\u{202C}', '\u{2069}']).count(), "direction controls are closed");
    assert!(!shown.contains("ــــ") && shown.contains("class=\"rule\" title=\"145 مرة\""));
    assert!(shown.matches('\u{64E}').count() < 6 && shown.contains("ههه…"));
}

#[tokio::test]
async fn a_long_comment_is_folded_and_a_short_one_is_not() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    for text in ["كلمة واحدة", &"سطر من السطور\n".repeat(14)] {
        let comment = Browser::new(&paper).comments(&story, "هدى", text).await;
        salma.rules(&story, comment, "release", "").await;
    }
    let page = paper.get(&of(&story)).await.text;
    assert!(!page.contains("id=\"open-1\"") && page.contains("id=\"open-2\""));
}
