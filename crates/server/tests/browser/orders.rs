//! An authority's removal order in a browser: from its receipt to the answer, and back when it is annulled.

use crate::driver::{Browser, DESKTOP, PHONE};
use crate::everyone::{judged, nothing_wrong};
use crate::pages;
use crate::with_paper;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use web::orders::sealing;

/// The first public comment of a story: its number and its words.
const FIRST: &str = "const one = document.querySelector('[data-thread] .comment');
     return [one.id.slice(2), one.querySelector('.comment-words').textContent.trim()];";
/// Fetches what a form's button would save, as base64.
const SAVED: &str = "const done = arguments[arguments.length - 1];
     const form = document.querySelector('form[action*=\"/sealed/\"]');
     fetch(form.action, { method: 'POST' }).then(answer => answer.arrayBuffer())
         .then(bytes => done(btoa(String.fromCharCode(...new Uint8Array(bytes)))));";
/// Puts a file into a form's field, as a person chooses one.
const CHOOSE: &str = "const files = new DataTransfer();
     const bytes = Uint8Array.from(atob(arguments[1]), sign => sign.charCodeAt(0));
     files.items.add(new File([bytes], arguments[2]));
     const field = document.querySelector(arguments[0]);
     field.closest('details')?.setAttribute('open', '');
     field.files = files.files;";

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_carried_out_within_its_hour_and_its_words_come_back_when_it_is_annulled() {
    with_paper(&[], |paper, driver| async move {
        let story = format!("{}{}", paper.address, pages::quiet(&paper.reader()).await);
        let (reader, owner) = (driver.browser(PHONE).await, driver.browser(DESKTOP).await);
        reader.open(&story).await;
        let first = reader.js(FIRST).await;
        let (number, words) = (first[0].as_str().expect("a number"), first[1].as_str().expect("words").to_owned());
        owner.open(&paper.link_for("owner").await).await;
        owner.press("form[action^='/sign-in/'] button").await;
        owner.until_shown("[data-desk]").await;
        let (secret, public) = sealing::new_key();
        owner.open(&format!("{}/desk/orders", paper.address)).await;
        let mut wrong = judged(&owner, "orders").await;
        owner.write("#key-recipient", &public).await;
        owner.press("form[action='/desk/orders/keys'] button").await;
        owner.until_said("main", &public).await;
        enter(&owner).await;
        owner.until_shown("[data-deadline]").await;
        owner.write("#order-addresses", &format!("{story}#c-{number}")).await;
        wrong.extend(judged(&owner, "order").await);
        owner.press("form[action$='/preview'] button.main").await;
        owner.until_said("main", &words).await;
        wrong.extend(judged(&owner, "order-preview").await);
        owner.press("input[name=sure]").await;
        owner.press("form[action$='/execution'] button.danger").await;
        owner.until_shown("form[action*='/sealed/']").await;
        // The open page of a reader and a fresh one.
        let gone = json!(format!("return !document.body.textContent.includes({})", json!(words)));
        crate::running::until("the reader's page without the words", || async {
            (reader.js(gone.as_str().expect("a script")).await == json!(true)).then_some(())
        })
        .await;
        reader.reload().await;
        assert_eq!(reader.js(gone.as_str().expect("a script")).await, json!(true));
        wrong.extend(judged(&owner, "order-carried-out").await);
        let sealed = owner.js_later(SAVED).await;
        let sealed = STANDARD.decode(sealed.as_str().expect("a file")).expect("base64");
        let opened = sealing::open(&secret, &sealed).expect("the owner's key opens it");
        let file = vec![json!("input[id^='opened-']"), json!(STANDARD.encode(opened)), json!("opened.json")];
        owner.js_with(CHOOSE, file).await;
        owner.write("form[action$='/reinstatement'] input[name=why]", "ألغت المحكمة الأمر").await;
        owner.press("form[action$='/reinstatement'] button").await;
        owner.until_said("main", "أُعيد تعليق").await;
        reader.reload().await;
        reader.until_said(&format!("#c-{number} .comment-words"), &words).await;
        owner.press("a[href$='/reply']").await;
        owner.until_said("main", "هيئة متخيلة").await;
        wrong.extend(judged(&owner, "order-reply").await);
        nothing_wrong(&wrong);
        for browser in [&reader, &owner] {
            let said = browser.complaints().await;
            assert!(said.is_empty(), "{said:#?}");
        }
    })
    .await;
}

async fn enter(owner: &Browser) {
    owner.write("#order-authority", "هيئة متخيلة").await;
    owner.write("#order-contact", "redress@authority.example").await;
    owner.write("#order-country", "FR").await;
    owner.write("#order-reference", "7/2026").await;
    owner.press("form[action='/desk/orders'] button.main").await;
}
