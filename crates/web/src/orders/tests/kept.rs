//! What is sealed: taken out by its owner alone, put back exactly, erased in time.

use super::{Ordered, WORDS, uploads};
use crate::layout::address;
use crate::orders::envelope::Envelope;
use crate::orders::sealing::{new_key, open, recipient, seal};
use crate::tests::browser::Browser;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use newsroom::order::MOST_DOCUMENT;
use newsroom::people::{Actor, Role};
use newsroom::{CommentId, Timestamp, VisitorId};
use store::erasures::Scope;
use tower::ServiceExt;

/// The bytes of a sealed file, as the owner's browser takes them.
async fn takes(ordered: &Ordered, by: &Browser<'_>, path: &str) -> Vec<u8> {
    let cookies = by.jar().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    let request = Request::post(path).header("cookie", cookies).header("sec-fetch-site", "same-origin");
    let request = request.body(Body::empty()).expect("a request");
    let response = crate::routes::router(ordered.paper.app.clone()).oneshot(request).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["cache-control"], "private, no-store");
    to_bytes(response.into_body(), usize::MAX).await.expect("a whole body").to_vec()
}

/// A comment that was public at number 1, and is under an order.
async fn removed(ordered: &mut Ordered, key: bool) -> (String, CommentId) {
    if key {
        ordered.with_key().await;
    }
    let owner = ordered.owner().await;
    let comment = Browser::new(&ordered.paper).comments(&ordered.story, "هدى", WORDS).await;
    owner.rules(&ordered.story, comment, "release", "").await;
    let order = ordered.enters(&owner, &[]).await;
    ordered.carries_out(&owner, &order, &[1]).await;
    (order, comment)
}

#[tokio::test]
async fn the_owner_takes_opens_and_puts_back_exactly_what_was_sealed() {
    let mut ordered = Ordered::open().await;
    let (order, comment) = removed(&mut ordered, true).await;
    let owner = Browser::of_staff(&ordered.paper, "ثالثة", Role::Owner).await;
    let editor = Browser::of_staff(&ordered.paper, "محررة", Role::Editor).await;
    let file = format!("{order}/sealed/{}/{comment}", ordered.story.id);
    assert_eq!(editor.post(&file, &[]).await.status, StatusCode::FORBIDDEN);
    let sealed = takes(&ordered, &owner, &file).await;
    assert!(sealed.starts_with(b"age-encryption.org/v1"), "any age program reads it");
    assert_eq!(open(&new_key().0, &sealed), None, "nobody else");
    let opened = open(&ordered.secret, &sealed).expect("opened");
    let envelope = Envelope::read(&opened).expect("an envelope");
    assert_eq!((envelope.text.as_str(), envelope.name.as_str(), envelope.number), (WORDS, "هدى", Some(1)));
    owner.get(&order).await.assert_order(&["نُزّل المختوم", "ثالثة"]);
    let which = format!("{}.{comment}", ordered.story.id);
    let fields = [("which", which.as_str()), ("why", "ألغت المحكمة الأمر")];
    let path = format!("{order}/reinstatement");
    let forged = String::from_utf8(opened.clone()).expect("text").replace(WORDS, "كلمات غيرها").into_bytes();
    let got = uploads(&ordered.paper, &owner, &path, &fields, ("x.json", &forged)).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(got.text.contains("ليست هذه الكلمات التي خُتمت") && !ordered.is_public("كلمات").await);
    let got = uploads(&ordered.paper, &owner, &path, &fields, ("x.json", &opened)).await;
    assert_eq!(got.header("location"), order, "{}", got.text);
    ordered.paper.get(&address::story(&ordered.story.slug)).await.assert_order(&["id=\"c-1\"", "هدى", WORDS]);
    let found = owner.get("/desk/search?words=%D8%A7%D9%84%D8%B2%D9%87%D8%B1").await.text;
    assert!(found.contains(&format!("/desk/comments/{}/{comment}", ordered.story.id)), "found again: {found}");
    assert_eq!(owner.post(&file, &[]).await.status, StatusCode::NOT_FOUND, "nothing is kept of it any more");
    assert_eq!(ordered.paper.app.store.check().await.expect("a check"), []);
}

/// Its author asks for erasure while an order keeps it.
async fn erased_meanwhile(ordered: &Ordered, comment: CommentId) {
    let (store, now) = (&ordered.paper.app.store, ordered.paper.app.now());
    let author = store.author_of(ordered.story.id, comment).await.expect("an author");
    let (scope, by) = (Scope::Everything(VisitorId(-1)), Actor::Visitor(author));
    let asked = store.ask_erasure(author, scope, (by, ""), now).await.expect("asked");
    while !store.carry_on_erasure(asked, now).await.expect("a step").done {}
    assert_eq!(store.erasure(asked).await.expect("an erasure").comments, 1, "as any other: the order is not hinted at");
    assert_eq!(
        store.author_of(ordered.story.id, comment).await.expect("the number"),
        author,
        "until the order lets go"
    );
}

