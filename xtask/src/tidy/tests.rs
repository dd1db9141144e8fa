//! Each rule on a case it must catch and a case it must let pass.

use super::{RULES, css, guard, honesty, house, length, sql, template, words};
use crate::complaint::Complaint;
use crate::tree::Tree;

type Judge = fn(&Tree) -> Vec<Complaint>;

/// Asserts that the rule complains about this file alone, on these lines.
#[track_caller]
fn catches(judge: Judge, path: &str, text: &str, lines: &[usize]) {
    let complaints = judge(&Tree::of(&[(path, text)]));
    let found: Vec<usize> = complaints.iter().map(|complaint| complaint.line).collect();
    assert_eq!(found, lines, "{complaints:?}");
    assert!(complaints.iter().all(|complaint| complaint.path == path));
}

/// Asserts that the rule has nothing to say about this file.
#[track_caller]
fn passes(judge: Judge, path: &str, text: &str) {
    catches(judge, path, text, &[]);
}

#[test]
fn every_rule_is_listed_once() {
    let mut asked: Vec<&str> = RULES.iter().map(|rule| rule.asks).collect();
    asked.sort_unstable();
    asked.dedup();
    assert_eq!(asked.len(), RULES.len());
}

#[test]
fn a_crate_that_imports_what_stands_after_it_is_caught() {
    let rule = house::crate_line;
    let store = "crates/store/Cargo.toml";
    passes(rule, store, "[dependencies]\nnewsroom.workspace = true\ntokio = \"1\"");
    catches(rule, store, "[dependencies]\nweb.workspace = true", &[0]);
    catches(rule, store, "[dev-dependencies]\nmoving.workspace = true", &[0]);
    catches(rule, store, "[dependencies]\nx = { package = \"server\", path = \"y\" }", &[0]);
    catches(rule, store, "[target.'cfg(unix)'.dependencies]\nweb.workspace = true", &[0]);
    catches(rule, store, "[dependencies]\nxtask = { path = \"../../xtask\" }", &[0]);
    catches(rule, "crates/extra/Cargo.toml", "[package]", &[0]);
    catches(rule, store, "not a manifest", &[0]);
}

#[test]
fn a_pure_crate_with_an_unlisted_dependency_is_caught() {
    let rule = house::allow_list;
    let moderation = "crates/moderation/Cargo.toml";
    let tests_may = "[dependencies]\nserde = \"1\"\n[dev-dependencies]\ntokio = \"1\"";
    passes(rule, moderation, tests_may);
    catches(rule, moderation, "[dependencies]\ntokio = \"1\"", &[0]);
    catches(rule, moderation, "[build-dependencies]\ncc = \"1\"", &[0]);
    passes(rule, "crates/web/Cargo.toml", "[dependencies]\ntokio = \"1\"");
}

#[test]
fn a_pure_crate_without_no_std_is_caught() {
    let both = |text| {
        let paths = ["crates/arabic/src/lib.rs", "crates/moderation/src/lib.rs"];
        house::no_std(&Tree::of(&[(paths[0], text), (paths[1], text)]))
    };
    assert!(both("//! Letters.\n#![no_std]\n").is_empty());
    assert!(both("#![cfg_attr(not(test), no_std)]\n").is_empty());
    assert_eq!(both("// #![no_std]\n").len(), 2);
    assert_eq!(house::no_std(&Tree::default()).len(), 2);
}

#[test]
fn a_drawer_is_caught_as_file_folder_and_module() {
    let rule = house::drawers;
    passes(rule, "crates/web/src/comments/form.rs", "mod thread; // not utils");
    catches(rule, "crates/web/src/utils.rs", "", &[0]);
    catches(rule, "crates/web/src/service/mod.rs", "", &[0]);
    catches(rule, "crates/store/tests/common/mod.rs", "", &[0]);
    catches(rule, "crates/web/src/lib.rs", "\nmod helpers { fn x() {} }", &[2]);
}

