//! Entered, looked at, carried out.

use super::{Ordered, WORDS, chosen};
use crate::layout::address;
use crate::tests::browser::Browser;
use axum::http::StatusCode;
use newsroom::people::Role;
use newsroom::{RulingId, SectionId};

#[tokio::test]
async fn an_order_takes_a_comment_from_every_page_and_its_words_are_in_no_table_but_sealed() {
    let mut ordered = Ordered::open().await;
    ordered.with_key().await;
    let (owner, huda) = (ordered.owner().await, Browser::new(&ordered.paper));
    let comment = huda.comments(&ordered.story, "هدى", WORDS).await;
    owner.rules(&ordered.story, comment, "release", "").await;
    assert!(ordered.is_public(WORDS).await);
    let order = ordered.enters(&owner, &[]).await;
    let desk = owner.get("/desk").await;
    desk.assert_order(&["أمر إزالة ينتظر التنفيذ", "هيئة متخيلة", "data-deadline="]);
    let moderator = Browser::of_staff(&ordered.paper, "سلمى", Role::Moderator).await;
    assert!(!moderator.get("/desk").await.text.contains("هيئة متخيلة"), "who may not carry it out is not told");
    let got = ordered.carries_out(&owner, &order, &[1]).await;
    assert_eq!(got.header("location"), order, "{}", got.text);
    assert!(!ordered.is_public(WORDS).await);
    let story = ordered.paper.get(&address::story(&ordered.story.slug)).await;
    assert!(story.text.contains("id=\"c-1\""), "a tombstone keeps its number");
    let entry = ordered.paper.app.store.queue_entry(ordered.story.id, comment).await.expect("a comment");
    assert_eq!((entry.text.as_str(), entry.name.as_str()), ("", ""));
    for table in ["comments", "comment_revisions", "order_comments", "orders", "order_log", "happenings", "rulings"] {
        let rows = ordered.paper.app.store.table_rows(table, None, 1_000).await.expect("rows");
        assert!(!format!("{rows:?}").contains(WORDS), "{table}");
    }
    for path in ["/desk", &format!("/desk/search?words={}", address::encoded("الزهر")), "/desk/log", &order] {
        assert!(!owner.get(path).await.text.contains(WORDS), "{path}");
    }
    assert!(!owner.get("/desk").await.text.contains("أمر إزالة ينتظر"), "the clock has stopped");
    assert_eq!(owner.get("/desk/orders").await.text.matches("هيئة متخيلة").count(), 1);
}

#[tokio::test]
async fn the_author_is_told_of_the_order_and_where_redress_is_sought() {
    let mut ordered = Ordered::open().await;
    ordered.with_key().await;
    let (owner, huda) = (ordered.owner().await, Browser::new(&ordered.paper));
    let comment = huda.comments(&ordered.story, "هدى", WORDS).await;
    owner.rules(&ordered.story, comment, "release", "").await;
    let order = ordered.enters(&owner, &[]).await;
    ordered.carries_out(&owner, &order, &[1]).await;
    let me = huda.get("/me").await;
    me.assert_order(&["تُحفظ كلماته بعيدًا عن القرّاء", "هيئة متخيلة", "ص-٧", "redress@authority.example"]);
    assert!(!me.text.contains("/appeal"), "redress is not with the paper");
    let sent = huda.post(&format!("/me/{comment}/appeal"), &[("text", "لا")]).await;
    assert_eq!(sent.status, StatusCode::CONFLICT);
    let statements = owner.get("/desk/statements.json").await.text;
    let line = statements.lines().find(|line| line.contains("DECISION_GROUND_ILLEGAL_CONTENT")).expect("a statement");
    assert!(line.contains("STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY") && line.contains("هيئة متخيلة"));
    owner.get("/desk/transparency").await.assert_order(&["أوامر الجهات التي نُفّذت", "أقل من دقيقة", "أمر جهة"]);
    assert!(owner.get("/desk/transparency.csv").await.text.contains(",orders,,,,order,,,,0,1"));
}

#[tokio::test]
async fn an_author_who_is_not_to_be_told_learns_of_it_when_that_ends() {
    let mut ordered = Ordered::open().await;
    ordered.with_key().await;
    let (owner, huda) = (ordered.owner().await, Browser::new(&ordered.paper));
    let comment = huda.comments(&ordered.story, "هدى", WORDS).await;
    owner.rules(&ordered.story, comment, "release", "").await;
    let waiting = huda.comments(&ordered.story, "هدى", "كلمات أخرى للأمر").await;
    let order = ordered.enters(&owner, &[("silent", "42")]).await;
    ordered.carries_out(&owner, &order, &[1]).await;
    let desk = format!("/desk/comments/{}/{waiting}", ordered.story.id);
    let seen = owner.post(&format!("{order}/preview"), &[("addresses", &desk)]).await;
    let which = chosen(&seen).remove(0);
    owner.post(&format!("{order}/execution"), &[("which", &which), ("sure", "yes")]).await;
    for path in ["/me".to_owned(), format!("/me/{comment}"), address::story(&ordered.story.slug)] {
        let text = huda.get(&path).await.text;
        for told in ["هيئة متخيلة", "أمر جهة", "ص-٧", "مخالفة للقانون"] {
            assert!(!text.contains(told), "{path}: {told}");
        }
    }
    let copy = huda.get("/me/data.json").await.text;
    for told in ["هيئة متخيلة", "ص-٧", "unlawful", "DECISION_GROUND", "redress@authority.example"] {
        assert!(!copy.contains(told), "{told}: {copy}");
    }
    let log = ordered.paper.get("/moderation-log").await.text;
    assert!(
        !log.contains("مخالفة للقانون") && !log.contains("أُزيل تعليق"),
        "nor everybody, by what is left out: {log}"
    );
    let too_long = owner.post(&format!("{order}/terms"), &[("silent", "43"), ("why", "طلبوا")]).await;
    assert_eq!(too_long.status, StatusCode::UNPROCESSABLE_ENTITY);
    let ended = owner.post(&format!("{order}/terms"), &[("silent", "end"), ("why", "انتهت المهلة")]).await;
    assert_eq!(ended.header("location"), order);
    huda.get("/me").await.assert_order(&["هيئة متخيلة"]);
    assert!(huda.get("/me/data.json").await.text.contains("هيئة متخيلة"));
    assert!(ordered.paper.get("/moderation-log").await.text.contains("مخالفة للقانون"));
    owner.get(&order).await.assert_order(&["غُيّرت المدة أو الإبلاغ", "انتهت المهلة"]);
}

