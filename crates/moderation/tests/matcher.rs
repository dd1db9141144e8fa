//! Phrases in texts: as whole words, with what Arabic writes on to a word, in any spelling, and never inside another.

use moderation::{Clitics, Matcher, Reading};

/// What stands in the text as sent where the phrases were found.
fn found<'a>(phrases: &[(&str, Clitics)], text: &'a str) -> Vec<&'a str> {
    let reading = Reading::of(text);
    let hits = Matcher::new(phrases.iter().copied()).hits(&reading);
    hits.into_iter().map(|hit| &text[reading.original(hit.words)]).collect()
}

#[test]
fn a_word_is_found_with_its_particles_and_pronouns_and_not_inside_another() {
    let stork = [("لقلق", Clitics::Both)];
    for text in ["لقلق", "اللقلق", "ولقلق", "لقلقهم", "باللقلق", "يالقلق", "وللقلق", "لـقـلـق", "لَقْلَقٌ", "لقلقُها!"]
    {
        assert_eq!(found(&stork, text).len(), 1, "{text}");
    }
    for text in ["لقلقات", "متلقلق", "لقلقان", "تلقلقها", "لقل ق"] {
        assert_eq!(found(&stork, text), [""; 0], "{text}");
    }
}

#[test]
fn what_may_be_written_on_to_a_phrase_is_the_entrys_affair() {
    let texts = ["نورس", "النورس", "نورسنا", "والنورس", "نورسات"];
    let which = |clitics| texts.map(|text| found(&[("نورس", clitics)], text).len());
    assert_eq!(which(Clitics::None), [1, 0, 0, 0, 0]);
    assert_eq!(which(Clitics::Before), [1, 1, 0, 1, 0]);
    assert_eq!(which(Clitics::After), [1, 0, 1, 0, 0]);
    assert_eq!(which(Clitics::Both), [1, 1, 1, 1, 0]);
    assert_eq!(which(Clitics::Stem), [1, 1, 1, 1, 1]);
}

#[test]
fn a_phrase_is_found_across_signs_and_its_words_are_told() {
    let phrase = [("ابن البحر", Clitics::Both)];
    assert_eq!(found(&phrase, "مرحبًا يا إبن، البحر… كيف حالك"), ["إبن، البحر"]);
    assert_eq!(found(&phrase, "وابن البحرِ عاد"), ["وابن البحرِ"]);
    assert_eq!(found(&phrase, "ابن عم البحر"), [""; 0]);
    let reading = Reading::of("مرحبًا يا إبن، البحر… كيف حالك");
    assert_eq!(Matcher::new(phrase).hits(&reading)[0].words, 2..4);
}

#[test]
fn a_closed_ta_opens_before_a_pronoun_and_only_there() {
    let boat = [("سفينة", Clitics::Both)];
    assert_eq!(found(&boat, "سفينتهم وسفينة وسفينتُنا"), ["سفينتهم", "وسفينة", "وسفينتُنا"]);
    assert_eq!(found(&boat, "سفينت"), [""; 0]);
}

#[test]
fn an_article_loses_its_alef_behind_lam() {
    let reef = [("الشعاب", Clitics::Both)];
    assert_eq!(found(&reef, "للشعاب وللشعاب الشعاب"), ["للشعاب", "وللشعاب", "الشعاب"]);
    assert_eq!(found(&[("الشعاب", Clitics::None)], "للشعاب"), [""; 0]);
}

#[test]
fn overlapping_phrases_are_all_found_in_the_order_of_the_text() {
    let phrases =
        [("بحر", Clitics::Both), ("ابن البحر", Clitics::Both), ("ابن", Clitics::Both), ("بَحر", Clitics::None)];
    let reading = Reading::of("ابن البحر بحر");
    let hits = Matcher::new(phrases).hits(&reading);
    let told: Vec<_> = hits.iter().map(|hit| (hit.entry, hit.words.clone())).collect();
    assert_eq!(told, [(2, 0..1), (1, 0..2), (0, 1..2), (0, 2..3), (3, 2..3)]);
}

#[test]
fn latin_words_have_plurals_and_no_particles() {
    assert_eq!(found(&[("gull", Clitics::Stem)], "Gulls, GULL! seagull gully gullible"), ["Gulls", "GULL"]);
    assert_eq!(found(&[("mouette", Clitics::Both)], "mouettes mouette"), ["mouette"]);
}

#[test]
fn no_phrases_and_empty_phrases_find_nothing() {
    assert_eq!(found(&[], "كلام"), [""; 0]);
    assert_eq!(found(&[("", Clitics::Stem), ("؟!", Clitics::Stem)], "كلام؟! "), [""; 0]);
}
