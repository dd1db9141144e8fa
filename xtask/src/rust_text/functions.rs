//! Finds functions in masked code by counting brackets.

use super::is_word;

/// A function as it stands in a file.
pub struct Function {
    /// Its name.
    pub name: String,
    /// The line of `fn`, counted from one.
    pub line: usize,
    /// The line its body or its semicolon ends on.
    pub last_line: usize,
    /// What stands before `fn` and belongs to it: attributes, `pub`, `async`.
    pub before: String,
    /// From after the name to before the body: generics, parameters, answer.
    pub signature: String,
    /// What stands between the braces; nothing for a function that is only declared.
    pub body: Option<String>,
}

impl Function {
    /// Lines from `fn` to the closing brace, both counted.
    pub fn lines(&self) -> usize {
        self.last_line - self.line + 1
    }

    /// The types of the parameters, in order, without their names.
    pub fn parameter_types(&self) -> Vec<String> {
        let chars: Vec<char> = self.signature.chars().collect();
        let Some(open) = first_outside_generics(&chars, '(') else {
            return Vec::new();
        };
        let close = closing(&chars, open).unwrap_or(chars.len());
        let inside: String = chars[open + 1..close].iter().collect();
        split_outside(&inside, ',')
            .iter()
            .filter_map(|parameter| {
                let parts = split_outside(parameter, ':');
                (parts.len() > 1).then(|| parts[1..].join(":").trim().to_owned())
            })
            .collect()
    }
}

/// The functions of masked code, nested ones too, in the order of their `fn`.
pub fn functions(code: &str) -> Vec<Function> {
    let chars: Vec<char> = code.chars().collect();
    (0..chars.len()).filter(|at| is_fn_keyword(&chars, *at)).filter_map(|at| function_at(&chars, at)).collect()
}

fn is_fn_keyword(chars: &[char], at: usize) -> bool {
    chars[at..].starts_with(&['f', 'n'])
        && (at == 0 || !is_word(chars[at - 1]))
        && chars.get(at + 2).is_some_and(|c| c.is_whitespace())
}

/// `None` for what is no function after all, such as `fn $name` in a macro.
fn function_at(chars: &[char], at: usize) -> Option<Function> {
    let name_start = (at + 2..chars.len()).find(|i| !chars[*i].is_whitespace())?;
    let name_end = (name_start..chars.len()).find(|i| !is_word(chars[*i]))?;
    if name_start == name_end {
        return None;
    }
    let stop = (name_end..chars.len())
        .scan(0_i32, |depth, i| Some((i, level(depth, chars[i]))))
        .find(|(i, depth)| *depth == 0 && matches!(chars[*i], '{' | ';'))?
        .0;
    let end = match chars[stop] {
        '{' => closing(chars, stop)?,
        _ => stop,
    };
    let text = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    Some(Function {
        name: text(name_start, name_end),
        line: line_of(chars, at),
        last_line: line_of(chars, end),
        before: text(beginning(chars, at), at),
        signature: text(name_end, stop),
        body: (chars[stop] == '{').then(|| text(stop + 1, end)),
    })
}

/// Where what belongs to the function at `at` begins: after the last brace or
/// semicolon before it.
fn beginning(chars: &[char], at: usize) -> usize {
    chars[..at].iter().rposition(|c| matches!(c, '{' | '}' | ';')).map_or(0, |position| position + 1)
}

/// Depth of round and square brackets after `c`.
fn level(depth: &mut i32, c: char) -> i32 {
    match c {
        '(' | '[' => *depth += 1,
        ')' | ']' => *depth -= 1,
        _ => {}
    }
    *depth
}

/// The bracket that closes the one at `open`, whichever kind it is.
fn closing(chars: &[char], open: usize) -> Option<usize> {
    let pair = match chars[open] {
        '{' => ('{', '}'),
        _ => ('(', ')'),
    };
    let mut depth = 0;
    (open..chars.len()).find(|i| {
        depth += i32::from(chars[*i] == pair.0) - i32::from(chars[*i] == pair.1);
        depth == 0
    })
}

/// The first `wanted` that is not between angle brackets, so that the bounds of
/// generics such as `F: Fn(u8)` are stepped over.
fn first_outside_generics(chars: &[char], wanted: char) -> Option<usize> {
    let mut depth = 0;
    (0..chars.len()).find(|i| {
        depth += angle(chars, *i);
        depth == 0 && chars[*i] == wanted
    })
}

/// `->` and `=>` hold no angle bracket.
fn angle(chars: &[char], at: usize) -> i32 {
    let arrow = at > 0 && matches!(chars[at - 1], '-' | '=');
    match chars[at] {
        '<' => 1,
        '>' if !arrow => -1,
        _ => 0,
    }
}

/// Splits at `separator` where no bracket of any kind is open; `::` is no separator.
fn split_outside(text: &str, separator: char) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for (at, c) in chars.iter().enumerate() {
        let brackets = i32::from(matches!(c, '(' | '[')) - i32::from(matches!(c, ')' | ']'));
        depth += brackets + angle(&chars, at);
        let doubled = *c == ':' && (chars.get(at + 1) == Some(&':') || at > 0 && chars[at - 1] == ':');
        if *c == separator && depth == 0 && !doubled {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(*c);
        }
    }
    parts
}

fn line_of(chars: &[char], at: usize) -> usize {
    1 + chars[..at].iter().filter(|c| **c == '\n').count()
}