#[test]
fn a_long_file_is_caught_sooner_in_web_and_later_in_tests() {
    let rule = length::files;
    let lines = |count: usize| "//\n".repeat(count);
    passes(rule, "crates/store/src/queue.rs", &lines(400));
    catches(rule, "crates/store/src/queue.rs", &lines(401), &[0]);
    passes(rule, "crates/web/src/routes.rs", &lines(250));
    catches(rule, "crates/web/src/routes.rs", &lines(251), &[0]);
    passes(rule, "crates/web/src/desk/tests.rs", &lines(800));
    catches(rule, "crates/store/tests/story.rs", &lines(801), &[0]);
}

#[test]
fn a_long_function_is_caught_on_its_line() {
    let rule = length::functions;
    let function = |lines: usize| format!("\nfn long() {{\n{}}}\n", "    x();\n".repeat(lines - 2));
    passes(rule, "crates/web/src/a.rs", &function(60));
    catches(rule, "crates/web/src/a.rs", &function(61), &[2]);
    passes(rule, "crates/web/src/tests.rs", &function(120));
    catches(rule, "crates/web/tests/a.rs", &function(121), &[2]);
}

#[test]
fn a_large_file_is_caught_unless_it_is_listed() {
    let rule = length::bytes;
    let large = "x".repeat(200_001);
    catches(rule, "crates/web/assets/picture.svg", &large, &[0]);
    passes(rule, "crates/web/assets/picture.svg", &large[1..]);
    passes(rule, "Cargo.lock", &large);
    passes(rule, "models/small.bin", &large);
    passes(rule, "crates/web/assets/fonts/text.woff2", &large);
    passes(rule, "crates/server/tests/vendor/axe.min.js", &large);
}

#[test]
fn unfinished_work_is_caught() {
    let rule = words::unfinished;
    let mark = concat!("// FIX", "ME later");
    let later = concat!("/* TO", "DO */");
    let stub = concat!("fn f() { to", "do!() }");
    catches(rule, "crates/web/src/a.rs", mark, &[1]);
    catches(rule, "crates/web/assets/css/a.css", later, &[1]);
    catches(rule, "crates/web/src/a.rs", stub, &[1]);
    passes(rule, "crates/web/src/a.rs", "// the todos of the desk");
    passes(rule, "crates/server/tests/vendor/axe.js", later);
}

#[test]
fn sql_outside_store_is_caught() {
    let rule = sql::outside_store;
    let read = "fn f() {\n  g(\"select headline\n from stories\");\n}";
    catches(rule, "crates/web/src/a.rs", read, &[2]);
    catches(rule, "crates/moving/src/a.rs", "const A: &str = r#\" UPDATE stories\n set x = 1\"#;", &[1]);
    catches(rule, "crates/web/src/a.rs", "const A: &str = \"with a as (select 1) select 2\";", &[1]);
    passes(rule, "crates/store/src/a.rs", read);
    passes(rule, "crates/web/src/a/tests.rs", read);
    passes(rule, "crates/web/src/a.rs", "// select headline from stories\nf(\"update the paper\", \"selected\");");
}

#[test]
fn a_migration_without_its_twin_is_caught() {
    let rule = |paths: &[&str]| {
        let paths: Vec<String> = paths.iter().map(|p| format!("crates/store/migrations/{p}")).collect();
        let files: Vec<(&str, &str)> = paths.iter().map(|p| (p.as_str(), "")).collect();
        sql::pairs(&Tree::of(&files)).len()
    };
    assert_eq!(rule(&["sqlite/0001_start.sql", "postgres/0001_start.sql"]), 0);
    assert_eq!(rule(&["sqlite/0001_start.sql"]), 1);
    assert_eq!(rule(&["sqlite/0001_start.sql", "postgres/0001_begin.sql"]), 3);
    assert_eq!(rule(&["sqlite/0002_start.sql", "postgres/0002_start.sql"]), 1);
    assert_eq!(rule(&["oracle/0001_start.sql"]), 1);
}

#[test]
fn refused_sql_is_caught_in_migrations_and_in_store() {
    let rule = sql::refused;
    let up = "crates/store/migrations/postgres/0001_start.sql";
    passes(rule, up, "-- no serial here\ncreate table a (id bigint primary key);");
    catches(rule, up, "create table a (\n id bigserial primary key);", &[1]);
    catches(rule, up, "create table a (id bigint);\n\ncreate  TRIGGER t on a;", &[3]);
    catches(rule, up, "create sequence s;\nlisten news;", &[1, 2]);
    let store = "crates/store/src/engine/postgres.rs";
    passes(rule, store, "f(\"select x from y for update skip locked\", \"it listens\", \"serialization\");");
    catches(rule, store, "f();\nf(\"select pg_advisory_lock(1)\");", &[2]);
    passes(rule, "crates/web/src/a.rs", "f(\"notify the desk\");");
}

