//! Addresses of before, as readers follow them and as the desk sets them.

use super::former::{candidates, compared, numbered};
use super::write_down;
use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper, PERSON};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use newsroom::people::Role;

async fn set(editor: &Browser<'_>, from: &str, to: &str) -> Got {
    editor.post("/desk/addresses", &[("from", from), ("to", to)]).await
}

fn leads(got: &Got) -> (StatusCode, &str) {
    (got.status, got.header("location"))
}

async fn from_page(paper: &OpenPaper, path: &str, referrer: &str) -> Got {
    let request = Request::get(path).header(PERSON.0, PERSON.1).header("referer", referrer).body(Body::empty());
    paper.send(request.expect("a request")).await
}

#[test]
fn an_address_is_compared_decoded_and_without_what_other_programs_put_around_it() {
    let encoded = "/2019/05/%d8%ae%d8%a8%d8%b1/";
    assert_eq!(compared(encoded).as_deref(), Some("/2019/05/خبر"));
    assert_eq!(compared("/%25d8%25ae/").as_deref(), Some("/خ"), "encoded twice");
    assert_eq!((compared("///").as_deref(), compared("//example.org"), compared("/%ff")), (Some("/"), None, None));
    assert_eq!(compared(&"/a".repeat(300)), None);
    assert_eq!(numbered(Some("utm=x&p=123")).as_deref(), Some("/?p=123"));
    assert_eq!((numbered(Some("p=12a")), numbered(Some("p=")), numbered(None)), (None, None, None));
    assert_eq!(candidates("/old/feed/", None), ["/old/feed", "/old"]);
    assert_eq!(candidates("/old/page/2/amp/", None), ["/old/page/2/amp", "/old/page/2", "/old"]);
    assert_eq!(candidates("/old/comment-page-3", Some("p=7")), ["/?p=7", "/old/comment-page-3", "/old"]);
    assert_eq!(candidates("/feed/rss2", None), ["/feed/rss2"]);
}

#[tokio::test]
async fn every_way_of_writing_an_earlier_address_leads_to_the_story_and_follows_it() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let story = paper.publishes("خط الترام").await;
    let there = address::story(&story.slug);
    let by_short = format!("/s/{}", story.id.short());
    for (from, to) in [("https://old.example/2019/05/خبر-قديم/", there.as_str()), ("/?p=123", &by_short)] {
        assert_eq!(leads(&set(&layla, from, to).await), (StatusCode::SEE_OTHER, "/desk/addresses"), "{from}");
    }
    let encoded = address::encoded("خبر-قديم");
    for path in [
        format!("/2019/05/{encoded}"),
        format!("/2019/05/{encoded}/"),
        format!("/2019/05/{}/", encoded.to_lowercase()),
        format!("/2019/05/{encoded}/feed/"),
        format!("/2019/05/{encoded}/amp"),
        format!("/2019/05/{encoded}/page/2/"),
        format!("/2019/05/{encoded}?utm_source=x"),
        "/?p=123".to_owned(),
        "/index.php?p=123".to_owned(),
    ] {
        assert_eq!(leads(&paper.get(&path).await), (StatusCode::MOVED_PERMANENTLY, there.as_str()), "{path}");
    }
    assert_eq!(paper.get("/?p=124").await.status, StatusCode::OK, "the front page");
    assert_eq!(paper.get("/2019/05").await.status, StatusCode::NOT_FOUND);
    layla.post(&format!("/desk/stories/{}/withdrawal", story.id), &[("sure", "yes")]).await;
    assert_eq!(leads(&paper.get("/?p=123").await), (StatusCode::MOVED_PERMANENTLY, there.as_str()));
    assert_eq!(paper.get(&there).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn what_is_put_behind_an_address_of_ours_leads_to_it() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes_everything().await;
    let own = [address::story(&story.slug), "/sections/city".into(), address::writer(&story.text.bylines[0].slug)];
    for path in own {
        for behind in ["/amp", "/amp/", "/feed", "/page/2"] {
            let got = paper.get(&format!("{path}{behind}")).await;
            assert_eq!(leads(&got), (StatusCode::MOVED_PERMANENTLY, path.as_str()), "{path}{behind}");
        }
    }
    for path in ["/stories/none/amp", "/sections/none/amp", "/desk/none/amp"] {
        assert_ne!(paper.get(path).await.status, StatusCode::MOVED_PERMANENTLY, "{path}");
    }
}

