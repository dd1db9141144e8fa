//! A text with what was found in it, drawn for a terminal.

use moderation::Verdict;
use web::{Bit, Words, explain, stretches};

/// The text with every marked place between `⟦1` and `⟧`, the number being that of the finding listed below it. Signs
/// that nobody sees are named, so that none of them can turn the terminal around.
pub fn drawn(text: &str, verdict: &Verdict, t: &Words) -> Vec<String> {
    let mut marked = String::new();
    for stretch in stretches(text, &verdict.findings) {
        let numbers: Vec<String> = stretch.findings.iter().map(|which| (which + 1).to_string()).collect();
        if !numbers.is_empty() {
            marked.push_str(&format!("⟦{}: ", numbers.join(",")));
        }
        for bit in &stretch.bits {
            match bit {
                Bit::Words(words) => marked.push_str(words),
                Bit::Unseen(name) => marked.push_str(&format!("<{name}>")),
                Bit::Run(letters, times) => marked.push_str(&format!("{letters}…×{times}")),
            }
        }
        if !numbers.is_empty() {
            marked.push('⟧');
        }
    }
    let mut out: Vec<String> = marked.lines().map(|line| format!("  {line}")).collect();
    for (number, finding) in verdict.findings.iter().enumerate() {
        let said = explain(t, finding);
        out.push(format!("  {}. [{}] {}: {}", number + 1, finding.weight, said.category, said.sentence));
        out.push(format!("     {}", said.unless));
    }
    out
}
