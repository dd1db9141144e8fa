//! The scanner on the spellings that mislead simple scanners.

use super::{Function, functions, mask, words};

fn only_function(source: &str) -> Function {
    let mut found = functions(&mask(source).code);
    assert_eq!(found.len(), 1, "in {source}");
    found.remove(0)
}

#[test]
fn comments_and_quoted_text_are_not_code() {
    let source = "let a = \"fn x() {\"; // fn y() {\n/* fn /* z */ { */ let b = r#\"say \"}\" \"#;\n";
    let masked = mask(source);
    assert!(!masked.code.contains("fn"));
    assert!(!masked.code.contains('{') && !masked.code.contains('}'));
    assert_eq!(masked.code.lines().count(), source.lines().count());
    let texts: Vec<&str> = masked.literals.iter().map(|l| l.text.as_str()).collect();
    assert_eq!(texts, ["fn x() {", "say \"}\" "]);
    assert_eq!(masked.literals[1].line, 2);
}

#[test]
fn quotes_inside_literals_do_not_end_them() {
    let masked = mask(r#"let q = ('"', '\'', "\"", '\u{640}', br"\"); let after = 1;"#);
    assert!(masked.code.contains("let after = 1;"));
    assert_eq!(masked.literals.len(), 5);
}

#[test]
fn a_lifetime_is_not_a_character() {
    let masked = mask("fn keep<'a>(words: &'a str) -> &'a str { words }");
    assert!(masked.literals.is_empty());
    assert!(masked.code.contains("{ words }"));
}

#[test]
fn a_raw_name_is_not_a_raw_string() {
    let masked = mask("let r#type = attr; let s = \"quoted\";");
    assert_eq!(masked.literals.len(), 1);
    assert!(masked.code.contains("r#type = attr;"));
}

#[test]
fn a_function_is_measured_from_its_name_to_its_brace() {
    let found =
        only_function("\n/// Doc.\npub async fn post(a: u8) -> [u8; 2]\nwhere u8: Copy {\n  if a > 1 { x() }\n}\n");
    assert_eq!((found.name.as_str(), found.line, found.lines()), ("post", 3, 4));
    assert!(found.before.contains("pub async"));
    assert_eq!(found.body.as_deref(), Some("\n  if a > 1 { x() }\n"));
}

#[test]
fn a_declared_function_has_no_body_and_a_pointer_is_no_function() {
    let found = functions("trait T { fn named(&self); } type P = fn(u8) -> u8;");
    assert_eq!(found.len(), 1);
    assert!(found[0].body.is_none());
}

#[test]
fn nested_functions_are_found_too() {
    let found = functions("fn outer() { fn inner() {} inner() }");
    let names: Vec<&str> = found.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(names, ["outer", "inner"]);
}

#[test]
fn parameter_types_are_read_without_their_names() {
    let found =
        only_function("fn f<F: Fn(u8) -> u8>(Path((a, b)): Path<(Id, u8)>, guard: crate::guard::Moderator, &self) {}");
    assert_eq!(found.parameter_types(), ["Path<(Id, u8)>", "crate::guard::Moderator"]);
}

#[test]
fn words_know_their_line() {
    let found: Vec<(usize, &str)> = words("margin-left:\n 0").collect();
    assert_eq!(found, [(1, "margin"), (1, "left"), (2, "0")]);
}