#[tokio::test]
async fn what_cannot_lead_anywhere_comes_back_as_it_was_typed() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    paper.publishes("خط الترام").await;
    for (from, to, says) in [
        ("old", "/archive", "لا يُقرأ العنوان القديم"),
        ("/archive", "/issues", "عند هذا العنوان صفحة من الصحيفة"),
        ("/old", "archive", "لا تُقرأ الوجهة"),
        ("/old", "/nowhere", "لا صفحة عامة عند هذه الوجهة"),
        ("/old", "/desk", "لا صفحة عامة عند هذه الوجهة"),
        ("/old", "//example.org/x", "لا تُقرأ الوجهة"),
        ("/old", "https://other.example/x", "هذه الوجهة في موقع آخر"),
        ("/old", "javascript:alert(1)", "لا تُقرأ الوجهة"),
    ] {
        let got = set(&layla, from, to).await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{from} {to}");
        got.assert_order(&["role=\"alert\"", says, &format!("value=\"{from}\""), &format!("value=\"{to}\"")]);
    }
    let form = [("from", "/old"), ("to", "https://other.example/خبر x"), ("elsewhere", "yes")];
    assert_eq!(layla.post("/desk/addresses", &form).await.status, StatusCode::UNPROCESSABLE_ENTITY, "a space");
    let form = [("from", "/old"), ("to", "https://other.example/خبر"), ("elsewhere", "yes")];
    assert_eq!(layla.post("/desk/addresses", &form).await.status, StatusCode::SEE_OTHER);
    let there = format!("https://other.example/{}", address::encoded("خبر"));
    assert_eq!(leads(&paper.get("/old/").await), (StatusCode::MOVED_PERMANENTLY, there.as_str()));
    let chain = set(&layla, "/older", "/old").await;
    chain.assert_order(&["role=\"alert\"", "لا صفحة عامة عند هذه الوجهة"]);
    let again = set(&layla, "/old", "/archive").await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    again.assert_order(&["role=\"alert\"", "يقود إلى مكان آخر الآن"]);
}

#[tokio::test]
async fn a_redirect_is_led_elsewhere_removed_and_put_back() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    layla.get("/desk/addresses").await.assert_order(&["العناوين والتحويلات", "لا روابط مكسورة", "لا عنوان قديمًا بعد"]);
    set(&layla, "/old/<b>", "/archive").await;
    let edit = format!("/desk/addresses?from={}", address::encoded("/old/<b>"));
    layla.get(&edit).await.assert_order(&[
        "name=\"was\" value=\"/archive\"",
        "value=\"/old/&#60;b&#62;\"",
        "value=\"/archive\"",
    ]);
    let form = [("from", "/old/<b>"), ("to", "/corrections"), ("was", "/archive")];
    assert_eq!(layla.post("/desk/addresses", &form).await.status, StatusCode::SEE_OTHER);
    assert_eq!(leads(&paper.get("/old/%3Cb%3E").await), (StatusCode::MOVED_PERMANENTLY, "/corrections"));
    write_down(&paper.app).await.expect("written");
    let listed = layla.get("/desk/addresses?q=old").await;
    listed.assert_order(&["/old/&#60;b&#62;", "/corrections", "سُلك مرة"]);
    assert!(!listed.text.contains("/old/<b>"));
    layla.get("/desk/addresses?q=/new").await.assert_order(&["لا عنوان قديمًا يبدأ بهذا"]);
    for _ in 0..2 {
        let removed = layla.post("/desk/addresses/removal", &[("path", "/old/<b>")]).await;
        assert_eq!(leads(&removed), (StatusCode::SEE_OTHER, "/desk/addresses"));
        assert_eq!(paper.get("/old/%3Cb%3E").await.status, StatusCode::NOT_FOUND);
    }
    layla.get("/desk/addresses").await.assert_order(&["تحويلات أُزيلت", "/old/&#60;b&#62;", "أعده"]);
    layla.post("/desk/addresses/return", &[("path", "/old/<b>")]).await;
    assert_eq!(leads(&paper.get("/old/%3Cb%3E").await), (StatusCode::MOVED_PERMANENTLY, "/corrections"));
}

#[tokio::test]
async fn broken_links_are_told_to_the_desk_and_nothing_of_who_asked() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let own = format!("{}/archive", paper.app.paper.address);
    from_page(&paper, "/mistyped-once", &own).await;
    for _ in 0..3 {
        paper.get("/asked-often").await;
    }
    from_page(&paper, "/linked-from-outside/?token=secret", "https://other.example/page").await;
    for path in ["/sign-in/secret", "/me/secret", "/unsubscribe/secret", "/wp-login.php", "/somebody@example.org"] {
        from_page(&paper, path, "https://other.example/page").await;
    }
    write_down(&paper.app).await.expect("written");
    let page = layla.get("/desk/addresses").await;
    page.assert_order(&["روابط مكسورة", "/asked-often", "طُلبت 3 مرات", "/linked-from-outside", "مرة من موقع آخر"]);
    for kept_out in ["/mistyped-once", "secret", ".php", "somebody", "other.example"] {
        assert!(!page.text.contains(kept_out), "{kept_out}");
    }
    let lead = format!("/desk/addresses?from={}#lead", address::encoded("/linked-from-outside"));
    assert!(page.text.contains(&format!("href=\"{lead}\"")));
    set(&layla, "/linked-from-outside", "/archive").await;
    write_down(&paper.app).await.expect("written");
    let after = layla.get("/desk/addresses").await;
    assert!(!after.text.contains(&lead.replace("#lead", "#lead\">وجّهها")), "nobody misses it any more");
    after.assert_order(&["/asked-often", "/linked-from-outside", "/archive"]);
}
