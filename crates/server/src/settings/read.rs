//! How texts of settings are read.

/// Several, with commas or spaces between.
pub(super) fn listed(text: &str) -> Vec<String> {
    text.split([',', ' ']).filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

/// A text that says something.
pub(super) fn said(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// Yes or no, as people and files write it.
pub(super) fn yes(text: &str) -> Option<bool> {
    match text {
        "yes" | "true" | "1" => Some(true),
        "no" | "false" | "0" | "" => Some(false),
        _ => None,
    }
}

/// A number in any digits, if it is neither less nor more.
pub(super) fn within(text: &str, least: u32, most: u32) -> Option<u32> {
    arabic::digits::to_western(text).trim().parse().ok().filter(|n| (least..=most).contains(n))
}
