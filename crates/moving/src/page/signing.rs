//! Names as old pages printed them → names that this paper takes.

use newsroom::comment::{DisplayName, NameProblem};

/// Most letters tried of a printed name before it is cut: no name that is taken is longer.
const MOST_LETTERS: usize = 50;

/// A name for an imported comment, and whether it is another one than was printed: signs that stand in no name are taken
/// out, long names cut, and a comment without a readable name is signed with its place in the list. The error is that of the place, should the
/// rule ever refuse numbers.
///
/// The staff's names are not kept from it: an old comment may be signed like anybody.
pub(crate) fn name(printed: &str, position: usize) -> Result<(DisplayName, bool), NameProblem> {
    if let Ok(name) = DisplayName::new(printed, []) {
        return Ok((name, false));
    }
    let kept: String = printed.chars().map(|c| if stands_in_names(c) { c } else { ' ' }).collect();
    let cut: String = kept.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MOST_LETTERS).collect();
    let name = DisplayName::new(&cut, []).or_else(|_| DisplayName::new(&position.to_string(), []));
    name.map(|name| (name, true))
}

/// Asked of the rule itself: a letter with this sign behind it is a name or is not.
fn stands_in_names(c: char) -> bool {
    DisplayName::new(&format!("ا{c}ا"), []).is_ok()
}
