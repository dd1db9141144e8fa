//! Separates code from comments and quoted text.

use super::is_word;

/// A source file with everything that is not code taken out.
pub struct Masked {
    /// The source, a space in place of every character of comments and
    /// literals; lines are where they were.
    pub code: String,
    /// The literals in order.
    pub literals: Vec<Literal>,
}

/// A string or character literal.
pub struct Literal {
    /// Where it begins, counted from one.
    pub line: usize,
    /// What stands between the quotes, escapes as written.
    pub text: String,
}

/// Takes comments and literals out of `source`.
pub fn mask(source: &str) -> Masked {
    let mut reader = Reader {
        chars: source.chars().collect(),
        at: 0,
        line: 1,
        code: String::with_capacity(source.len()),
        literals: Vec::new(),
    };
    while reader.at < reader.chars.len() {
        reader.step();
    }
    Masked { code: reader.code, literals: reader.literals }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    line: usize,
    code: String,
    literals: Vec<Literal>,
}

impl Reader {
    fn step(&mut self) {
        match (self.peek(0), self.peek(1)) {
            (Some('/'), Some('/')) => self.line_comment(),
            (Some('/'), Some('*')) => self.block_comment(),
            (Some('"'), _) => self.string(),
            (Some('\''), _) => self.character_or_lifetime(),
            (Some('r'), _) => self.raw_string_or_word(),
            _ => self.keep(),
        }
    }

    fn line_comment(&mut self) {
        while self.peek(0).is_some_and(|c| c != '\n') {
            self.blank();
        }
    }

    /// Block comments nest in Rust.
    fn block_comment(&mut self) {
        let mut depth = 0;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => depth += 1,
                (Some('*'), Some('/')) => depth -= 1,
                (None, _) => return,
                _ => {
                    self.blank();
                    continue;
                }
            }
            self.blank();
            self.blank();
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        let line = self.line;
        self.blank();
        let mut text = String::new();
        while let Some(c) = self.peek(0) {
            self.blank();
            match c {
                '"' => break,
                '\\' => {
                    text.push(c);
                    text.extend(self.peek(0));
                    self.blank();
                }
                _ => text.push(c),
            }
        }
        self.literals.push(Literal { line, text });
    }

    /// `'a'` and `'\n'` are characters, `'a` alone is a lifetime.
    fn character_or_lifetime(&mut self) {
        let escaped = self.peek(1) == Some('\\');
        if !escaped && self.peek(2) != Some('\'') {
            return self.keep();
        }
        let line = self.line;
        self.blank();
        let mut text = String::new();
        // The first character is taken whatever it is: it may be an escaped quote.
        for _ in 0..if escaped { 2 } else { 1 } {
            text.extend(self.peek(0));
            self.blank();
        }
        while let Some(c) = self.peek(0) {
            self.blank();
            if c == '\'' {
                break;
            }
            text.push(c);
        }
        self.literals.push(Literal { line, text });
    }

    /// `r"…"` and `r#"…"#`, also after `b` or `c`; any other `r` is a letter of a word.
    fn raw_string_or_word(&mut self) {
        let hashes = (1..).take_while(|ahead| self.peek(*ahead) == Some('#')).count();
        let before = self.at.checked_sub(1).and_then(|at| self.chars.get(at));
        let prefixed = before.is_some_and(|c| matches!(c, 'b' | 'c'));
        let inside_word = before.is_some_and(|c| is_word(*c)) && !prefixed;
        if inside_word || self.peek(hashes + 1) != Some('"') {
            return self.keep();
        }
        let line = self.line;
        (0..hashes + 2).for_each(|_| self.blank());
        let mut text = String::new();
        while let Some(c) = self.peek(0) {
            let closed = c == '"' && (1..=hashes).all(|ahead| self.peek(ahead) == Some('#'));
            if closed {
                (0..hashes + 1).for_each(|_| self.blank());
                break;
            }
            text.push(c);
            self.blank();
        }
        self.literals.push(Literal { line, text });
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn keep(&mut self) {
        let Some(c) = self.peek(0) else { return };
        self.code.push(c);
        self.advance(c);
    }

    fn blank(&mut self) {
        let Some(c) = self.peek(0) else { return };
        self.code.push(if c == '\n' { '\n' } else { ' ' });
        self.advance(c);
    }

    fn advance(&mut self, c: char) {
        self.at += 1;
        self.line += usize::from(c == '\n');
    }
}
