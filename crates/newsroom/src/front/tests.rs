//! A front page laid out by hand.

use super::{At, Change, Impossible, Layout, Pin, Row, RowKind, Source};
use crate::ids::{SectionId, StoryId};
use std::collections::{HashMap, HashSet};

const CITY: SectionId = SectionId(1);
const ARTS: SectionId = SectionId(2);
const LEAD: At = At { row: RowKind::Lead, slot: 0 };

fn pin(story: i64) -> Pin {
    Pin { story: StoryId(story), headline: String::new(), picture: None }
}

fn secondary(slot: usize) -> At {
    At { row: RowKind::Secondary, slot }
}

fn pinned(layout: Layout, at: At, story: i64) -> Layout {
    layout.with(Change::Pin { at, pin: pin(story) }).expect("a slot")
}

/// Lead, two beside it, two of the city.
fn small() -> Layout {
    let row = |kind, slots| Row { kind, slots: vec![None; slots] };
    Layout { rows: vec![row(RowKind::Lead, 1), row(RowKind::Secondary, 2), row(RowKind::Section(CITY), 2)] }
}

/// What stands in each row: stories 9, 8, 7 … are the newest, those of the city are even.
fn filled(layout: &Layout, public: &[i64]) -> Vec<Vec<i64>> {
    let ids = |stories: &[i64]| stories.iter().copied().map(StoryId).collect::<Vec<_>>();
    let newest = HashMap::from([
        (Source::All, ids(&[9, 8, 7, 6, 5, 4, 3, 2, 1])),
        (Source::Section(CITY), ids(&[8, 6, 4, 2])),
        (Source::Opinion, ids(&[5, 2])),
        (Source::Pictured, ids(&[7, 3])),
    ]);
    let public: HashSet<StoryId> = public.iter().copied().map(StoryId).collect();
    let rows = layout.fill(&public, &newest).into_iter();
    rows.map(|row| row.slots.into_iter().filter_map(|slot| slot.story).map(|story| story.0).collect()).collect()
}

#[test]
fn what_nobody_laid_out_is_filled_by_the_newest_and_no_story_stands_twice() {
    assert_eq!(filled(&small(), &[]), [vec![9], vec![8, 7], vec![6, 4]]);
}

#[test]
fn a_pinned_story_stands_in_its_slot_and_nowhere_above_it() {
    let layout = pinned(small(), At { row: RowKind::Section(CITY), slot: 0 }, 9);
    assert_eq!(filled(&layout, &[9]), [vec![8], vec![7, 6], vec![9, 4]]);
}

#[test]
fn for_a_story_that_is_not_public_the_newest_stands_in() {
    let layout = pinned(pinned(small(), LEAD, 2), secondary(1), 3);
    assert_eq!(filled(&layout, &[2, 3]), [vec![2], vec![9, 3], vec![8, 6]]);
    assert_eq!(filled(&layout, &[3]), [vec![9], vec![8, 3], vec![6, 4]]);
    let rows = layout.fill(&HashSet::from([StoryId(3)]), &HashMap::new());
    assert!(rows[0].slots[0].stands_in() && !rows[1].slots[1].stands_in());
    assert_eq!(rows[0].slots[0].story, None, "nothing is left");
}

#[test]
fn a_row_of_pictures_takes_what_has_one() {
    let layout = small().with(Change::AddRow(RowKind::Pictures)).expect("a row");
    assert_eq!(filled(&layout, &[])[3], [3], "7 stands above");
}

#[test]
fn a_story_that_is_pinned_again_leaves_its_first_slot() {
    let layout = pinned(pinned(small(), LEAD, 5), secondary(0), 5);
    assert_eq!((layout.pin(LEAD), layout.pin(secondary(0))), (None, Some(&pin(5))));
    assert_eq!(layout.place_of(StoryId(5)), Some(secondary(0)));
    let again = pinned(layout.clone(), secondary(0), 5);
    assert_eq!(again, layout, "in the same slot it stays");
    assert_eq!(layout.led_by(StoryId(5)).place_of(StoryId(5)), Some(LEAD));
}

#[test]
fn slots_exchange_what_is_pinned_and_give_it_back() {
    let layout = pinned(pinned(small(), LEAD, 5), secondary(1), 6);
    let layout = layout.with(Change::Exchange(LEAD, secondary(1))).expect("both are there");
    assert_eq!((layout.pin(LEAD), layout.pin(secondary(1))), (Some(&pin(6)), Some(&pin(5))));
    let layout = layout.with(Change::Exchange(LEAD, secondary(0))).expect("both are there");
    assert_eq!((layout.pin(LEAD), layout.pin(secondary(0))), (None, Some(&pin(6))));
    let layout = layout.with(Change::Free(secondary(0))).expect("it is there");
    assert_eq!(layout.pin(secondary(0)), None);
}

