//! What teaches, what was taught, and what is used.

use crate::both::on_both;
use crate::paper::{at, comment, fill};
use newsroom::comment::{Decision, RefusalReason, Revision, RuledBy, Ruling};
use newsroom::happening::What;
use newsroom::learning::{Report, Source};
use newsroom::people::{Actor, Role, Visitor};
use newsroom::{CommentId, RulingId, StoryId, Timestamp, VisitorId};
use store::learning::{NewLayer, NewLearning, RunState, Used};
use store::quality::Week;
use store::{Store, StoreError};

fn layer(bytes: &[u8], models: &str) -> NewLayer {
    let fingerprints = ["aa".repeat(8), "bb".repeat(8), models.to_owned()];
    NewLayer { by: None, decisions: 3, fingerprints, report: Report::default(), bytes: bytes.to_vec() }
}

async fn rule(store: &Store, by: RuledBy, about: (StoryId, CommentId), decision: Decision, second: i64) -> RulingId {
    let id = RulingId(store.id(at(second)));
    let (story, comment) = about;
    let ruling = Ruling { id, story, comment, decision, by, at: at(second), why: String::new() };
    store.rule(&ruling, Revision::FIRST).await.unwrap();
    id
}

#[tokio::test]
async fn rulings_that_stand_are_told_from_the_newest_with_second_looks_and_without_texts() {
    on_both(|store| async move {
        let paper = fill(&store).await;
        let nadir = store.add_staff("نادر", Role::Moderator, at(0)).await.unwrap();
        let insult = Decision::Refuse { reason: RefusalReason::Insult };
        let held = (paper.tram, comment(&store, paper.tram, Visitor { id: VisitorId(9) }, "كلمة", None, 20_000).await);
        let first = rule(&store, RuledBy::Staff(nadir.id), held, insult, 20_001).await;
        let week = Week { from: at(19_999), to: at(9_000_000) };
        store.draw_sample(week, 7).await.unwrap();
        store.keep_second_look(first, None, paper.salma.id, at(20_003)).await.unwrap();

        let all = store.decisions_before(None, 100).await.unwrap();
        assert!(all.windows(2).all(|two| two[0].ruling > two[1].ruling), "the newest first");
        assert_eq!((all[0].ruling, all[0].about, all[0].by), (first, held, Some(nadir.id)));
        assert_eq!((all[0].decision, all[0].second), (insult, Some((None, paper.salma.id))));
        assert!(all[0].readable && all[0].copies.is_some());
        // What was taken down was released before: both stand, and the newest is told first.
        let of_taken_down: Vec<_> = all.iter().filter(|one| one.about.1 == paper.taken_down).collect();
        assert!(matches!(of_taken_down[0].decision, Decision::TakeDown { .. }) && of_taken_down.len() == 2);
        // The ruling on the bridge's comment was undone.
        assert!(all.iter().all(|one| one.about.0 != paper.bridge));
        let rest = store.decisions_before(Some(all[0].ruling), 1).await.unwrap();
        assert_eq!(rest, [all[1].clone()]);

        let sources = [held.1, paper.withdrawn, CommentId(1)].map(|id| Source::Comment(paper.tram, id));
        assert_eq!(store.texts_of(sources.to_vec()).await.unwrap(), [Some("كلمة".to_owned()), None, None]);
        let judged = store.judged_of(vec![held, (paper.tram, CommentId(1))]).await.unwrap();
        assert_eq!(judged.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["كلمة"]);
        // Its words have had their time; what they taught stays in the layers.
        while store.sweep_refused(Timestamp::MAX, at(30_000), 50).await.unwrap() > 0 {}
        let gone = store.decisions_before(None, 1).await.unwrap();
        assert!(!gone[0].readable);
        assert_eq!(store.texts_of(vec![Source::Comment(held.0, held.1)]).await.unwrap(), [None]);
    })
    .await;
}

