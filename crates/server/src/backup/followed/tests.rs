//! Names, order and which folders stay.

use super::names::{Piece, folder_at, pieces, reaches, whole};
use newsroom::Timestamp;

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn piece(log: u32, from: u64, to: u64) -> Piece {
    Piece { log, from, to, at: 1_764_500_000_000 }
}

#[test]
fn a_piece_and_a_folder_are_what_their_names_say() {
    let one = piece(3, 0, 4_152);
    assert_eq!(Piece::read(&one.name()), Some(one));
    assert_eq!(Piece::read(&format!("{}.age", one.name())), Some(one));
    for other in ["000003-0-9.gz", "a-b-c-d.gz", "midad.db.gz", ".part", "000003-000000000000-000000004152-1"] {
        assert_eq!(Piece::read(other), None, "{other}");
    }
    assert_eq!(folder_at(time("2026-11-30T10:15:00.250Z")), "midad-log-20261130T101500.250Z");
}

#[test]
fn a_piece_follows_only_what_ends_where_it_begins() {
    let (first, second, next) = (piece(0, 0, 100), piece(0, 100, 200), piece(1, 200, 250));
    assert!(first.follows(None) && second.follows(Some(first)) && next.follows(Some(second)));
    assert!(!second.follows(None), "the beginning is missing");
    assert!(!piece(0, 150, 200).follows(Some(first)) && !piece(1, 250, 260).follows(Some(second)));
    assert!(!next.follows(Some(first)), "the end of a log is missing");
    assert!(!piece(2, 200, 250).follows(Some(second)), "a whole log is missing");
}

#[test]
fn folders_are_found_in_the_order_of_their_times_and_strangers_are_none() {
    let into = std::env::temp_dir().join(format!("midad-followed-{}", std::process::id()));
    let (older, newer) = (time("2026-11-29T08:00:00Z"), time("2026-11-30T08:00:00.001Z"));
    for name in [folder_at(newer), folder_at(older), "midad-log-old".to_owned(), "midad-log.partial".to_owned()] {
        std::fs::create_dir_all(into.join(name)).expect("a folder");
    }
    assert_eq!(whole(&into).expect("folders").into_iter().map(|(at, _)| at).collect::<Vec<_>>(), [older, newer]);
    assert_eq!(reaches(&into).expect("a reach"), Some((older, newer)));
    let last = Piece { at: newer.as_millisecond() + 5_000, ..piece(0, 0, 9) };
    for name in [last.name(), piece(0, 0, 5).name(), "notes.txt".to_owned()] {
        std::fs::write(into.join(folder_at(newer)).join(name), "").expect("a file");
    }
    let found = pieces(&into.join(folder_at(newer))).expect("pieces");
    assert_eq!(found.into_iter().map(|(piece, _)| piece.to).collect::<Vec<_>>(), [5, 9]);
    assert_eq!(reaches(&into).expect("a reach"), Some((older, time("2026-11-30T08:00:05.001Z"))));
    std::fs::remove_dir_all(&into).expect("it can go");
}
