//! What persons decide, and take back.

use crate::paper::{HUDA, KARIM, RELEASE, on_both};
use newsroom::acting::{Acting, ActingRule};
use newsroom::comment::{Decision, RefusalReason, Revision, RuledBy, Ruling, State};
use newsroom::happening::What;
use newsroom::people::Actor;
use newsroom::story::CommentPolicy;
use newsroom::{ActingId, CommentId, RulingId, StoryId};
use store::StoreError;
use store::queue::{Carried, SENT_BEFORE};

#[tokio::test]
async fn every_ruling_is_one_happening_with_who_and_why() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        let ruling = paper.ruling(story, comment, RELEASE);
        let happening = paper.store.rule(&ruling, Revision::FIRST).await.unwrap();
        let released = What::CommentReleased { story, comment, number: 1, ruling: Some(ruling.id) };
        assert_eq!((happening.what, happening.by), (released, paper.by()));
        assert_eq!((happening.at, happening.why.as_str()), (ruling.at, "حسب قواعد الدار"));
        let folded = paper.ruling(story, comment, Decision::Release { collapsed: true, links: false });
        let happening = paper.store.rule(&folded, Revision::FIRST).await.unwrap();
        assert_eq!(happening.what, What::CommentCollapsed { story, comment, collapsed: true });
        let reason = RefusalReason::Insult;
        let down = paper.ruling(story, comment, Decision::TakeDown { reason });
        let happening = paper.store.rule(&down, Revision::FIRST).await.unwrap();
        assert_eq!(happening.what, What::CommentTakenDown { story, comment, reason, ruling: Some(down.id) });
        let happened = paper.happened().await;
        let rulings = ["comment-held", "comment-released", "comment-collapsed", "comment-taken-down"];
        assert_eq!(happened[happened.len() - 4..], rulings);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn a_decision_that_restricts_is_kept_as_a_statement_of_reasons() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        let refusal = paper.ruling(story, comment, Decision::Refuse { reason: RefusalReason::Violence });
        paper.store.rule(&refusal, Revision::FIRST).await.unwrap();
        let stated = paper.store.statement(refusal.id).await.unwrap().expect("a statement");
        assert_eq!(stated.puid, refusal.id.short());
        assert_eq!(stated.decision_visibility, ["DECISION_VISIBILITY_CONTENT_DISABLED"]);
        assert_eq!(
            (stated.category.as_str(), stated.source_type.as_str()),
            ("STATEMENT_CATEGORY_VIOLENCE", "SOURCE_VOLUNTARY")
        );
        assert_eq!(stated.automated_decision, "AUTOMATED_DECISION_NOT_AUTOMATED");
        assert_eq!((stated.application_date, stated.end_date), (refusal.at, None));
        paper.undoes(story, refusal.id).await.unwrap();
        let ended = paper.store.statement(refusal.id).await.unwrap().expect("still stated");
        assert!(ended.end_date.is_some_and(|end| end >= refusal.at));

        let release = paper.ruling(story, comment, RELEASE);
        paper.store.rule(&release, Revision::FIRST).await.unwrap();
        assert_eq!(paper.store.statement(release.id).await, Ok(None), "nothing was restricted");
        assert_eq!(paper.store.statement(RulingId(404)).await, Err(StoreError::NotFound));
    })
    .await;
}

#[tokio::test]
async fn a_decision_that_does_not_fit_the_state_changes_nothing() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        assert_eq!(paper.takes_down(story, comment).await, Err(StoreError::Conflict("held".into())));
        paper.refuses(story, comment).await.unwrap();
        assert_eq!(paper.refuses(story, comment).await, Err(StoreError::Conflict("refused".into())));
        assert_eq!(paper.refuses(story, CommentId(404)).await, Err(StoreError::NotFound));
        assert_eq!(paper.refuses(StoryId(404), comment).await, Err(StoreError::NotFound));
        assert_eq!(paper.store.rulings(None, 10).await.unwrap().len(), 1);
        assert_eq!(paper.store.queue_entry(story, comment).await.unwrap().state, State::Refused);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn the_same_ruling_is_not_carried_out_twice() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        let ruling = paper.ruling(story, comment, RELEASE);
        paper.store.rule(&ruling, Revision::FIRST).await.unwrap();
        let again = paper.store.rule(&ruling, Revision::FIRST).await;
        assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
        assert_eq!(paper.store.released_count(story).await.unwrap(), 1);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn rulings_are_undone_one_after_the_other_down_to_the_first() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        let refused = paper.refuses(story, comment).await.unwrap();
        let decision = Decision::Release { collapsed: true, links: true };
        let released = paper.rules(story, comment, decision).await.unwrap();
        let down = paper.takes_down(story, comment).await.unwrap();
        let state = || {
            let store = paper.store.clone();
            async move { store.queue_entry(story, comment).await.unwrap().state }
        };
        let too_early = paper.undoes(story, released).await;
        assert_eq!(too_early, Err(StoreError::Conflict("rulings".into())), "another one came after it");
        let happening = paper.undoes(story, down).await.unwrap();
        assert_eq!(happening.what, What::RulingUndone { story, comment, ruling: down });
        assert_eq!(state().await, State::Released);
        assert_eq!(paper.undoes(story, down).await, Err(StoreError::Conflict("rulings".into())), "only once");
        paper.undoes(story, released).await.unwrap();
        assert_eq!(state().await, State::Refused);
        let own = paper.store.own_comment(story, comment, HUDA).await.unwrap();
        assert_eq!((own.reason, own.number), (Some(RefusalReason::OffTopic), Some(1)));
        paper.undoes(story, refused).await.unwrap();
        assert_eq!(state().await, State::Held);
        assert_eq!(paper.store.own_comment(story, comment, HUDA).await.unwrap().reason, None);
        assert_eq!(paper.store.queue_counts().await.unwrap(), (1, 0));
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn a_comment_its_author_took_back_stays_taken_back() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        let released = paper.releases(story, comment).await.unwrap();
        paper.store.withdraw_comment(story, comment, HUDA, paper.now()).await.unwrap();
        let gone = Err(StoreError::Conflict("withdrawn".into()));
        assert_eq!(paper.undoes(story, released).await.map(drop), gone);
        assert_eq!(paper.releases(story, comment).await.map(drop), gone);
        assert!(!paper.store.rulings(None, 1).await.unwrap()[0].can_be_undone);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn there_is_nothing_to_undo_where_nothing_was_ruled() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        let ruling = paper.releases(story, comment).await.unwrap();
        assert_eq!(paper.undoes(story, RulingId(404)).await, Err(StoreError::NotFound));
        assert_eq!(paper.undoes(StoryId(404), ruling).await, Err(StoreError::NotFound));
    })
    .await;
}

