//! Readers' accounts, by the front door.

use crate::guard::hash_of;
use crate::layout::address;
use crate::paper::Paper;
use crate::tests::authenticator::Authenticator;
use crate::tests::browser::{Browser, reader_link};
use crate::tests::open_paper::{Got, OpenPaper};
use axum::http::StatusCode;
use newsroom::people::{Measure, MeasureKind, Role};
use newsroom::{MeasureId, Timestamp};

async fn open() -> OpenPaper {
    let paper = Paper {
        address: "https://example.org".into(),
        name: "المرفأ".into(),
        posts_per_minute: 1_000,
        sends_mail: true,
        ..Paper::default()
    };
    OpenPaper::open_as(paper).await
}

/// What stands on a page from this form on.
fn form<'p>(page: &'p Got, action: &str) -> &'p str {
    let at = page.text.find(&format!("action=\"{action}\""));
    &page.text[at.unwrap_or_else(|| panic!("no form for {action}: {}", page.text))..]
}

fn signed_in(browser: &Browser<'_>) -> bool {
    browser.jar().get("__Host-midad_reader").is_some_and(|token| !token.is_empty())
}

#[tokio::test]
async fn asking_for_a_link_gets_the_same_answer_whoever_is_asked_about() {
    let paper = open().await;
    Browser::of_reader(&paper, "huda@readers.example").await;
    let asks = |email: &'static str| {
        let paper = &paper;
        async move { Browser::new(paper).post("/reader/link", &[("email", email)]).await }
    };
    let (known, unknown) = (asks("huda@readers.example").await, asks("nobody@readers.example").await);
    assert_eq!((known.status, unknown.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
    assert_eq!(known.headers.get("location"), unknown.headers.get("location"));
    // A seal of the address that was asked for, of the same length whoever it is.
    let marks = |got: &Got| {
        let line = got.header("set-cookie").split_once('=').map(|(name, rest)| (name.to_owned(), rest.to_owned()));
        line.map(|(name, rest)| (name, rest.find(';'), rest.split_once(';').map(|(_, rest)| rest.to_owned())))
    };
    assert_eq!(marks(&known), marks(&unknown));
    for _ in 0..6 {
        assert_eq!(asks("huda@readers.example").await.status, StatusCode::SEE_OTHER, "also when there were too many");
    }
    let now = paper.app.now();
    let jobs = paper.app.store.claim_jobs("mail", now, now, 100).await.expect("jobs");
    assert_eq!(jobs.len(), 5, "four more to the one, one to the other: {jobs:?}");
    assert!(jobs.iter().all(|job| !job.payload.contains('@')), "no address travels in a job");
    let wrong = asks("huda at readers").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.assert_order(&["لا يصل بريد إلى هذا العنوان", "value=\"huda at readers\""]);
}

#[tokio::test]
async fn a_link_waits_for_the_button_and_takes_the_devices_history_along() {
    let paper = open().await;
    let (story, huda) = (paper.publishes("افتتاح محطة المرفأ").await, Browser::new(&paper));
    huda.comments(&story, "هدى", "زرت المحطة أمس.").await;
    huda.post("/reader/link", &[("email", "huda@readers.example")]).await;
    let link = format!("/reader/link/{}", reader_link(&paper, "huda@readers.example", paper.app.now()).await);
    for _ in 0..3 {
        let looked = huda.get(&link).await;
        assert_eq!(looked.status, StatusCode::OK, "looking uses nothing up");
        assert!(looked.text.contains("huda@readers.example") && !looked.text.contains("name=\"along\""));
    }
    let entered = huda.post(&link, &[]).await;
    assert_eq!(entered.header("location"), "/reader?done=moved");
    assert!(signed_in(&huda) && huda.jar()["__Host-midad_visitor"].is_empty(), "the device has no key of its own");
    assert_eq!(huda.get(&link).await.status, StatusCode::GONE);
    assert_eq!(Browser::new(&paper).post(&link, &[]).await.status, StatusCode::GONE, "once");
    huda.get("/reader?done=moved").await.assert_order(&["وانتقل إليه ما أُرسل من هذا الجهاز", "value=\"هدى\""]);
    huda.get("/me").await.assert_order(&["تعليقات حسابك", "زرت المحطة أمس"]);
    let page = address::story(&story.slug);
    huda.get(&page).await.assert_order(&["value=\"هدى\"", "زرت المحطة أمس"]);
    // On another device the account is the same, and the device is a guest before.
    let phone = Browser::new(&paper);
    assert!(!phone.get(&page).await.text.contains("زرت المحطة أمس"));
    phone.enters("Huda@readers.example").await;
    assert!(phone.get("/me").await.text.contains("زرت المحطة أمس"));
    phone.comments(&story, "هدى", "ومن الهاتف أيضًا.").await;
    assert!(huda.get("/me").await.text.contains("ومن الهاتف أيضًا"));
}

#[tokio::test]
async fn somebody_elses_link_takes_no_history_along_unless_the_reader_says_so() {
    let paper = open().await;
    let (story, huda) = (paper.publishes("خبر").await, Browser::new(&paper));
    huda.comments(&story, "هدى", "كلمة تنتظر.").await;
    let key = huda.jar()["__Host-midad_visitor"].clone();
    let sent_along = format!("/reader/link/{}", reader_link(&paper, "other@readers.example", paper.app.now()).await);
    huda.get(&sent_along).await.assert_order(&["لم يُطلب هذا الرابط من هذا المتصفح", "name=\"along\""]);
    assert_eq!(huda.post(&sent_along, &[]).await.header("location"), "/reader?done=in");
    assert!(!huda.get("/me").await.text.contains("كلمة تنتظر"), "nothing went to the other account");
    huda.post("/reader/sign-out", &[]).await;
    assert_eq!(huda.jar()["__Host-midad_visitor"], key);
    assert!(huda.get("/me").await.text.contains("كلمة تنتظر"), "a guest as before");
    let own = format!("/reader/link/{}", reader_link(&paper, "huda@readers.example", paper.app.now()).await);
    assert_eq!(huda.post(&own, &[("along", "yes")]).await.header("location"), "/reader?done=moved");
    assert!(huda.get("/me").await.text.contains("كلمة تنتظر"));
}

#[tokio::test]
async fn nobody_signs_in_past_a_ban_which_goes_along_with_the_history_alone_and_holds_on_every_device() {
    let paper = open().await;
    let (story, guest) = (paper.publishes("خبر").await, Browser::new(&paper));
    let comment = guest.comments(&story, "ضيف", "كلمة.").await;
    let store = &paper.app.store;
    let by = store.add_staff("سلمى", Role::Moderator, paper.app.now()).await.expect("added").id;
    let (at, visitor) = (paper.app.now(), store.author_of(story.id, comment).await.expect("an author"));
    let (id, why) = (MeasureId(store.id(at)), "إهانات".to_owned());
    let ban = Measure { id, visitor, kind: MeasureKind::Ban, why, by, at, until: None, acknowledged: None };
    store.take_measure(&ban).await.expect("taken");
    let link = format!("/reader/link/{}", reader_link(&paper, "guest@readers.example", paper.app.now()).await);
    let stopped = guest.post(&link, &[]).await;
    assert_eq!(stopped.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing goes to anybody's account unasked");
    assert!(stopped.text.contains("على هذا الجهاز إجراء سارٍ") && !signed_in(&guest));
    assert!(guest.get("/me").await.text.contains("كلمة."), "a guest as before");
    assert_eq!(guest.post(&link, &[("along", "yes")]).await.header("location"), "/reader?done=moved");
    let path = format!("{}/comments", address::story(&story.slug));
    let sent = [("name", "ضيف"), ("text", "كلمة أخرى"), ("reply_to", "")];
    assert_eq!(guest.post(&path, &sent).await.status, StatusCode::FORBIDDEN);
    let phone = Browser::of_reader(&paper, "guest@readers.example").await;
    assert_eq!(phone.post(&path, &sent).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn signing_out_leaves_a_guest_with_a_fresh_key_and_ended_sign_ins_open_nothing() {
    let paper = open().await;
    let story = paper.publishes("خبر").await;
    let (here, there) = (Browser::new(&paper), Browser::new(&paper));
    here.comments(&story, "هدى", "كلمة من قبل.").await;
    let key = here.jar()["__Host-midad_visitor"].clone();
    here.post("/reader/link", &[("email", "huda@readers.example")]).await;
    here.enters("huda@readers.example").await;
    there.enters("huda@readers.example").await;
    here.post("/reader/sign-out", &[]).await;
    assert!(!signed_in(&here) && there.get("/me").await.text.contains("كلمة من قبل"));
    assert!(!here.get("/me").await.text.contains("كلمة من قبل"), "the device is a guest again");
    here.comments(&story, "هدى", "كلمة من بعد.").await;
    assert_ne!(here.jar()["__Host-midad_visitor"], key, "under a fresh key");
    assert!(!there.get("/me").await.text.contains("كلمة من بعد"));
    let third = Browser::of_reader(&paper, "huda@readers.example").await;
    third.post("/reader/sessions/end", &[]).await;
    let refused = there.post("/reader/profile", &[("name", "هدى")]).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "everywhere");
    refused.assert_order(&["ادخل إلى حسابك أولًا", "href=\"/reader\""]);
    let page = there.get("/reader").await;
    assert!(page.text.contains("action=\"/reader/link\""), "the door");
}

#[tokio::test]
async fn a_passkey_makes_an_account_without_any_address_and_opens_it_again() {
    let paper = open().await;
    let (story, huda) = (paper.publishes("خبر").await, Browser::new(&paper));
    huda.comments(&story, "هدى", "كلمة تنتظر.").await;
    let device = Authenticator::new("https://example.org");
    let door = huda.get("/reader").await;
    let made = huda.post("/reader/account", &device.registers(form(&door, "/reader/account")).pairs(&[])).await;
    assert_eq!(made.header("location"), "/reader?done=moved", "{}", made.text);
    assert!(huda.get("/me").await.text.contains("كلمة تنتظر"));
    let phone = Browser::new(&paper);
    let door = phone.get("/reader").await;
    let answer = device.answers(form(&door, "/reader/passkey"));
    let entered = phone.post("/reader/passkey", &answer.pairs(&[])).await;
    assert_eq!(entered.header("location"), "/reader?done=in", "{}", entered.text);
    assert!(phone.get("/me").await.text.contains("كلمة تنتظر"));
    let replayed = Browser::new(&paper).post("/reader/passkey", &answer.pairs(&[])).await;
    assert_eq!(replayed.status, StatusCode::UNPROCESSABLE_ENTITY, "answered before");
    let stranger =
        Authenticator::new("https://example.org").answers(form(&phone.get("/sign-in").await, "/sign-in/passkey"));
    let wrong = Browser::new(&paper).post("/reader/passkey", &stranger.pairs(&[])).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "a question of another door");
    // The last way in stays; with an address the passkey may go.
    let page = huda.get("/reader").await;
    let removal = form(&page, "/reader/sessions/end").len();
    let own = page.text[..page.text.len() - removal].split("/reader/passkeys/").nth(1).expect("a passkey").to_owned();
    let own = format!("/reader/passkeys/{}", own.split('"').next().expect("an address"));
    let last = huda.post(&own, &[]).await;
    assert_eq!(last.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(last.text.contains("هذا آخر ما تدخل به"));
}

#[tokio::test]
async fn a_new_address_is_the_accounts_once_its_link_was_opened_where_its_reader_is() {
    let paper = open().await;
    let huda = Browser::of_reader(&paper, "huda@readers.example").await;
    let asked = huda.post("/reader/address", &[("email", "new@readers.example")]).await;
    assert_eq!(asked.header("location"), "/reader?done=asked");
    let now = paper.app.now();
    let job = paper.app.store.claim_jobs("mail", now, now, 9).await.expect("jobs").pop().expect("a job");
    let id = job.payload.chars().filter(char::is_ascii_digit).collect::<String>().parse().expect("an id");
    let until = super::link::end_of_link(now);
    let sent = paper.app.store.arm_reader_link(newsroom::ReaderLinkId(id), &hash_of("new"), until, now).await;
    assert!(sent.expect("armed").expect("a link").confirms);
    let elsewhere = Browser::new(&paper);
    let told = elsewhere.get("/reader/link/new").await;
    assert_eq!(told.status, StatusCode::GONE);
    assert!(told.text.contains("افتح هذا الرابط في المتصفح الذي دخلت منه"));
    assert_eq!(elsewhere.post("/reader/link/new", &[]).await.status, StatusCode::GONE);
    assert!(!signed_in(&elsewhere), "it opens no account");
    huda.get("/reader/link/new").await.assert_order(&["يثبت أن هذا العنوان لك", "new@readers.example"]);
    assert_eq!(huda.post("/reader/link/new", &[]).await.header("location"), "/reader?done=address");
    assert!(huda.get("/reader").await.text.contains("new@readers.example"));
    let last = huda.post("/reader/address/removal", &[]).await;
    assert_eq!(last.status, StatusCode::UNPROCESSABLE_ENTITY, "there is no other way in");
}

#[tokio::test]
async fn a_reader_says_how_they_sign_and_what_is_told_by_mail() {
    let paper = open().await;
    let story = paper.publishes("خبر").await;
    Browser::of_staff(&paper, "سلمى الكاتبة", Role::Moderator).await;
    let huda = Browser::of_reader(&paper, "huda@readers.example").await;
    assert!(!huda.get("/reader").await.text.contains("value=\"yes\" checked"), "nothing is told as it begins");
    let kept = huda.post("/reader/profile", &[("name", "هدى س"), ("language", "fr"), ("replies", "yes")]).await;
    assert_eq!(kept.header("location"), "/reader?done=kept");
    huda.get("/reader").await.assert_order(&[
        "هدى س",
        "name=\"replies\" value=\"yes\" checked",
        "value=\"fr\" selected",
    ]);
    let taken = huda.post("/reader/profile", &[("name", "سلمى الكاتبه"), ("decisions", "yes")]).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    taken.assert_order(&["value=\"سلمى الكاتبه\"", "name=\"decisions\" value=\"yes\" checked"]);
    let page = huda.get(&address::story(&story.slug)).await;
    assert_eq!(page.header("cache-control"), "private, no-store", "it shows the account's name");
    assert!(page.text.contains("value=\"هدى س\""));
}

#[tokio::test]
async fn a_paper_that_sends_no_mail_shows_no_field_for_an_address() {
    let paper = OpenPaper::open_as(Paper { address: "https://example.org".into(), ..Paper::default() }).await;
    let (huda, device) = (Browser::new(&paper), Authenticator::new("https://example.org"));
    let door = huda.get("/reader").await;
    assert!(!door.text.contains("type=\"email\"") && door.text.contains("action=\"/reader/account\""));
    let asked = huda.post("/reader/link", &[("email", "huda@readers.example")]).await;
    assert_eq!(asked.status, StatusCode::NOT_FOUND);
    huda.post("/reader/account", &device.registers(form(&door, "/reader/account")).pairs(&[])).await;
    let page = huda.get("/reader").await.text;
    assert!(signed_in(&huda) && !page.contains("type=\"email\"") && !page.contains("name=\"replies\""));
    let nowhere = OpenPaper::open().await;
    let page = Browser::new(&nowhere).get("/reader").await.text;
    assert!(page.contains("لا تتيح هذه الصحيفة حسابات"), "neither mail nor a name over TLS");
    for (paper, offers) in [(&paper, true), (&nowhere, false)] {
        let story = paper.publishes("افتتاح محطة المرفأ").await;
        let page = Browser::new(paper).get(&address::story(&story.slug)).await.text;
        assert_eq!(page.contains("حساب القارئ اختياري"), offers, "below the form");
    }
}

#[tokio::test]
async fn a_sign_in_that_lay_idle_is_nobodys() {
    let paper = open().await;
    let huda = Browser::new(&paper);
    huda.reads_as_account(Timestamp::UNIX_EPOCH).await;
    let got = huda.post("/reader/sign-out", &[]).await;
    assert_eq!(got.status, StatusCode::UNAUTHORIZED);
    assert!(huda.get("/reader").await.text.contains("action=\"/reader/link\""));
}
