//! What a copy may be asked, without one.

use super::{HEARD_WITHIN, LogPlace, REST, Replica};
use std::time::Duration;
use tokio::time::Instant;

#[test]
fn what_a_copy_has_of_another_log_or_another_database_says_nothing() {
    let replica = Replica::at("postgres://midad@127.0.0.1/paper").unwrap();
    let (at, now) = (|log, bytes| LogPlace { of: "7/paper".to_owned(), log, bytes }, Instant::now());
    assert!(!replica.has_all(&at(1, 500), now), "nothing was heard");
    replica.hear(at(1, 500));
    replica.hear(at(1, 300));
    assert!(replica.has_all(&at(1, 500), now) && replica.has_all(&at(1, 501), now));
    assert!(!replica.has_all(&at(1, 499), now), "an answer that comes late takes nothing back");
    assert!(!replica.has_all(&at(2, 500), now), "it follows a server that nobody here has heard of");
    replica.hear(at(2, 450));
    assert!(replica.has_all(&at(2, 450), now), "the server that took over had less");
    assert!(!replica.has_all(&at(1, 900), now), "more of the log of before is not the same");
    replica.hear(at(1, 900));
    assert!(replica.has_all(&at(2, 450), now), "one that was heard of late is of before");
    for of in ["8/paper", "7/other"] {
        let of = of.to_owned();
        assert!(!replica.has_all(&LogPlace { of, log: 2, bytes: 9_000 }, now), "another server, another database");
    }
    let moved = LogPlace { of: "8/paper".to_owned(), log: 1, bytes: 100 };
    replica.hear(moved.clone());
    assert!(
        replica.has_all(&moved, now) && !replica.has_all(&at(2, 9_000), now),
        "the paper has moved to another server"
    );
}

#[test]
fn who_hears_nothing_of_the_server_does_not_ask_its_copy() {
    let (replica, start) = (Replica::at("postgres://midad@127.0.0.1/paper").unwrap(), Instant::now());
    let end = LogPlace { of: "7/paper".to_owned(), log: 1, bytes: 500 };
    replica.heard_at(end.clone(), start);
    assert!(replica.has_all(&end, start + HEARD_WITHIN - Duration::from_secs(1)));
    let late = start + HEARD_WITHIN;
    assert!(!replica.has_all(&end, late), "cut off, it would show what others took back");
    replica.heard_at(end.clone(), late);
    assert!(replica.has_all(&end, late));
}

#[test]
fn an_answer_to_an_earlier_question_ends_no_rest() {
    let replica = Replica::at("postgres://midad@127.0.0.1/paper").unwrap();
    let earlier = Instant::now().checked_sub(Duration::from_secs(1)).unwrap();
    replica.is_away::<()>(&"a trial");
    replica.is_there(earlier);
    assert!(replica.rests(Instant::now()), "asked before it went away");
    let over = Instant::now() + REST;
    assert!(!replica.rests(over), "one asks when the rest is over");
    assert!(replica.rests(over), "the others wait for that");
    replica.is_there(over);
    assert!(!replica.rests(over));
}