#[test]
fn rows_come_move_and_go_and_the_lead_stays_at_the_head() {
    let kinds = |layout: &Layout| layout.rows.iter().map(|row| row.kind.key()).collect::<Vec<_>>();
    let layout = small().with(Change::AddRow(RowKind::MostDiscussed)).expect("a row");
    let layout = layout.with(Change::MoveRow(RowKind::MostDiscussed, 1)).expect("a place");
    assert_eq!(kinds(&layout), ["lead", "most-discussed", "secondary", &RowKind::Section(CITY).key()]);
    let layout = layout.with(Change::MoveRow(RowKind::MostDiscussed, 99)).expect("the last place");
    assert_eq!(layout.rows.last().expect("a row").kind, RowKind::MostDiscussed);
    let layout = layout.with(Change::RemoveRow(RowKind::Secondary)).expect("it is there");
    assert_eq!(kinds(&layout), ["lead", &RowKind::Section(CITY).key(), "most-discussed"]);
    for (change, why) in [
        (Change::MoveRow(RowKind::Lead, 2), Impossible::LeadStays),
        (Change::MoveRow(RowKind::MostDiscussed, 0), Impossible::LeadStays),
        (Change::RemoveRow(RowKind::Lead), Impossible::LeadStays),
        (Change::Resize(RowKind::Lead, 2), Impossible::LeadStays),
        (Change::AddRow(RowKind::MostDiscussed), Impossible::AlreadyThere),
        (Change::RemoveRow(RowKind::Pictures), Impossible::NoSuchPlace),
        (Change::Resize(RowKind::MostDiscussed, 2), Impossible::TooMany),
        (Change::Resize(RowKind::Section(CITY), 99), Impossible::TooMany),
        (Change::Free(At { row: RowKind::Section(ARTS), slot: 0 }), Impossible::NoSuchPlace),
        (Change::Pin { at: secondary(9), pin: pin(1) }, Impossible::NoSuchPlace),
    ] {
        assert_eq!(layout.clone().with(change.clone()), Err(why), "{change:?}");
    }
}

#[test]
fn a_row_grows_and_shrinks() {
    let layout = pinned(small(), secondary(1), 5);
    let layout = layout.with(Change::Resize(RowKind::Secondary, 3)).expect("three");
    assert_eq!(layout.row(RowKind::Secondary).expect("a row").slots, [None, Some(pin(5)), None]);
    let layout = layout.with(Change::Resize(RowKind::Secondary, 1)).expect("one");
    assert_eq!(layout.place_of(StoryId(5)), None);
}

#[test]
fn a_standard_page_has_a_row_of_every_section_and_loses_those_that_go() {
    let layout = Layout::standard(&[CITY, ARTS]);
    let words = layout.rows.iter().map(|row| row.kind.word()).collect::<Vec<_>>();
    assert_eq!(words, ["lead", "secondary", "most-read", "section", "section"]);
    let left = layout.of_sections(&[ARTS]);
    assert_eq!(left.rows.last().expect("a row").kind, RowKind::Section(ARTS));
    assert_eq!(left.rows.len(), 4);
}

#[test]
fn it_is_written_down_and_read_back() {
    let layout = pinned(small(), LEAD, 5).with(Change::AddRow(RowKind::Opinion(ARTS))).expect("a row");
    let json = serde_json::to_string(&layout).expect("JSON");
    assert_eq!(serde_json::from_str::<Layout>(&json).expect("read back"), layout);
    for row in &layout.rows {
        assert_eq!(RowKind::from_key(&row.kind.key()), Some(row.kind));
    }
    assert_eq!(RowKind::from_key("section.0"), None);
}

#[test]
fn a_row_of_opinion_goes_by_the_kind_whatever_the_section() {
    let layout = small().with(Change::AddRow(RowKind::OpinionPieces)).expect("a row");
    assert_eq!(filled(&layout, &[]), [vec![9], vec![8, 7], vec![6, 4], vec![5, 2]]);
    assert_eq!(RowKind::from_key(&RowKind::OpinionPieces.key()), Some(RowKind::OpinionPieces));
    let kept = serde_json::to_string(&layout).expect("JSON");
    assert_eq!(serde_json::from_str::<Layout>(&kept).expect("read back"), layout);
    assert_eq!(layout.clone().of_sections(&[]).rows.len(), 3, "no section takes it along");
}

#[test]
fn a_picture_may_be_chosen_for_every_slot_that_shows_one() {
    let shown = |layout: &Layout| layout.places().map(|at| layout.shows_picture(at)).collect::<Vec<_>>();
    assert_eq!(shown(&small()), [true, false, false, true, false], "beside the lead are lines alone");
    let apart = small().with(Change::MoveRow(RowKind::Secondary, 2)).expect("a row");
    assert_eq!(shown(&apart), [true, true, false, true, true]);
}