#[tokio::test]
async fn what_its_author_erased_meanwhile_does_not_come_back_when_the_order_is_annulled() {
    let mut ordered = Ordered::open().await;
    let (order, comment) = removed(&mut ordered, true).await;
    let owner = ordered.owner().await;
    let sealed = takes(&ordered, &owner, &format!("{order}/sealed/{}/{comment}", ordered.story.id)).await;
    let opened = open(&ordered.secret, &sealed).expect("opened");
    erased_meanwhile(&ordered, comment).await;
    let which = format!("{}.{comment}", ordered.story.id);
    let fields = [("which", which.as_str()), ("why", "ألغت المحكمة الأمر")];
    let got = uploads(&ordered.paper, &owner, &format!("{order}/reinstatement"), &fields, ("x.json", &opened)).await;
    assert_eq!(got.header("location"), order, "{}", got.text);
    assert!(!ordered.is_public(WORDS).await);
    let store = &ordered.paper.app.store;
    assert_eq!(store.queue_entry(ordered.story.id, comment).await.expect("a comment").text, "");
    assert!(store.author_of(ordered.story.id, comment).await.is_err(), "nobody's");
    assert_eq!(store.check().await.expect("a check"), []);
}

#[tokio::test]
async fn what_its_author_erased_meanwhile_is_nobodys_when_the_order_ends() {
    let mut ordered = Ordered::open().await;
    let (_, comment) = removed(&mut ordered, false).await;
    erased_meanwhile(&ordered, comment).await;
    let store = &ordered.paper.app.store;
    assert_eq!(
        store.queue_entry(ordered.story.id, comment).await.expect("a comment").text,
        WORDS,
        "kept for the order"
    );
    let late = Timestamp::from_second(ordered.paper.app.now().as_second() + 184 * 86_400).expect("a time");
    assert_eq!(store.end_orders(late, 20).await.expect("ended").len(), 1);
    assert_eq!(store.queue_entry(ordered.story.id, comment).await.expect("a comment").text, "");
    assert!(store.author_of(ordered.story.id, comment).await.is_err(), "nobody's");
    assert_eq!(store.check().await.expect("a check"), []);
}

#[tokio::test]
async fn after_six_months_nothing_is_left_but_its_number() {
    let mut ordered = Ordered::open().await;
    let (order, comment) = removed(&mut ordered, true).await;
    let owner = ordered.owner().await;
    let days = |days: i64| Timestamp::from_second(ordered.paper.app.now().as_second() + days * 86_400).expect("a time");
    let store = &ordered.paper.app.store;
    assert_eq!(store.end_orders(days(182), 20).await.expect("ended"), []);
    let more = owner.post(&format!("{order}/terms"), &[("keep", "٣٠"), ("why", "طلب الادعاء")]).await;
    assert_eq!(more.header("location"), order, "{}", more.text);
    assert_eq!(store.end_orders(days(200), 20).await.expect("ended"), []);
    assert_eq!(store.end_orders(days(214), 20).await.expect("ended").len(), 1);
    assert_eq!(store.end_orders(days(214), 20).await.expect("ended"), [], "once");
    let file = format!("{order}/sealed/{}/{comment}", ordered.story.id);
    assert_eq!(owner.post(&file, &[]).await.status, StatusCode::NOT_FOUND);
    owner.get(&order).await.assert_order(&["مُحي المحفوظ", "انتهت المدة"]);
    let kept = store.table_rows("order_comments", None, 10).await.expect("rows");
    assert!(kept[0]["sealed"].is_null() && kept[0]["print"].as_str().is_some_and(|print| print.len() == 64));
}

#[tokio::test]
async fn what_was_removed_without_a_key_outlives_the_sweep_and_is_sealed_when_there_is_one() {
    let mut ordered = Ordered::open().await;
    let (order, comment) = removed(&mut ordered, false).await;
    let store = store::Store::clone(&ordered.paper.app.store);
    let late = Timestamp::from_second(ordered.paper.app.now().as_second() + 100 * 86_400).expect("a time");
    assert_eq!(store.sweep_refused(late, late, 10).await.expect("swept"), 0, "an order keeps it");
    let text = || async { store.queue_entry(ordered.story.id, comment).await.expect("a comment").text };
    assert_eq!(text().await, WORDS);
    let mut ordered = ordered;
    ordered.with_key().await;
    assert_eq!(store.queue_entry(ordered.story.id, comment).await.expect("a comment").text, "");
    let owner = ordered.owner().await;
    let sealed = takes(&ordered, &owner, &format!("{order}/sealed/{}/{comment}", ordered.story.id)).await;
    let opened = Envelope::read(&open(&ordered.secret, &sealed).expect("opened")).expect("an envelope");
    assert_eq!(opened.text, WORDS);
}

