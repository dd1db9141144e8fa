//! Orders of authorities.

use crate::paper::{HUDA, KARIM, Paper, on_both};
use newsroom::comment::{Revision, Source, State};
use newsroom::order::{NewOrder, OrderKind};
use newsroom::people::Actor;
use newsroom::{CommentId, OrderId, StoryId};
use store::StoreError;
use store::orders::{Removal, RestoredWords, Sealed};
use store::queue::Asked;

async fn entered(paper: &Paper) -> OrderId {
    let new = NewOrder {
        kind: OrderKind::TerroristContent,
        authority: "هيئة متخيلة".into(),
        contact: String::new(),
        country: "FR".into(),
        reference: "٧".into(),
        received_at: paper.now(),
        silent_until: None,
    };
    paper.store.enter_order(&new, paper.salma.id, paper.now()).await.unwrap().0
}

fn removal(story: StoryId, comment: CommentId, print: &str) -> Removal {
    let sealed = (!print.is_empty()).then(|| Sealed { text: "YWdl".into(), print: print.into() });
    Removal { story, comment, read: Revision::FIRST, sealed }
}

fn conflict(word: &str) -> StoreError {
    StoreError::Conflict(word.to_owned())
}

#[tokio::test]
async fn an_order_takes_everything_it_names_or_nothing_and_moves_the_words() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let (public, number) = paper.shows(HUDA, story, None, "زهر بري أول").await;
        let waiting = paper.says(KARIM, story, "زهر بري ثان").await;
        let refused = paper.says(KARIM, story, "زهر بري ثالث").await;
        paper.refuses(story, refused).await.unwrap();
        let order = entered(&paper).await;
        assert_eq!(paper.store.open_orders().await.unwrap().len(), 1);
        let by = (paper.salma.id, "");
        let stale = Removal { read: Revision(3), ..removal(story, waiting, "b") };
        let all = vec![removal(story, public, "a"), stale];
        let got = paper.store.carry_out_order(order, all, by, paper.now()).await;
        assert_eq!(got.map(drop), Err(conflict("rewritten")));
        assert_eq!(paper.store.queue_entry(story, public).await.unwrap().state, State::Released, "nothing happened");
        assert_eq!(paper.store.bytes_due_since().await.unwrap(), None);
        let all = [(public, "a"), (waiting, "b"), (refused, "c")];
        let all = all.map(|(comment, print)| removal(story, comment, print)).to_vec();
        let happened = paper.store.carry_out_order(order, all, by, paper.now()).await.unwrap();
        assert_eq!(happened.len(), 3, "two rulings and the order itself");
        assert!(paper.store.bytes_due_since().await.unwrap().is_some(), "the files are to be cleaned of the words too");
        assert!(paper.store.open_orders().await.unwrap().is_empty());
        for (comment, state) in [(public, State::TakenDown), (waiting, State::Refused), (refused, State::Refused)] {
            let entry = paper.store.queue_entry(story, comment).await.unwrap();
            assert_eq!((entry.state, entry.text.as_str(), entry.name.as_str()), (state, "", ""));
        }
        let asked = Asked { words: "زهر".into(), ..Asked::default() };
        assert!(paper.store.find_for_desk(&asked, 10).await.unwrap().entries.is_empty());
        let again = vec![removal(story, public, "a")];
        let got = paper.store.carry_out_order(order, again, by, paper.now()).await;
        assert_eq!(got.map(drop), Err(conflict("order")), "once");
        let day = paper.now().strftime("%Y-%m-%d").to_string();
        let (decided, _) = paper.store.accounts(&day, &day).await.unwrap();
        let counted: i64 = decided.iter().filter(|one| one.source == Source::Order.key()).map(|one| one.n).sum();
        assert_eq!(counted, 2);
        let words = RestoredWords { name: "هدى".into(), text: "زهر بري أول".into(), earlier: vec![] };
        let back = |print: &str| Some((print.to_owned(), words.clone()));
        let at = (story, public);
        let wrong = paper.store.reinstate_ordered(order, at, back("x"), by, paper.now()).await;
        assert_eq!(wrong.map(drop), Err(conflict("print")));
        paper.store.reinstate_ordered(order, at, back("a"), by, paper.now()).await.unwrap();
        let entry = paper.store.queue_entry(story, public).await.unwrap();
        assert_eq!((entry.state, entry.number, entry.text.as_str()), (State::Released, Some(number), "زهر بري أول"));
        assert_eq!(paper.store.find_for_desk(&asked, 10).await.unwrap().entries.len(), 1);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn without_a_key_the_words_stay_out_of_the_public_and_nobody_lets_them_back_until_the_end() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let (comment, _) = paper.shows(HUDA, story, None, "زهر بري").await;
        let order = entered(&paper).await;
        let all = vec![removal(story, comment, "")];
        paper.store.carry_out_order(order, all, (paper.salma.id, ""), paper.now()).await.unwrap();
        assert_eq!(paper.releases(story, comment).await.map(drop), Err(conflict("order")));
        let ruling = paper.store.rulings(None, 1).await.unwrap().remove(0).ruling.id;
        let undone = paper.store.undo(ruling, story, Actor::Staff(paper.salma.id), paper.now()).await;
        assert_eq!(undone.map(drop), Err(conflict("order")));
        assert_eq!(paper.store.ordered_to_seal().await.unwrap(), [(order, story, comment)]);
        paper.wait_days(100);
        assert_eq!(paper.store.sweep_refused(paper.now(), paper.now(), 10).await.unwrap(), 0);
        paper.wait_days(84);
        assert_eq!(paper.store.end_orders(paper.now(), 10).await.unwrap().len(), 1);
        assert_eq!(paper.store.queue_entry(story, comment).await.unwrap().text, "");
        assert!(paper.store.ordered_to_seal().await.unwrap().is_empty());
        paper.agrees_with_itself().await;
    })
    .await;
}
