//! What counts as an answer to a task.

use super::{at, network};
use crate::tests::open_paper::OpenPaper;
use crate::toll::spent::{MOST, Spent};
use crate::toll::task::{Doubt, GOOD_FOR, LEAST_BITS, Whose, check, issue, solve};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use newsroom::VisitorId;

const PLACE: &[u8] = b"/stories/tram/comments";
const DEVICE: Whose = Whose::Device(VisitorId(7));

#[tokio::test]
async fn an_answer_counts_for_whose_task_it_is_and_for_the_place_of_it() {
    let paper = OpenPaper::open().await;
    let of_network = Whose::Network(network(1));
    for whose in [DEVICE, of_network, Whose::Network("2001:db8::".parse().expect("an address"))] {
        let answer = solve(&issue(&paper.app, whose, PLACE, LEAST_BITS, at(0)));
        let checked = |whose: &[Whose], place: &[u8]| check(&paper.app, whose, place, &answer, at(1));
        assert!(checked(&[whose], PLACE).is_ok());
        assert!(checked(&[Whose::Device(VisitorId(8)), whose], PLACE).is_ok(), "one of whoever asks");
        assert_eq!(checked(&[Whose::Device(VisitorId(8))], PLACE), Err(Doubt::NotTheirs));
        assert_eq!(checked(&[Whose::Network(network(2))], PLACE), Err(Doubt::NotTheirs));
        assert_eq!(checked(&[whose], b"/stories/other/comments"), Err(Doubt::NotTheirs));
    }
    let other = OpenPaper::open().await;
    let answer = solve(&issue(&other.app, DEVICE, PLACE, LEAST_BITS, at(0)));
    assert_eq!(check(&paper.app, &[DEVICE], PLACE, &answer, at(1)), Err(Doubt::NotTheirs), "another paper's seal");
}

#[tokio::test]
async fn another_process_of_the_paper_believes_it() {
    let paper = OpenPaper::open().await;
    let answer = solve(&issue(&paper.app, DEVICE, PLACE, LEAST_BITS, at(0)));
    let other = paper.copied(None).await;
    assert!(check(&other.app, &[DEVICE], PLACE, &answer, at(1)).is_ok());
}

#[tokio::test]
async fn a_task_is_good_for_five_minutes() {
    let paper = OpenPaper::open().await;
    let answer = solve(&issue(&paper.app, DEVICE, PLACE, LEAST_BITS, at(0)));
    let checked = |seconds| check(&paper.app, &[DEVICE], PLACE, &answer, at(seconds));
    assert!(checked(0).is_ok() && checked(GOOD_FOR).is_ok());
    assert_eq!(checked(GOOD_FOR + 1), Err(Doubt::NotNow));
    assert!(checked(-60).is_ok(), "clocks of two processes");
    assert_eq!(checked(-61), Err(Doubt::NotNow));
    let solved = checked(0).expect("it counts");
    assert!(solved.until > at(GOOD_FOR), "remembered for as long as it could be used again");
}

#[tokio::test]
async fn as_many_bits_are_asked_for_as_the_task_says_and_nobody_makes_it_easier() {
    let paper = OpenPaper::open().await;
    let hard = LEAST_BITS + 2;
    let task = issue(&paper.app, DEVICE, PLACE, hard, at(0));
    assert!(task.starts_with("18 ") && task.len() == 3 + 48);
    let answer = solve(&task);
    assert!(check(&paper.app, &[DEVICE], PLACE, &answer, at(0)).is_ok());
    let letters = task.split_once(' ').expect("bits and letters").1;
    // Most answers to an easier task are none to this one; so many tries in vain would be a wonder.
    let too_easy = (0..64).map(|_| issue(&paper.app, DEVICE, PLACE, hard, at(0)));
    let too_easy = too_easy.map(|task| solve(&task.replacen("18 ", "1 ", 1)));
    let doubts: Vec<_> = too_easy.filter_map(|sent| check(&paper.app, &[DEVICE], PLACE, &sent, at(0)).err()).collect();
    assert!(!doubts.is_empty() && doubts.iter().all(|doubt| *doubt == Doubt::Unsolved));
    let (body, seal) = letters.split_once('.').expect("a body and a seal");
    let mut body = URL_SAFE_NO_PAD.decode(body).expect("bytes");
    assert_eq!(body.pop(), Some(hard));
    body.push(LEAST_BITS);
    let lowered = solve(&format!("{LEAST_BITS} {}.{seal}", URL_SAFE_NO_PAD.encode(body)));
    assert_eq!(check(&paper.app, &[DEVICE], PLACE, &lowered, at(0)), Err(Doubt::NotTheirs));
}

#[tokio::test]
async fn what_is_no_answer_is_read_by_nobody() {
    let paper = OpenPaper::open().await;
    let answer = solve(&issue(&paper.app, DEVICE, PLACE, LEAST_BITS, at(0)));
    let (task, seven) = answer.split_at(48);
    for sent in [
        String::new(),
        task.to_owned(),
        format!("{task}.abc"),
        format!("{task}{}", seven.replace('.', "x")),
        format!("{answer}a"),
        format!("{}.{}", "!".repeat(48), "a".repeat(7)),
        format!("{}{seven}", "a".repeat(48)),
        format!("كلام{answer}"),
        "a".repeat(100_000),
    ] {
        let doubt = check(&paper.app, &[DEVICE], PLACE, &sent, at(0)).expect_err("no answer");
        assert_eq!(doubt, Doubt::Unreadable, "{sent:.80}");
    }
}

#[test]
fn a_task_is_used_up_and_what_is_remembered_of_it_is_bounded() {
    let spent = Spent::default();
    assert!(spent.take(1, at(300), at(0)) && !spent.take(1, at(300), at(299)), "once");
    assert!(spent.take(2, at(300), at(1)));
    assert!(spent.take(1, at(700), at(301)), "it is forgotten when it would be too old anyway");
    let spent = Spent::default();
    let most = i64::try_from(MOST).expect("a number");
    assert!((0..most).all(|task| spent.take(task, at(300), at(0))));
    assert!(!spent.take(most - 1, at(300), at(0)), "all of them are remembered");
    assert!(spent.take(most, at(300), at(0)));
    assert!(spent.take(0, at(300), at(0)), "beyond, the oldest goes");
}