#[tokio::test]
async fn a_layer_is_kept_used_switched_off_and_taken_back_and_each_is_a_version() {
    on_both(|store| async move {
        let by = store.add_staff("نادية", Role::Editor, at(0)).await.unwrap().id;
        assert!(store.learning().await.unwrap().is_none() && store.layers(9).await.unwrap().is_empty());
        let (first, happening) = store.keep_layer(layer(&[1], "cc"), at(1)).await.unwrap();
        assert_eq!((happening.what, happening.by), (What::LayerLearned { layer: first, decisions: 3 }, Actor::Program));
        let (second, _) = store.keep_layer(NewLayer { by: Some(by), ..layer(&[2], "dd") }, at(2)).await.unwrap();
        let switch = |was, layer| NewLearning {
            was,
            used: Used { layer, weekly: true, suggestions: false },
            by,
            why: "تجربة".to_owned(),
        };
        let (on, happening) = store.keep_learning(switch(None, Some(second)), at(3)).await.unwrap();
        assert_eq!((happening.what, happening.by), (What::LearningChanged { learning: on }, Actor::Staff(by)));
        let late = store.keep_learning(switch(None, None), at(4)).await;
        assert!(matches!(late, Err(StoreError::Conflict(_))), "{late:?}");
        let unknown = store.keep_learning(switch(Some(on), Some(newsroom::LayerId(7))), at(4)).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)), "{unknown:?}");
        let (off, _) = store.keep_learning(switch(Some(on), None), at(5)).await.unwrap();
        store.keep_learning(switch(Some(off), Some(first)), at(6)).await.unwrap();

        let holds = store.learning().await.unwrap().unwrap();
        assert_eq!((holds.used.layer, holds.by_name.as_str(), holds.used.weekly), (Some(first), "نادية", true));
        let used: Vec<_> = store.learnings(9).await.unwrap().into_iter().map(|version| version.used.layer).collect();
        assert_eq!(used, [Some(first), None, Some(second)]);
        let lines = store.layers(9).await.unwrap();
        assert_eq!(
            lines.iter().map(|line| (line.id, line.by_name.as_str())).collect::<Vec<_>>(),
            [(second, "نادية"), (first, "")]
        );
        assert_eq!(store.layer_bytes(first).await.unwrap(), Some(vec![1]));
        assert_eq!(store.layer_of_models("dd").await.unwrap(), Some(vec![2]));
        // Those that were used stay, whatever is taught after them.
        for second in 10..40 {
            store.keep_layer(layer(&[3], "ee"), at(second)).await.unwrap();
        }
        assert_eq!(store.layers(99).await.unwrap().len(), 10, "two that were used, and the eight newest");
        assert_eq!(store.layer_of_models("cc").await.unwrap(), Some(vec![1]));
    })
    .await;
}

#[tokio::test]
async fn one_teaches_at_a_time_and_a_dead_one_is_taken_over() {
    on_both(|store| async move {
        assert_eq!(store.take_learning_run(at(0), at(60)).await.unwrap(), None);
        let by = store.add_staff("نادية", Role::Editor, at(0)).await.unwrap().id;
        let id = store.ask_to_learn(Some(by), at(1)).await.unwrap();
        let twice = store.ask_to_learn(None, at(2)).await;
        assert!(matches!(twice, Err(StoreError::Conflict(_))), "{twice:?}");
        let run = store.take_learning_run(at(3), at(60)).await.unwrap().unwrap();
        assert_eq!((run.id, run.by, run.state), (id, Some(by), RunState::Running));
        assert_eq!(store.take_learning_run(at(4), at(60)).await.unwrap(), None, "somebody is at it");
        store.note_learning_run(id, (5, 20), at(100)).await.unwrap();
        let now = store.learning_run().await.unwrap().unwrap();
        assert!(now.is_open(at(99)) && !now.is_open(at(100)) && now.steps == (5, 20));
        assert!(store.take_learning_run(at(101), at(200)).await.unwrap().is_some(), "whoever was at it is silent");
        store.end_learning_run(id, RunState::TooFew, None).await.unwrap();
        let over = store.learning_run().await.unwrap().unwrap();
        assert_eq!((over.state, over.is_open(at(102))), (RunState::TooFew, false));
        store.ask_to_learn(None, at(103)).await.unwrap();
    })
    .await;
}