#[tokio::test]
async fn the_log_tells_who_decided_what_and_what_can_still_be_undone() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let (first, second) = (paper.says(HUDA, story, "رأي").await, paper.says(KARIM, story, "آخر").await);
        let released = paper.releases(story, first).await.unwrap();
        let down = paper.takes_down(story, first).await.unwrap();
        let refused = paper.refuses(story, second).await.unwrap();
        let at = paper.now();
        paper.store.undo(refused, story, Actor::Program, at).await.unwrap();
        let lines = paper.store.rulings(None, 10).await.unwrap();
        let told = lines.iter().map(|line| (line.ruling.id, line.can_be_undone));
        assert_eq!(told.collect::<Vec<_>>(), [(refused, false), (down, true), (released, false)]);
        assert_eq!(lines[0].undone, Some((at, String::new())), "nobody undid it by hand");
        let line = &lines[1];
        assert_eq!((line.by_name.as_str(), line.headline.as_str()), ("سلمى", "الترام"));
        assert_eq!((line.name.as_str(), line.text.as_str(), &line.undone), ("هدى", "رأي", &None));
        assert_eq!(line.ruling.decision, Decision::TakeDown { reason: RefusalReason::PrivateData });
        paper.undoes(story, down).await.unwrap();
        let lines = paper.store.rulings(Some(refused), 10).await.unwrap();
        assert_eq!(lines[0].undone.as_ref().map(|(_, by)| by.as_str()), Some("سلمى"));
        let told = lines.iter().map(|line| (line.ruling.id, line.can_be_undone));
        assert_eq!(told.collect::<Vec<_>>(), [(down, false), (released, true)]);
        assert_eq!(paper.store.rulings(Some(refused), 1).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_visitor_has_a_standing_that_follows_the_rulings() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let ids = [paper.says(HUDA, story, "أ").await, paper.says(HUDA, story, "ب").await];
        let third = paper.says(HUDA, story, "ج").await;
        paper.releases(story, ids[0]).await.unwrap();
        paper.refuses(story, ids[1]).await.unwrap();
        let standing = || {
            let store = paper.store.clone();
            async move { store.queue_entry(story, third).await.unwrap().standing }
        };
        assert_eq!(standing().await, (1, 1));
        let down = paper.takes_down(story, ids[0]).await.unwrap();
        assert_eq!(standing().await, (0, 2));
        paper.undoes(story, down).await.unwrap();
        paper.store.withdraw_comment(story, ids[0], HUDA, paper.now()).await.unwrap();
        assert_eq!(standing().await, (0, 1));
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn a_ruling_about_other_words_than_the_comment_has_is_not_carried_out() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "كلام قُرئ").await;
        let ruling = paper.ruling(story, comment, RELEASE);
        for read in [Revision(1), Revision(-1)] {
            let alone = paper.store.rule(&ruling, read).await;
            assert!(matches!(&alone, Err(StoreError::Conflict(why)) if why == store::queue::REWRITTEN), "{alone:?}");
            let named = paper.store.rule_in_act(&ruling, read, "act-1").await;
            assert!(matches!(named, Err(StoreError::Conflict(_))), "{named:?}");
            let many = paper.store.rule_many(&[(ruling.clone(), read)], "act-1").await.unwrap();
            assert_eq!(many, [store::queue::Carried::Not(store::queue::REWRITTEN.into())]);
        }
        let entry = paper.store.queue_entry(story, comment).await.unwrap();
        assert_eq!((entry.state, entry.revision), (State::Held, Revision::FIRST));
        assert_eq!(paper.store.rulings(None, 5).await.unwrap(), [], "and leaves no row");
        paper.store.rule(&ruling, Revision::FIRST).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn no_rule_decides_about_what_somebody_has_ruled_on_also_where_that_was_undone() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        let acting = Acting { rule: ActingRule::TrustedReaders, under: ActingId(1) };
        let by_rule = |decision| Ruling { by: RuledBy::Rule(acting), ..paper.ruling(story, comment, decision) };
        let first = by_rule(RELEASE);
        paper.store.rule_as_read(&first, "رأي").await.unwrap();
        paper.undoes(story, first.id).await.unwrap();
        let mut again = paper.submission(HUDA, story, "رأي");
        again.submitted.id = comment;
        paper.store.rewrite_comment(&again).await.unwrap();
        for decision in [RELEASE, Decision::Refuse { reason: RefusalReason::Repeated }] {
            let got = paper.store.rule_as_read(&by_rule(decision), "رأي").await;
            assert_eq!(got, Err(StoreError::Conflict("ruled".into())), "{decision:?}");
        }
        assert_eq!(paper.store.queue_entry(story, comment).await.unwrap().state, State::Held);
        paper.rules_on_words(story, comment, RELEASE, Revision(1)).await.expect("a person does");
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn an_act_rules_on_a_comment_once_however_often_it_is_sent() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        let ruling = || paper.ruling(story, comment, RELEASE);
        paper.store.rule_in_act(&ruling(), Revision::FIRST, "act-1").await.unwrap();
        let again = paper.store.rule_in_act(&ruling(), Revision::FIRST, "act-1").await;
        assert_eq!(again, Err(StoreError::Conflict(SENT_BEFORE.into())));
        let many = paper.store.rule_many(&[(ruling(), Revision::FIRST)], "act-1").await.unwrap();
        assert_eq!(many, [Carried::Not(SENT_BEFORE.into())]);
        assert_eq!(paper.store.rulings(None, 5).await.unwrap().len(), 1);
        paper.store.rule_in_act(&ruling(), Revision::FIRST, "act-2").await.expect("another press is another act");
    })
    .await;
}