#[test]
fn a_handler_of_the_desk_without_a_guard_is_caught() {
    let rule = guard::guarded;
    let desk = "crates/web/src/desk/ruling.rs";
    passes(rule, desk, "pub async fn rule(moderator: Moderator, app: App) -> Page { x() }");
    passes(rule, desk, "pub async fn rule(\n    Staff(s): crate::guard::StaffMember,\n) -> Page { x() }");
    passes(rule, desk, "async fn inner(app: App) {} pub fn plain(app: App) {}");
    passes(rule, desk, "impl Shell {\n    pub async fn new(app: &App) -> Self { x() }\n}");
    catches(rule, "crates/web/src/newsroom_desk/steps.rs", "pub async fn lead(app: App) -> Page { x() }", &[1]);
    catches(rule, desk, "\npub async fn rule(app: App) -> Page { let m: Moderator = x(); }", &[2]);
    catches(rule, desk, "pub async fn rule(m: Option<Moderator>) -> Page { x() }", &[1]);
    catches(rule, desk, "pub(crate) async fn rule(moderator: Visitor) -> Page { x() }", &[1]);
    catches(rule, "crates/web/src/editor/mod.rs", "pub async fn publish(Owner: App) {}", &[1]);
    passes(rule, "crates/web/src/story/mod.rs", "pub async fn read(app: App) {}");
    passes(rule, "crates/web/src/desk/tests.rs", "pub async fn walk(app: App) {}");
}

#[test]
fn a_purge_outside_aftermath_is_caught() {
    let rule = guard::purges;
    let call = "fn f() {\n    app.pages\n        .purge(tag);\n}";
    catches(rule, "crates/web/src/desk/ruling.rs", call, &[3]);
    catches(rule, "crates/server/src/main.rs", "use web::page_cache::purge;", &[1]);
    passes(rule, "crates/web/src/aftermath.rs", call);
    passes(rule, "crates/web/src/aftermath/stories.rs", call);
    passes(rule, "crates/web/src/page_cache/mod.rs", call);
    passes(rule, "crates/web/src/desk/ruling.rs", "// .purge(tag)");
}

#[test]
fn left_and_right_are_caught_in_css() {
    let rule = css::physical;
    let sheet = "crates/web/assets/css/story.css";
    let good = "/* left */ a { margin-inline-start: 1rem; background: url(left.svg); content: \"right\" }\n.copyright { }\n@page :left { }";
    passes(rule, sheet, good);
    for bad in ["margin-left: 0", "text-align: right", "left: 0", "float: left", "border-top-left-radius: 0"] {
        catches(rule, sheet, &format!("/* two\nlines */\na {{ {bad}; }}"), &[3]);
    }
    passes(rule, "crates/server/tests/vendor/a.css", "a { left: 0 }");
}

#[test]
fn spaced_letters_are_caught() {
    let rule = css::letter_spacing;
    catches(rule, "crates/web/assets/css/a.css", "h1 { letter-spacing: 1px }", &[1]);
    passes(rule, "crates/web/assets/css/a.css", "/* no letter-spacing */ h1 { word-spacing: 1px }");
}

#[test]
fn unescaped_printing_is_caught_unless_listed_with_a_reason() {
    let rule = |tree: &Tree| template::unescaped_except(tree, &[]);
    let page = "crates/web/src/story/page.html";
    passes(rule, page, "{{ story.headline }} {{ safe }}");
    catches(rule, page, "\n{{ body | safe }}", &[2]);
    catches(rule, page, "{{ body|escape(\"none\") }}", &[1]);
    catches(rule, "crates/web/src/story/mod.rs", "f(filters::Safe(body));", &[1]);
    catches(rule, "crates/web/src/story/mod.rs", "impl HtmlSafe for Body {}", &[1]);
    passes(rule, "crates/web/src/story/mod.rs", "// Safe(x)\nf(\"Safe(x)\", Safety(1));");
}