#[tokio::test]
async fn what_an_order_took_comes_back_by_no_click() {
    let ordered = Ordered::open().await;
    let (owner, huda) = (ordered.owner().await, Browser::new(&ordered.paper));
    let comment = huda.comments(&ordered.story, "هدى", WORDS).await;
    owner.rules(&ordered.story, comment, "release", "").await;
    let order = ordered.enters(&owner, &[]).await;
    assert!(owner.get(&order).await.text.contains("ما من مفتاح بعد"));
    ordered.carries_out(&owner, &order, &[1]).await;
    assert!(!ordered.is_public(WORDS).await, "without a key too");
    assert_eq!(owner.rules(&ordered.story, comment, "release", "").await.status, StatusCode::CONFLICT);
    let ruling: RulingId = ordered.paper.app.store.rulings(None, 1).await.expect("rulings").remove(0).ruling.id;
    let form = [("story", ordered.story.id.short())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(owner.post(&format!("/desk/rulings/{ruling}/undo"), &form).await.status, StatusCode::CONFLICT);
    assert!(!ordered.is_public(WORDS).await);
}

#[tokio::test]
async fn nothing_is_taken_unseen_and_all_of_it_or_nothing() {
    let mut ordered = Ordered::open().await;
    ordered.with_key().await;
    let (owner, huda) = (ordered.owner().await, Browser::new(&ordered.paper));
    let comment = huda.comments(&ordered.story, "هدى", WORDS).await;
    let order = ordered.enters(&owner, &[]).await;
    let desk = format!("/desk/comments/{}/{comment}\nhttps://elsewhere.example/x", ordered.story.id);
    let seen = owner.post(&format!("{order}/preview"), &[("addresses", &desk)]).await;
    seen.assert_order(&["لا تعليق بهذه العناوين", "elsewhere.example", "يُرفض ويُختم", WORDS]);
    let which = chosen(&seen).remove(0);
    let unsure = owner.post(&format!("{order}/execution"), &[("which", &which)]).await;
    assert!(unsure.text.contains("أكّد أنك قرأت"));
    let edit = format!("{}/own/{comment}/edit", address::story(&ordered.story.slug));
    huda.post(&edit, &[("name", "هدى"), ("text", "كلمات جديدة كلها")]).await;
    let late = owner.post(&format!("{order}/execution"), &[("which", &which), ("sure", "yes")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.assert_order(&["تغيّرت كلمات تعليق", "كلمات جديدة كلها"]);
    assert!(owner.get("/desk").await.text.contains("أمر إزالة ينتظر"), "nothing was carried out");
    let nothing = owner.post(&format!("{order}/execution"), &[("sure", "yes")]).await;
    assert!(nothing.text.contains("لماذا لا يُزال شيء"));
    let said = owner.post(&format!("{order}/execution"), &[("sure", "yes"), ("why", "لا شيء بهذا العنوان")]).await;
    assert_eq!(said.header("location"), order);
}

#[tokio::test]
async fn copies_by_others_are_suggested_and_a_bound_editor_carries_nothing_out() {
    let mut ordered = Ordered::open().await;
    ordered.with_key().await;
    let owner = ordered.owner().await;
    let long = "هذه كلمات طويلة من الزهر البري عند المحطة القديمة في المرفأ الشرقي";
    let first = Browser::new(&ordered.paper).comments(&ordered.story, "هدى", long).await;
    Browser::new(&ordered.paper).comments(&ordered.story, "كريم", long).await;
    let order = ordered.enters(&owner, &[]).await;
    let desk = format!("/desk/comments/{}/{first}", ordered.story.id);
    let seen = owner.post(&format!("{order}/preview"), &[("addresses", &desk)]).await;
    assert_eq!(chosen(&seen).len(), 1);
    seen.assert_order(&["هدى", "نسخ عند غيره", "كريم"]);
    let bound = Browser::new(&ordered.paper);
    bound.signs_in(Role::Editor, &[SectionId(1)], ordered.paper.app.now()).await;
    assert_eq!(bound.get(&order).await.status, StatusCode::FORBIDDEN);
    let wrong = owner.post("/desk/orders", &[("kind", "court"), ("authority", "محكمة"), ("country", "x")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("value=\"محكمة\""), "what was typed is still there");
}
