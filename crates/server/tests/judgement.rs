//! The examination at the terminal: what it says of texts, how it is measured, how it learns, and what other rules would change.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test may panic")]

#[path = "../../store/tests/both/mod.rs"]
mod both;
mod running;

use both::Trial;
use moderation::{Heads, Reading, learned};
use running::{Launch, Ran};
use serde_json::{Value, json};
use store::Place;

const RUDE: &str = "انت حمار وكلب يا غبي يا تافه";
const KIND: &str = "شكرا للجريدة على هذا الخبر عن افتتاح المكتبة";

/// `midad WORDS… FILE`, where the file holds these lines.
fn on_file(words: &[&str], name: &str, lines: &str) -> Launch {
    let launch = Launch::new(&[words, &[name]].concat());
    std::fs::write(launch.folder().join(name), lines).unwrap();
    launch
}

fn json_of(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}:\n{}", ran.out))
}

#[test]
fn judge_says_a_line_for_each_text() {
    let line = json!({ "id": "second", "text": KIND }).to_string();
    let ran = on_file(&["judge"], "texts.txt", &format!("{RUDE}\n\n{line}\n")).in_language("ar").must();
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 2, "{}", ran.out);
    let rude: Vec<&str> = lines[0].split('\t').collect();
    assert!(rude[0] == "يُقرأ بحذر" || rude[0] == "يُقترح رفضه", "{}", ran.out);
    assert!(rude[1].parse::<u16>().unwrap() >= 600 && rude[2] == RUDE && rude[3].contains("إساءة"), "{}", ran.out);
    let kind: Vec<&str> = lines[1].split('\t').collect();
    assert_eq!(kind, ["لا شيء عليه", "0", "second", ""]);
}

#[test]
fn judge_marks_the_places_and_says_why() {
    let ran = on_file(&["judge", "--explain"], "texts.txt", RUDE).must();
    assert!(ran.out.contains("⟦1") && ran.out.contains('⟧') && ran.out.contains("  1. ["), "{}", ran.out);
    let shown: String = ran.out.lines().filter(|line| line.contains('⟦')).collect();
    assert!(shown.contains("حمار") && shown.contains("غبي"), "{shown}");
}

#[test]
fn judge_gives_verdicts_as_json_and_knows_the_story() {
    let story = "المدينة تفتتح مكتبتها\nفتحت المكتبة العامة أبوابها صباح أمس بعد ثلاث سنوات من الترميم، وفيها قاعة للأطفال وأخرى للدوريات.";
    let lines = [json!({ "id": "a", "text": RUDE }), json!({ "text": story.lines().nth(1) })];
    let launch =
        on_file(&["judge", "--json", "--story", "story.txt"], "texts.jsonl", &lines.map(|l| l.to_string()).join("\n"));
    std::fs::write(launch.folder().join("story.txt"), story).unwrap();
    let ran = launch.must();
    let said: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&said[0]["id"], &said[1]["id"]), (&json!("a"), &Value::Null));
    assert!(said[0]["verdict"]["priority"].as_u64() >= Some(600), "{}", ran.out);
    let abuse = said[0]["verdict"]["scores"]["abuse"].as_u64();
    assert!(abuse > Some(5_000), "the learned heads speak at the terminal as they do in the paper: {abuse:?}");
    let range = &said[0]["verdict"]["findings"][0]["ranges"][0];
    let place = range["start"].as_u64().unwrap() as usize..range["end"].as_u64().unwrap() as usize;
    assert!(RUDE.get(place).is_some_and(|words| !words.is_empty()), "{range}");
    let reasons = said[1]["verdict"]["findings"].to_string();
    assert!(reasons.contains("story"), "quoting the story is seen: {reasons}");
}

#[test]
fn a_bad_line_is_named_with_its_file_and_number() {
    let ran = on_file(&["judge"], "texts.jsonl", &format!("{KIND}\n{{\"text\": \n")).run();
    assert!(ran.code == Some(1) && ran.err.contains("texts.jsonl:2"), "{}", ran.err);
    let labelled = format!("{}\n{}\n", row("a", KIND, &["ok"], &["insult"], "MIT"), json!({ "id": "no text" }));
    let ran = on_file(&["evaluate"], "rows.jsonl", &labelled).run();
    assert!(ran.code == Some(1) && ran.err.contains("rows.jsonl:2"), "{}", ran.err);
}