#[test]
fn a_listed_file_may_print_unescaped_and_must_still_do_so() {
    let page = "crates/web/src/story/page.html";
    let listed = [(page, "blocks are rendered by newsroom, which escapes them")];
    let judge = |text| template::unescaped_except(&Tree::of(&[(page, text)]), &listed);
    assert!(judge("{{ body|safe }}").is_empty());
    assert_eq!(judge("{{ body }}").len(), 1);
}

#[test]
fn code_and_style_inside_a_page_are_caught() {
    let rule = template::inline;
    let page = "crates/web/src/story/page.html";
    passes(rule, page, "<p>style=\"x\"</p><script src=\"/a.js\" defer></script><!-- <b onclick=x> -->");
    passes(rule, page, "<a href=\"?a=1&onclick=2\" {% if a > b %}class=\"b\"{% endif %}>on = 1</a>");
    passes(rule, page, "<script type=\"application/ld+json\">{{ facts }}</script>");
    catches(rule, page, "<p>\n<a class=\"b\" style=\"color:red\">", &[2]);
    catches(rule, page, "<button\n  onclick='x()'>", &[1]);
    catches(rule, page, "<p {% if a %}STYLE = \"x\"{% endif %}>", &[1]);
    catches(rule, page, "<script>alert(1)</script>", &[1]);
    catches(rule, page, "<script>{{ code }}x</script >", &[1]);
}

#[test]
fn words_for_people_in_sources_are_caught() {
    let rule = words::in_sources;
    let source = "/// «تعليق»\nfn f() -> &'static str { \"تعليق\" } // تعليق";
    catches(rule, "crates/web/src/comments/mod.rs", source, &[2]);
    catches(rule, "crates/newsroom/src/a.rs", "const A: char = 'ل';", &[1]);
    passes(rule, "crates/web/src/comments/tests.rs", source);
    passes(rule, "crates/arabic/src/fold.rs", source);
    passes(rule, "crates/moderation/src/lib.rs", source);
    passes(rule, "crates/moving/src/page/reader.rs", source);
    passes(rule, "crates/web/src/a.rs", "const A: &str = \"comments.count ـــ ، \\u{644}\";");
}

#[test]
fn words_for_people_in_templates_are_caught() {
    let rule = words::in_templates;
    let page = "crates/web/src/story/page.html";
    passes(rule, page, "{# تعليق #}<!-- تعليق --><p>{{ t.s(\"story.by\") }}</p>");
    catches(rule, page, "<p>\nتعليق</p>", &[2]);
    passes(rule, page, "<dt><kbd>A</kbd> <kbd class=\"ar\">ش</kbd></dt>");
    catches(rule, page, "<kbd>ش</kbd> تعليق", &[1]);
    catches(rule, page, "{{ f(\"تعليق\") }}", &[1]);
    passes(rule, "crates/web/locales/ar.json", "\"تعليق\"");
}

#[test]
fn a_test_that_does_nothing_or_does_not_run_is_caught() {
    let rule = honesty::idle_tests;
    let path = "crates/store/src/tests.rs";
    passes(rule, path, "#[test]\nfn kept() { assert!(true) }\nfn empty() {}");
    catches(rule, path, "#[test]\nfn kept() { /* later */ }", &[2]);
    catches(rule, path, "#[tokio::test(flavor = \"current_thread\")]\nasync fn kept() {}", &[2]);
    catches(rule, path, "#[test]\n#[ignore = \"slow\"]\nfn kept() { assert!(true) }", &[3]);
}

#[test]
fn a_test_that_sleeps_is_caught_unless_it_waits_for_a_condition() {
    let rule = honesty::sleeping_tests;
    let path = "crates/server/tests/browser.rs";
    let patient = "async fn until(look: Look) {\n    while !look() { tokio::time::sleep(STEP).await; }\n}";
    passes(rule, path, patient);
    passes(rule, path, &patient.replace("until", "until_shown"));
    catches(rule, path, &patient.replace("until", "eventually"), &[2]);
    catches(rule, path, "fn x() { std::thread::sleep(STEP) } // sleep", &[1]);
    passes(rule, "crates/web/src/clockwork.rs", "fn x() { sleep(STEP) }");
}
