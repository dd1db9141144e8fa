//! The administrator's own style rules. What a page may load is for the policy of the page to say; here is refused what
//! would ask others for something, so that whoever writes it is told why it would not work.

/// Bytes at most.
pub const MOST_CSS_BYTES: usize = 64 * 1024;

/// What is wrong with style rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CssProblem {
    /// So many bytes too many.
    TooLong(usize),
    /// It brings in another stylesheet, at this line.
    Import(usize),
    /// It asks another host, at this line.
    OtherHost(usize),
    /// It holds `</`, at this line.
    EndsItself(usize),
}

impl CssProblem {
    /// The end of its key in the locales (`css.problem.…`), and the number that goes with it.
    pub fn key(self) -> (&'static str, usize) {
        match self {
            Self::TooLong(over) => ("too-long", over),
            Self::Import(line) => ("import", line),
            Self::OtherHost(line) => ("other-host", line),
            Self::EndsItself(line) => ("ends-itself", line),
        }
    }
}

/// The rules as they are kept.
///
/// # Errors
/// Everything that is wrong, in the order of its lines.
pub fn check_css(typed: &str) -> Result<String, Vec<CssProblem>> {
    let text = typed.replace("\r\n", "\n").replace(['\r', '\0'], "\n");
    if text.len() > MOST_CSS_BYTES {
        return Err(vec![CssProblem::TooLong(text.len() - MOST_CSS_BYTES)]);
    }
    let mut problems = Vec::new();
    for (line, words) in (1..).zip(without_remarks(&unescaped(&text).to_ascii_lowercase()).lines()) {
        if words.contains("@import") {
            problems.push(CssProblem::Import(line));
        }
        if words.contains("</") {
            problems.push(CssProblem::EndsItself(line));
        }
        if asks_others(words) {
            problems.push(CssProblem::OtherHost(line));
        }
    }
    // A remark is no shelter from what ends a stylesheet, nor a quoted text from a remark.
    if problems.is_empty() && text.contains("</") {
        problems.push(CssProblem::EndsItself(1 + text.lines().take_while(|line| !line.contains("</")).count()));
    }
    if problems.is_empty() { Ok(text.trim_end().to_owned()) } else { Err(problems) }
}

/// An address with a host stands in it: `https:`, or two slashes at the beginning of a text.
fn asks_others(words: &str) -> bool {
    let whole = words.contains("://") || words.contains("http:") || words.contains("https:");
    let inside = words.split("url(").skip(1).map(|rest| rest.trim_start_matches([' ', '\t', '"', '\'']));
    let own = |target: &str| {
        let host = target.starts_with("//") || target.starts_with("/\\") || target.starts_with('\\');
        let scheme = target.split(['/', ')', '#', '?']).next().is_some_and(|first| first.contains(':'));
        target.starts_with("data:") || !(host || scheme)
    };
    let quoted = words.contains("\"//") || words.contains("'//");
    whole || quoted || !inside.into_iter().all(own)
}

/// What escapes stand for: `\69` and `\i` are an `i`. Lines stay.
fn unescaped(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut signs = css.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign != '\\' {
            out.push(sign);
            continue;
        }
        let mut digits = String::new();
        while digits.len() < 6
            && let Some(digit) = signs.next_if(char::is_ascii_hexdigit)
        {
            digits.push(digit);
        }
        match u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32) {
            Some(meant) => {
                out.push(meant);
                if let Some(space) = signs.next_if(|sign| sign.is_ascii_whitespace()) {
                    out.push_str(if space == '\n' { "\n" } else { "" });
                }
            }
            None => out.extend(signs.next_if(|sign| *sign != '\n')),
        }
    }
    out
}

/// Without what stands between `/*` and `*/`, where that stands in no quoted text. Lines stay.
fn without_remarks(css: &str) -> String {
    let (mut out, mut signs) = (String::with_capacity(css.len()), css.chars().peekable());
    let (mut quote, mut in_remark) = (None, false);
    while let Some(sign) = signs.next() {
        let next = signs.peek().copied();
        match quote {
            _ if in_remark => {
                if sign == '*' && next == Some('/') {
                    signs.next();
                    in_remark = false;
                }
                out.extend(Some(sign).filter(|sign| *sign == '\n'));
            }
            Some(mark) => {
                out.push(sign);
                quote = Some(mark).filter(|mark| sign != *mark && sign != '\n');
            }
            None if sign == '/' && next == Some('*') => {
                signs.next();
                in_remark = true;
            }
            None => {
                out.push(sign);
                quote = Some(sign).filter(|sign| "\"'".contains(*sign));
            }
        }
    }
    out
}
