//! A reader makes an account: by a link out of a mail, with what the device had sent, and comes in again by a passkey.

use crate::both::Trial;
use crate::driver::{Browser, Driver, PHONE};
use crate::everyone::{look_at, nothing_wrong};
use crate::pages::{self, Page};
use crate::running::mailbox::Mailbox;
use crate::running::{Launch, Running, until};
use store::Place;

const WORDS: &str = "هل يتوقف الترام عند السوق؟";

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_makes_an_account_by_a_link_sees_the_history_and_comes_in_again_by_a_passkey() {
    let Some(driver) = Driver::start().await else { return };
    let trial = Trial::sqlite();
    let ended = tokio::spawn(joins(driver, trial.place.clone())).await;
    trial.clear().await;
    if let Err(failure) = ended {
        std::panic::resume_unwind(failure.into_panic());
    }
}

async fn joins(driver: Driver, place: Place) {
    let mailbox = Mailbox::open().await;
    let launch = Launch::new(&["demo"]).on(&place).set(&format!("mail.smtp={}", mailbox.address));
    // Browsers know passkeys at names only.
    let paper = launch.set("mail.from=paper@harbour.example").start_as("localhost").await;
    let huda = driver.browser(PHONE).await;
    comments(&huda, &paper).await;
    let mut problems = look_at(&huda, &paper, &Page::new("reader-door", "/reader")).await;
    huda.size(PHONE).await;
    open(&huda, &paper, "/reader").await;
    huda.write("#email", "huda@readers.example").await;
    huda.press("form[action='/reader/link'] button").await;
    huda.until_said(".note", "إن كان العنوان صحيحًا").await;
    let letter = mailbox.letter("huda@readers.example", |_| true).await;
    let link = letter.text.split_whitespace().find(|word| word.contains("/reader/link/")).expect("a link").to_owned();
    let path = link.strip_prefix(&paper.address).expect("a link to this paper").to_owned();
    problems.extend(look_at(&huda, &paper, &Page::new("reader-link", &path)).await);
    huda.size(PHONE).await;
    open(&huda, &paper, &path).await;
    huda.press("form[action^='/reader/link/'] button").await;
    huda.until_said(".note", "وانتقل إليه ما أُرسل من هذا الجهاز").await;
    sees_the_comment(&huda, &paper).await;

    huda.has_authenticator().await;
    open(&huda, &paper, "/reader").await;
    huda.write("#passkey-name", "هاتفي").await;
    huda.press("form[action='/reader/passkeys'] button").await;
    huda.until_said(".note", "أُضيف مفتاح المرور").await;
    problems.extend(look_at(&huda, &paper, &Page::new("reader", "/reader")).await);
    huda.size(PHONE).await;
    open(&huda, &paper, "/reader").await;
    huda.press("form[action='/reader/sign-out'] button").await;
    huda.until_said(".note", "خرجت من حسابك").await;
    open(&huda, &paper, "/me").await;
    assert!(!huda.text(".sheet").await.expect("a page").contains(WORDS), "a guest again, with a fresh key");
    open(&huda, &paper, "/reader").await;
    until("the way in", || async { huda.shows("form[action='/reader/passkey']").await.then_some(()) }).await;
    huda.press("form[action='/reader/passkey'] button").await;
    huda.until_said(".note", "دخلت إلى حسابك").await;
    sees_the_comment(&huda, &paper).await;
    nothing_wrong(&problems);
}

async fn open(browser: &Browser, paper: &Running, path: &str) {
    browser.open(&format!("{}{path}", paper.address)).await;
}

async fn comments(browser: &Browser, paper: &Running) {
    let story = pages::quiet(&paper.reader()).await;
    open(browser, paper, &story).await;
    browser.write("#form-name", "هدى").await;
    browser.write("#form-text", WORDS).await;
    browser.press("#comment-form button[type=submit]").await;
    browser.until_shown("#own .own .comment-foot a").await;
}

async fn sees_the_comment(browser: &Browser, paper: &Running) {
    open(browser, paper, "/me").await;
    browser.until_said(".sheet", WORDS).await;
}