#[tokio::test]
async fn a_document_is_known_by_its_content_and_sealed() {
    let mut ordered = Ordered::open().await;
    let (order, _) = removed(&mut ordered, true).await;
    let owner = ordered.owner().await;
    let path = format!("{order}/document");
    let program = uploads(&ordered.paper, &owner, &path, &[], ("order.pdf", b"MZ\x90\x00\x03")).await;
    assert!(program.text.contains("ليس هذا PDF"), "{}", program.text);
    let large = vec![b'a'; MOST_DOCUMENT + 128 * 1024];
    let large = uploads(&ordered.paper, &owner, &path, &[], ("order.txt", &large)).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    let pdf = b"%PDF-1.4 an invented order";
    let got = uploads(&ordered.paper, &owner, &path, &[], ("أمر.pdf", pdf)).await;
    assert_eq!(got.header("location"), order, "{}", got.text);
    owner.get(&order).await.assert_order(&["أمر.pdf", "application/pdf", "SHA-256"]);
    let sealed = takes(&ordered, &owner, &format!("{order}/document/taking")).await;
    assert_eq!(open(&ordered.secret, &sealed).as_deref(), Some(&pdf[..]));
}

#[tokio::test]
async fn the_reply_has_the_facts_and_no_word_of_what_was_removed() {
    let mut ordered = Ordered::open().await;
    let (order, comment) = removed(&mut ordered, true).await;
    let owner = ordered.owner().await;
    let json = owner.get(&format!("{order}/reply.json")).await.text;
    let json: serde_json::Value = serde_json::from_str(&json).expect("json");
    assert_eq!((&json["reference"], &json["minutes_from_receipt"]), (&"ص-٧".into(), &0.into()));
    assert_eq!(json["removed"][0]["comment"], comment.short());
    assert_eq!(json["removed"][0]["action"], "removed");
    for path in ["reply", "reply.txt", "reply.json"] {
        let text = owner.get(&format!("{order}/{path}")).await.text;
        assert!(text.contains("هيئة متخيلة") && text.contains("/comments/1"), "{text}");
        assert!(!text.contains(WORDS) && !text.contains("هدى"), "{path}");
    }
}

#[test]
fn only_public_keys_are_keys_and_each_of_several_opens() {
    let ((one, first), (two, second)) = (new_key(), new_key());
    assert_eq!(recipient(&format!(" {first}\n")).as_deref(), Some(first.as_str()));
    for wrong in ["", "age1xyz", one.as_str()] {
        assert_eq!(recipient(wrong), None, "{wrong}");
    }
    let sealed = seal(&[first, second], "كلمة".as_bytes()).expect("sealed");
    for key in [one, format!("# a line\n{two}\n")] {
        assert_eq!(open(&key, &sealed).as_deref(), Some("كلمة".as_bytes()));
    }
    assert_eq!(seal(&[], b"x"), None);
}

#[tokio::test]
async fn what_was_typed_wrong_is_put_right_and_what_stood_there_stays_in_the_log() {
    let ordered = Ordered::open().await;
    let owner = ordered.owner().await;
    let order = ordered.enters(&owner, &[]).await;
    let form = owner.get(&format!("{order}/facts")).await.text;
    assert!(form.contains("value=\"ص-٧\"") && form.contains("value=\"FR\""), "{form}");
    let received = form.split("name=\"received\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let facts = [("kind", "court"), ("authority", "هيئة متخيلة"), ("country", "fr"), ("contact", "")];
    let rest = [("reference", "ص-٨"), ("received", received)];
    let without_why = owner.post(&format!("{order}/facts"), &[&facts[..], &rest].concat()).await;
    assert_eq!(without_why.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without_why.text.contains("value=\"ص-٨\""), "what was typed comes back");
    let id = newsroom::OrderId::from_short(order.rsplit('/').next().unwrap()).unwrap();
    let before = ordered.paper.app.store.order(id).await.unwrap().entered;
    let got = owner.post(&format!("{order}/facts"), &[&facts[..], &rest, &[("why", "خطأ في النقل")]].concat()).await;
    assert_eq!(got.header("location"), order, "{}", got.text);
    let after = ordered.paper.app.store.order(id).await.unwrap().entered;
    assert_eq!((after.reference.as_str(), after.kind), ("ص-٨", newsroom::order::OrderKind::Court));
    assert_eq!(after.received_at, before.received_at, "the clock counts from the same second");
    let page = owner.get(&order).await.text;
    assert!(page.contains("خطأ في النقل") && page.contains("ص-٧") && page.contains("صُحّحت"), "{page}");
    let lines = ordered.paper.app.store.order_lines(id).await.unwrap().len();
    let same = [("kind", "court"), ("authority", "هيئة متخيلة"), ("country", "FR"), ("contact", "")];
    owner.post(&format!("{order}/facts"), &[&same[..], &rest, &[("why", "لا شيء")]].concat()).await;
    assert_eq!(
        ordered.paper.app.store.order_lines(id).await.unwrap().len(),
        lines,
        "nothing changed, nothing is noted"
    );
}
