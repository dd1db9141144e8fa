use super::Input;
use crate::{Finding, Reason};
use alloc::{collections::BTreeSet, string::String, vec::Vec};
use arabic::words::search_terms;

/// What is read of a story and of a comment, in bytes: enough to share a word.
const READ: usize = 8_192;
/// A shorter term is a particle.
const LETTERS: usize = 3;

/// A long comment that shares no word of weight with the story; frequent words do not count. Advice only, and weighs
/// nothing: readers answer one another, and a good answer may use none of the story's words. One that is known to be near to the
/// story in meaning speaks of it in words of its own, and is let pass. (The test sets the limit to
/// 8 words; the story begins: «أعلنت البلدية افتتاح خط الترام الجديد».)
///
/// Caught: «وصفة الكعك عندي بسيطة جدًا: طحين وسكر وزبدة طرية وبيضتان»
/// Not caught: «كل صباح أنتظر نصف ساعة في البرد لأن الترام لا يأتي»
pub(super) fn off_topic(input: &Input<'_>) -> Vec<Finding> {
    let (story, rulebook) = (input.facts.story.text, input.rulebook);
    if input.reading.words.len() < rulebook.off_topic_words || story.is_empty() || input.facts.is_near_the_story {
        return Vec::new();
    }
    let frequent = &rulebook.laws.words().frequent;
    let of_weight = |term: &String| term.chars().nth(LETTERS - 1).is_some() && !frequent.contains(term);
    let terms = |text: &str| search_terms(&text[..text.floor_char_boundary(READ)]).into_iter().filter(of_weight);
    let known: BTreeSet<String> = terms(story).collect();
    let shared = terms(input.submission.text).any(|term| known.contains(&term));
    if shared || known.is_empty() {
        return Vec::new();
    }
    alloc::vec![Finding::whole(Reason::OffTopic, 0)]
}