#[tokio::test]
async fn what_the_paper_has_chosen_is_not_chosen_any_more_once_it_was_not_public() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        let released = paper.releases(story, comment).await.unwrap();
        paper.store.feature((story, comment), true, paper.by(), paper.now()).await.unwrap();
        paper.rules(story, comment, Decision::Release { collapsed: true, links: false }).await.unwrap();
        assert!(paper.store.queue_entry(story, comment).await.unwrap().featured, "it was public all the while");
        let folded = paper.store.rulings(None, 1).await.unwrap().remove(0).ruling.id;
        paper.undoes(story, folded).await.unwrap();
        paper.undoes(story, released).await.unwrap();
        let mut other = paper.submission(HUDA, story, "كلام آخر");
        other.submitted.id = comment;
        paper.store.rewrite_comment(&other).await.unwrap();
        paper.rules_on_words(story, comment, RELEASE, Revision(1)).await.unwrap();
        assert!(!paper.store.queue_entry(story, comment).await.unwrap().featured, "nobody has chosen these words");
        assert!(paper.store.featured(story, 5).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn under_a_held_thread_nothing_that_waits_goes_public_and_no_rule_decides() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let (public, _) = paper.shows(HUDA, story, None, "قبل").await;
        let (waiting, other) = (paper.says(KARIM, story, "بعد").await, paper.says(KARIM, story, "وبعد").await);
        let set = |policy| paper.store.set_comment_policy(story, policy, paper.by(), paper.now());
        set(CommentPolicy::HeldBack).await.unwrap();
        let held = || StoreError::Conflict(store::queue::HELD_BACK.into());
        assert_eq!(paper.releases(story, waiting).await, Err(held()));
        let many = [(paper.ruling(story, waiting, RELEASE), Revision::FIRST)];
        let many = paper.store.rule_many(&many, "act").await.unwrap();
        assert_eq!(many, [Carried::Not(store::queue::HELD_BACK.into())]);
        let by = RuledBy::Rule(Acting { rule: ActingRule::Limits, under: ActingId(1) });
        let refused = Decision::Refuse { reason: RefusalReason::Repeated };
        let by_rule = Ruling { by, ..paper.ruling(story, waiting, refused) };
        assert_eq!(paper.store.rule_as_read(&by_rule, "بعد").await, Err(held()));
        paper.refuses(story, other).await.unwrap();
        paper.rules(story, public, Decision::Release { collapsed: true, links: false }).await.unwrap();
        paper.takes_down(story, public).await.unwrap();
        set(CommentPolicy::OpenAfterReview).await.unwrap();
        paper.releases(story, waiting).await.unwrap();
        paper.agrees_with_itself().await;
    })
    .await;
}