#[test]
fn a_rulebook_is_checked_and_every_mistake_is_told_with_its_place() {
    let wrong = "[limits]\nlong-txt = 500\n\n[[words]]\nlist = \"insulte\"\nentries = [\"نورس\"]\n";
    let ran = on_file(&["rulebook", "check"], "wrong.toml", wrong).in_language("ar").run();
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    let told: Vec<&str> = ran.err.lines().filter(|line| line.starts_with("wrong.toml:")).collect();
    assert_eq!(told.len(), 2, "{}", ran.err);
    assert!(told[0].starts_with("wrong.toml:2:1: لا مفتاح بهذا الاسم") && told[0].contains("long-text"), "{}", told[0]);
    assert!(told[1].starts_with("wrong.toml:5:") && told[1].contains("insult"), "{}", told[1]);

    let right = "[limits]\nlong-text = 500\n\n[[words]]\nlist = \"house\"\nentries = [\"نورس\"]\n";
    let ran = on_file(&["rulebook", "check"], "right.toml", right).in_language("ar").must();
    assert!(ran.out.contains("القواعد صحيحة"), "{}", ran.out);
}

#[test]
fn the_shipped_rules_are_shown_as_toml() {
    let shown = Launch::new(&["rulebook", "show"]).must().out;
    let rules: toml::Table = toml::from_str(&shown).unwrap_or_else(|error| panic!("{error}"));
    for section in ["limits", "policy", "words", "group", "cues"] {
        assert!(rules.contains_key(section), "{section} is not shown");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_rules_are_tried_on_what_was_judged_and_change_nothing() {
    let sqlite = Trial::sqlite();
    let place = sqlite.place.clone();
    let ended = tokio::spawn(async move { replayed(&place).await }).await;
    sqlite.clear().await;
    if let Err(failure) = ended {
        std::panic::resume_unwind(failure.into_panic());
    }
}

async fn replayed(place: &Place) {
    Launch::new(&["demo", "--waiting", "20"]).on(place).start().await.stop().await;
    let export = || Launch::new(&["export", "-"]).on(place).must().out;
    let before = export();
    let ran = on_file(&["rulebook", "replay"], "strict.toml", "[limits]\nlong-text = 5\n").on(place).must();
    let moved: Vec<&str> = ran.out.lines().filter(|line| line.contains('\t') && line.contains('→')).collect();
    assert!(moved.len() > 10, "hardly a comment is shorter than five letters:\n{}", ran.out);
    let last = ran.out.lines().last().unwrap();
    assert!(last.contains(&moved.len().to_string()), "{last} counts {} lines", moved.len());
    assert!(export() == before, "trying rules out changed the paper");

    let same = on_file(&["rulebook", "replay"], "same.toml", "# nothing of our own\n").on(place).must();
    assert!(!same.out.contains('→'), "{}", same.out);
}

fn row(id: &str, text: &str, labels: &[&str], known: &[&str], licence: &str) -> String {
    json!({ "id": id, "text": text, "source": "own", "lang": "ar", "labels": labels, "known": known, "lic": licence })
        .to_string()
}

#[test]
fn labelled_texts_are_counted_by_what_is_known_of_them() {
    let functional =
        json!({ "id": "c", "text": KIND, "source": "own", "lang": "ar", "slice": "thanks_nh", "known": ["hate"] });
    let rows = [
        row("a", RUDE, &["insult"], &["insult"], "MIT"),
        row("b", KIND, &["ok"], &["insult", "spam"], "MIT"),
        functional.to_string(),
        row("d", "الطقس جميل اليوم في المدينة", &[], &[], "MIT"),
    ];
    let counted = json_of(&on_file(&["evaluate", "--json"], "rows.jsonl", &rows.join("\n")).must());
    assert_eq!(counted["texts"], 4);
    let abuse = counted["engine"].as_array().unwrap().iter().find(|kind| kind["what"] == "abuse").unwrap();
    assert_eq!(abuse, &json!({ "what": "abuse", "found": 1, "missed": 0, "alarms": 0, "passed": 1 }));
    assert_eq!(counted["sources"]["own"]["held"]["of"], 3, "a functional test is no text of a source");
    assert_eq!(counted["functional"]["ar thanks_nh"]["part"], 1);
    let heads = counted["heads"]["heads"].as_array().unwrap();
    let head = heads.iter().find(|head| head["head"] == "abuse").expect("abuse is known");
    assert_eq!((&head["known"], &head["positive"]), (&json!(2), &json!(1)));
    assert_eq!(head["curve"], json!([[1.0, 1.0]]), "the rude one stands first");
    let texts: u64 = head["calibration"].as_array().unwrap().iter().map(|bin| bin[2].as_u64().unwrap()).sum();
    assert_eq!(texts, 2);
    assert_eq!(counted["misses"], json!([]));
}

#[test]
fn a_text_that_was_missed_is_named_and_shown_only_when_asked() {
    let wrong = row("harmless-called-rude", KIND, &["insult"], &["insult"], "MIT");
    let launch = |flags: &[&str]| on_file(&[&["evaluate"], flags].concat(), "rows.jsonl", &wrong).must().out;
    assert!(!launch(&[]).contains("harmless-called-rude"));
    let named = launch(&["--misses"]);
    assert!(named.contains("abuse missed harmless-called-rude") && !named.contains(KIND), "{named}");
    assert!(launch(&["--misses", "--show-text"]).contains(KIND));
}

#[test]
fn mirrored_pairs_are_right_where_both_sides_are() {
    let pair = |id: &str, caught: &str, passed: &str| json!({ "id": id, "class": "insult", "caught": { "text": caught, "expect": ["abuse"] }, "passed": { "text": passed } });
    let pairs = [pair("right", RUDE, KIND), pair("left", KIND, RUDE)].map(|pair| pair.to_string()).join("\n");
    let counted = json_of(&on_file(&["evaluate", "--json", "--mirror"], "pairs.jsonl", &pairs).must());
    let class = &counted["pairs"]["insult"];
    assert_eq!(
        (&class["pairs"], &class["both"], &class["caught"], &class["passed"]),
        (&json!(2), &json!(1), &json!(1), &json!(1))
    );
    assert_eq!(class["wrong"], json!(["-left", "+left"]));
}

/// Twenty kind and twenty rude ones, of which the latter half of each names no licence.
fn lessons() -> String {
    let places = ["السوق", "المدرسة", "الحديقة", "المكتبة", "المحطة"];
    let rows = (0..40).map(|n| {
        let (place, licence) = (places[n % 5], if n < 20 { "MIT" } else { "none" });
        match n % 2 {
            0 => row(
                &n.to_string(),
                &format!("يا غبي يا تافه في {place} رقم {n}"),
                &["insult"],
                &["insult", "spam"],
                licence,
            ),
            _ => {
                row(&n.to_string(), &format!("شكرا لكم على خبر {place} رقم {n}"), &["ok"], &["insult", "spam"], licence)
            }
        }
    });
    rows.collect::<Vec<_>>().join("\n")
}

fn trained(flags: &[&str]) -> (Ran, Vec<u8>) {
    let launch = on_file(&[&["train", "--out", "heads.midad"], flags].concat(), "lessons.jsonl", &lessons());
    let ran = launch.must();
    (ran, std::fs::read(launch.folder().join("heads.midad")).unwrap())
}

#[test]
fn heads_are_learned_alike_twice_and_read_back() {
    let ((ran, bytes), (_, again)) = (trained(&[]), trained(&[]));
    assert!(ran.err.contains("40"), "{}", ran.err);
    assert!(bytes == again, "the same texts give the same bytes");
    let heads = Heads::read_shared(bytes.into()).expect("the file reads back");
    assert!(ran.out.contains(&format!("{:016x}", heads.fingerprint())), "{}", ran.out);
    let said = |text: &str| {
        let reading = Reading::of(text);
        heads.scores(&reading, &learned::names(&reading, &moderation::stance::Rules::shipped())).insult
    };
    assert!(said("يا غبي يا تافه في الملعب") > said("شكرا لكم على خبر الملعب"));
}

#[test]
fn what_names_no_licence_can_be_left_out() {
    let ((ran, licensed), (_, all)) = (trained(&["--licensed-only"]), trained(&[]));
    assert!(ran.err.contains("20") && !ran.err.contains("40"), "{}", ran.err);
    assert!(licensed != all, "half of the texts make other heads");
    let nothing = row("a", KIND, &["ok"], &["insult"], "none");
    let ran = on_file(&["train", "--licensed-only", "--out", "heads.midad"], "rows.jsonl", &nothing).run();
    assert_eq!(ran.code, Some(1), "nothing is left to learn from: {}", ran.out);
}

#[test]
fn sentences_of_our_own_are_learned_besides_and_not_measured() {
    let templates = json!({
        "people": ["الجيران", "الطلاب"], "things": ["المطر"],
        "hate": ["{people} أسوأ الناس"], "threat": [], "harmless": ["شكرا يا {people}"], "plain": ["أكره {things}"],
    });
    let words = ["train", "--out", "heads.midad", "--templates", "templates.json", "--json"];
    let launch = on_file(&words, "lessons.jsonl", &lessons());
    std::fs::write(launch.folder().join("templates.json"), templates.to_string()).unwrap();
    let said = json_of(&launch.must());
    assert_eq!(said["texts"], 45, "{said}");
    let heads = Heads::read_shared(std::fs::read(launch.folder().join("heads.midad")).unwrap().into()).unwrap();
    assert_eq!(said["fingerprint"], format!("{:016x}", heads.fingerprint()));
    let crossed = said["crossed"]["heads"]["heads"].as_array().unwrap();
    let insult = crossed.iter().find(|head| head["head"] == "insult").unwrap();
    assert_eq!(insult["known"], 40, "{said}");
    assert!(crossed.iter().all(|head| head["head"] != "hate"), "hate is only in sentences of our own: {said}");
    assert_eq!(said["crossed"]["support"], Value::Null);
    assert!(heads.as_bytes() != trained(&[]).1, "the sentences change the heads");
}

#[test]
fn other_heads_than_the_shipped_ones_are_measured() {
    let launch = on_file(&["evaluate", "--json", "--models", "heads.midad"], "rows.jsonl", &lessons());
    std::fs::write(launch.folder().join("heads.midad"), trained(&[]).1).unwrap();
    let said = json_of(&launch.must());
    let shipped = json_of(&on_file(&["evaluate", "--json"], "rows.jsonl", &lessons()).must());
    assert!(said["under"]["models"] != shipped["under"]["models"], "{said}");
    let launch = on_file(&["evaluate", "--models", "heads.midad"], "rows.jsonl", &lessons());
    std::fs::write(launch.folder().join("heads.midad"), "no heads").unwrap();
    let ran = launch.run();
    assert!(ran.code == Some(1) && ran.err.contains("heads.midad"), "{}", ran.err);
}

const ARTICLE: &str = "أعلنت البلدية صباح اليوم افتتاح المكتبة العامة الجديدة في وسط المدينة بعد ثلاث سنوات من أعمال الترميم \
    وقالت مديرتها إن القاعة الكبرى تتسع لمئتي قارئ وإن قسم الأطفال يفتح أبوابه كل يوم حتى المساء";

#[test]
fn what_was_taken_from_an_article_is_found_and_comments_are_not() {
    let paste = json!({
        "id": "p", "text": ARTICLE, "source": "pastes", "labels": ["copy_paste"], "known": ["copy_paste"], "slice": "whole", "ref": "library",
    });
    let comment = json!({
        "id": "c", "text": "المكتبة قريبة من بيتنا ونذهب إليها كل أسبوع مع الأولاد وقد فرحنا كثيرا بهذا الخبر الجميل فشكرا لكل من عمل عليه",
        "source": "readers", "labels": [], "known": ["copy_paste"], "gold": "published",
    });
    let rows = format!("{paste}\n{comment}\n");
    let article = json!({ "ref": "library", "title": "مكتبة جديدة", "text": ARTICLE }).to_string();
    let measured = |article: &str| {
        let launch = on_file(&["evaluate", "--json", "--articles", "articles.jsonl"], "rows.jsonl", &rows);
        std::fs::write(launch.folder().join("articles.jsonl"), article).unwrap();
        json_of(&launch.must())["pastes"].clone()
    };
    let pastes = measured(&article);
    assert_eq!((&pastes["articles"], &pastes["comments"]), (&json!(1), &json!(1)), "{pastes}");
    assert_eq!(
        (&pastes["found"]["whole"]["part"], &pastes["found"]["whole"]["of"]),
        (&json!(1), &json!(1)),
        "{pastes}"
    );
    assert_eq!((&pastes["alarms"]["readers"]["part"], &pastes["alarms"]["readers"]["of"]), (&json!(0), &json!(1)));
    assert!(pastes["article_rows"].as_u64() > Some(3) && pastes["comment_rows"].as_u64() > Some(0), "{pastes}");
    for change in ["as it was", "tatweel and marks in every word", "second half first", "every tenth word another"] {
        assert_eq!(pastes["returned"][change]["part"], 1, "{change}: {pastes}");
    }
    let elsewhere = json!({ "ref": "other", "text": "خبر آخر" }).to_string();
    assert_eq!(measured(&elsewhere)["found"]["whole"]["part"], 0, "its article is not in the index");
}

#[test]
fn every_name_of_the_rulebook_is_put_into_news_that_names_a_group() {
    let rows = [
        row("n", "أعلنت حركة الفجر الأحمر أمس وقف إطلاق النار بحسب وكالة الأنباء", &["ok"], &["insult"], "MIT"),
        row("o", "افتتحت الوزيرة المعرض أمس", &["ok"], &["insult"], "MIT"),
    ];
    let news = rows.map(|row| row.replace("\"own\"", "\"ant_report\"")).join("\n");
    let launch = on_file(&["evaluate", "--json", "--set", "rulebook=rules.toml"], "rows.jsonl", &news);
    let rules = "[[group]]\nid = \"dawn\"\nname = \"الفجر الأحمر\"\nofficial = [\"حركة الفجر الأحمر\"]\n";
    std::fs::write(launch.folder().join("rules.toml"), rules).unwrap();
    let swapped = json_of(&launch.must())["swapped"].clone();
    let names = swapped["names"].as_u64().unwrap();
    assert_eq!(swapped["sentences"], 1, "{swapped}");
    // Its own name put in leaves the sentence as it was.
    assert_eq!(swapped["found"]["of"], names - 1, "{swapped}");
    assert_eq!((&swapped["found"]["part"], &swapped["refused"]["part"]), (&json!(0), &json!(0)), "{swapped}");
}
