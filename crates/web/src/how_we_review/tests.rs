use crate::tests::open_paper::OpenPaper;
use crate::words::Words;
use arabic::digits::Digits;
use moderation::phases::PHASES;
use newsroom::profile::Language;

#[tokio::test]
async fn the_page_names_every_look_with_its_two_examples() {
    let paper = OpenPaper::open().await;
    let got = paper.get("/how-we-review").await;
    got.assert_order(&["<h1>كيف نراجع التعليقات"]);
    for phase in PHASES {
        for example in [phase.caught(), phase.passed()] {
            let escaped = example.replace('&', "&#38;").replace('"', "&#34;");
            assert!(got.text.contains(&escaped), "{}: «{example}» is not on the page", phase.name);
        }
    }
}

#[test]
fn every_look_has_words_in_every_language() {
    for language in [Language::Ar, Language::Fr, Language::En] {
        let t = Words::new(language, Digits::Western);
        for phase in PHASES {
            for key in [format!("phase.{}", phase.name), format!("phase.{}.why", phase.name)] {
                assert_ne!(t.s(&key), key, "{language:?}");
            }
        }
    }
}
