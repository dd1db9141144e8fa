use super::*;
use moderation::Rulebook;

const OWN: &str = "# لا نضيق على القراء في الليل.\nactive = [\"court\"]\n\n[limits]\nper-hour = 9 # كان عشرين\n\n[[words]]\nlist = \"house\"\nweight = 200\nentries = [\"يا بطيخة\", \"يا ملفوف\"]\n";

fn after(edit: Edit) -> String {
    let text = edited(OWN, &edit).expect("rules in their shape");
    Rulebook::parse(&text).unwrap_or_else(|problems| panic!("{problems:?} in\n{text}"));
    text
}

#[test]
fn a_limit_is_changed_and_what_was_written_around_it_stays() {
    let text = after(Edit::Limits(vec![("per-hour", Some(30)), ("long-text", Some(900)), ("per-minute", None)]));
    assert!(text.contains("# لا نضيق على القراء في الليل."), "{text}");
    let rules = Rulebook::parse(&text).expect("right rules");
    assert_eq!((rules.per_hour, rules.long_text, rules.per_minute), (30, 900, Rulebook::default().per_minute));
}

#[test]
fn limits_that_are_all_as_shipped_leave_no_empty_table() {
    assert!(!after(Edit::Limits(vec![("per-hour", None)])).contains("[limits]"));
}

#[test]
fn an_entry_of_the_papers_own_is_taken_out_where_it_stands() {
    let text = after(Edit::TakeOutWord("يا بطيخة".to_owned()));
    assert_eq!(own_words(&text), [("house".to_owned(), vec!["يا ملفوف".to_owned()])]);
    let text = edited(&text, &Edit::TakeOutWord("يا ملفوف".to_owned())).expect("rules in their shape");
    assert_eq!(own_words(&text), []);
    assert!(!text.contains("without-words"), "{text}");
}

#[test]
fn a_word_that_nobody_lists_is_refused_by_the_rules_themselves() {
    let text = edited(OWN, &Edit::TakeOutWord("زقزقة".to_owned())).expect("rules in their shape");
    assert!(Rulebook::parse(&text).is_err());
}

#[test]
fn new_words_and_a_new_group_stand_in_the_rules_at_once() {
    let words = NewWords {
        list: List::Insult,
        entries: vec!["يا كوسا".to_owned()],
        weight: 400,
        unless_near: vec!["طبخ".to_owned()],
    };
    let text = after(Edit::AddWords(words));
    assert_eq!(own_words(&text).last(), Some(&("insult".to_owned(), vec!["يا كوسا".to_owned()])));
    let group = NewGroup {
        id: "night-oath".to_owned(),
        name: "عهد الليل".to_owned(),
        official: vec!["عهد الليل".to_owned()],
        ..NewGroup::default()
    };
    let text = edited(&text, &Edit::AddGroup(group)).expect("rules in their shape");
    assert!(Rulebook::parse(&text).is_ok(), "{text}");
    assert_eq!(own_groups(&text), ["عهد الليل"]);
}

#[test]
fn phases_heads_and_policies_are_switched_on_and_off() {
    let text = after(Edit::Phases(vec![("off_topic", false), ("links", true)]));
    let policy = |text: &str| Rulebook::parse(text).expect("right rules").laws.policy("").into_owned();
    assert!(!policy(&text).changes.runs("off_topic") && policy(&text).changes.runs("links"));
    let text = after(Edit::Heads(vec![(Head::Abuse, Some((650, 900))), (Head::Spam, None)]));
    assert!(policy(&text).changes.heads.contains_key(&Head::Abuse), "{text}");
    let active = |text: &str| -> Vec<String> {
        let rules = Rulebook::parse(text).expect("right rules");
        rules.laws.policies().filter(|(_, on)| *on).map(|(name, _)| name.to_owned()).collect()
    };
    assert_eq!(active(&after(Edit::Active(vec!["elections".to_owned()]))), ["elections"]);
    assert!(active(&after(Edit::Active(Vec::new()))).is_empty());
}

#[test]
fn a_text_in_another_shape_is_left_alone() {
    assert_eq!(
        edited("words = 3", &Edit::TakeOutWord("س".to_owned())).map(|text| text.contains("without-words")),
        Ok(true)
    );
    assert_eq!(edited("limits = 3", &Edit::Limits(vec![("per-hour", Some(1))])), Err(OtherShape));
    assert_eq!(edited("[limits", &Edit::Active(Vec::new())), Err(OtherShape));
}
