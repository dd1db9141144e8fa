//! What a small evaluation becomes.

use super::figures::{Evaluation, Passes, Share};
use super::rows::{Sources, about_pastes, lines_of};
use super::{Asked, Blind, MadeAgain, Measured, drawing, page, required, write};
use std::path::{Path, PathBuf};

const EVALUATION: &str = r#"{
  "under": {"version": "0.1.0", "rulebook": "00ff", "models": "ff00"},
  "texts": 12,
  "heads": {"heads": [{
    "head": "abuse", "known": 10, "positive": 4, "average_precision": [0.91, {"low": 0.8, "high": 0.95}], "area": 0.97,
    "best_macro_f1": [0.85, 0.5], "recall": [0.75, 0.5, 0.25], "calibration_error": 0.0312, "held": {},
    "curve": [[0.25, 1.0], [0.5, 1.0], [1.0, 0.5]], "calibration": [[0.1, 0.0, 6], [0.9, 0.75, 4]],
    "sources": [], "unknown": [{"source": "hespress", "held": 2, "all": 50}, {"source": "elsewhere", "held": 9, "all": 9}]
  }]},
  "engine": [{"what": "abuse", "found": 3, "missed": 1, "alarms": 1, "passed": 5}],
  "sources": {"hespress": {
    "held": {"part": 5, "of": 50, "interval": {"low": 0.04, "high": 0.21}},
    "abuse": {"part": 2, "of": 50, "interval": {"low": 0.01, "high": 0.13}},
    "support": {"part": 0, "of": 50, "interval": {"low": 0.0, "high": 0.07}},
    "spam": {"part": 0, "of": 50, "interval": {"low": 0.0, "high": 0.07}},
    "refused": {"part": 0, "of": 50, "interval": {"low": 0.0, "high": 0.07}}
  }},
  "functional": {"ar all hateful, found": {"part": 8, "of": 10, "interval": {"low": 0.49, "high": 0.94}}},
  "pairs": {"literal": {"pairs": 20, "both": 17, "caught": 18, "passed": 19, "wrong": ["-a"], "refused": 1}},
  "swapped": {
    "names": 2, "sentences": 30,
    "looked": {"part": 1, "of": 60, "interval": {"low": 0.003, "high": 0.089}},
    "found": {"part": 0, "of": 60, "interval": {"low": 0.0, "high": 0.06}},
    "refused": {"part": 0, "of": 60, "interval": {"low": 0.0, "high": 0.06}}
  },
  "pastes": {
    "articles": 4, "article_rows": 400, "comments": 100, "comment_rows": 250,
    "found": {"whole": {"part": 9, "of": 10, "interval": {"low": 0.6, "high": 0.98}}},
    "alarms": {
      "hespress": {"part": 0, "of": 50, "interval": {"low": 0.0, "high": 0.07}},
      "ans_titles": {"part": 3, "of": 50, "interval": {"low": 0.02, "high": 0.16}}
    },
    "copies": {"hespress": {"part": 2, "of": 50, "interval": {"low": 0.01, "high": 0.13}}},
    "returned": {"as it was": {"part": 20, "of": 20, "interval": {"low": 0.84, "high": 1.0}}}
  },
  "misses": []
}"#;

const TAUGHT: &str = r#"{
  "fingerprint": "00ff", "texts": 90,
  "crossed": {
    "heads": {"heads": []},
    "support": {
      "within": {
        "threshold": 0.2,
        "found": {"part": 93, "of": 100, "interval": {"low": 0.86, "high": 0.97}},
        "news": {"part": 1, "of": 200, "interval": {"low": 0.001, "high": 0.028}},
        "others": {"part": 3, "of": 100, "interval": {"low": 0.01, "high": 0.085}},
        "published": {"part": 0, "of": 50, "interval": {"low": 0.0, "high": 0.07}}
      },
      "at": []
    }
  }
}"#;

fn measured() -> Measured {
    let verdicts = "{\"id\":null,\"verdict\":{\"priority\":0,\"advice\":\"release\"}}\n\
                    {\"id\":\"b\",\"verdict\":{\"priority\":300,\"advice\":\"look\"}}";
    let evaluation: Evaluation = serde_json::from_str(EVALUATION).unwrap();
    let other: Evaluation = serde_json::from_str(EVALUATION).unwrap();
    let taught = serde_json::from_str(TAUGHT).unwrap();
    let mut few = serde_json::from_str::<Evaluation>(EVALUATION).unwrap().heads.heads;
    few[0].average_precision.0 = 0.7;
    Measured {
        passes: Passes::of(verdicts).unwrap(),
        blind: Blind { pairs: other.pairs, passes: Passes::of(verdicts).unwrap() },
        pastes: [evaluation.pastes.clone(), other.pastes],
        made_again: MadeAgain { taught, same: true, licensed: (30, few) },
        evaluation,
        train: Sources::of("{\"source\":\"one\",\"lic\":\"MIT\"}\n\n{\"source\":\"two\",\"lic\":\"none\"}").unwrap(),
        dev: Sources::of("{\"source\":\"two\",\"lic\":\"none\",\"text\":\"a mild text\"}").unwrap(),
    }
}

#[test]
fn figures_become_lines_with_their_intervals() {
    let page = page::page(&measured(), "report");
    for line in [
        "mirrored pairs. Under: models `ff00`, rulebook `00ff`, version `0.1.0`.",
        "| abuse | 4 / 10 | 0.910 [0.800–0.950] | 0.970 | 0.850 | 0.750 [0.301–0.954] | 0.500 [0.150–0.850] | 0.250 [0.046–0.699] | 0.031 |",
        "![abuse: calibration](report/abuse-calibration.svg)",
        "| abuse | 3 | 1 | 1 | 5 | 75.0 % [30.1–95.4] | 75.0 % [30.1–95.4] |",
        "| hespress | 50 | 10.0 % [4.0–21.0] | 4.0 % [1.0–13.0] | 0.0 % [0.0–7.0] | 0.0 % [0.0–7.0] | 0.0 % [0.0–7.0] |",
        "| ar all hateful, found | 8/10 = 80.0 % [49.0–94.0] |",
        "| literal | 20 | 85.0 % [64.0–94.8] | 90.0 % [69.9–97.2] | 95.0 % [76.4–99.1] | 1 |",
        "| 93/100 = 93.0 % [86.0–97.0] | 1/200 = 0.5 % [0.1–2.8] | 3/100 = 3.0 % [1.0–8.5] | 0/50 = 0.0 % [0.0–7.0] |",
        "are measured on more. `midad train` was run for it, on 90 texts, and made the very bytes of `models/heads.midad`.",
        "| paste, whole: found, its article named | 9/10 = 90.0 % [60.0–98.0] | 9/10 = 90.0 % [60.0–98.0] |",
        "| ans_titles: taken for a paste | 3/50 = 6.0 % [2.0–16.0] | 3/50 = 6.0 % [2.0–16.0] |",
        "| hespress: like another comment | 2/50 = 4.0 % [1.0–13.0] | 2/50 = 4.0 % [1.0–13.0] |",
        "| abuse | 0.910 [0.800–0.950] | 0.700 [0.800–0.950] | −0.210 |",
        "| none | two | 1 | 1 |",
        "| MIT | **all** | 1 | 0 |",
    ] {
        assert!(page.lines().any(|of_page| of_page == line), "{line}\nis not in\n{page}");
    }
    assert!(!page.contains("a mild text"), "a row's text is in the page");
    assert!(page.contains("would take 25 million rows, at 23.3 bytes in SQLite"), "{page}");
    assert_eq!(page.matches("| literal | 20 |").count(), 2, "both sets of pairs have their table");
    let not_the_same = MadeAgain { same: false, ..measured().made_again };
    let page = page::page(&Measured { made_again: not_the_same, ..measured() }, "report");
    assert!(page.contains("and made **not** the bytes of `models/heads.midad`"));
}

#[test]
fn what_is_required_is_reached_or_not_or_open() {
    let all = required::required(&measured());
    let of = |what: &str| all.iter().find(|figure| figure.what.contains(what)).unwrap_or_else(|| panic!("{what}"));
    assert_eq!(of("average precision").reached, Some(true));
    assert_eq!(of("best macro-F1").reached, Some(false), ".850 is less than .855");
    assert_eq!(of("held by the abuse head").measured.as_deref(), Some("2/50 = 4.0 % [1.1–13.5]"));
    assert_eq!(of("held by the abuse head").reached, Some(false));
    assert_eq!(of("HateCheck, Arabic").reached, Some(true));
    assert_eq!(of("both sides right").reached, Some(false));
    assert_eq!(of("nobody who worked on the engine has read").reached, Some(false));
    assert_eq!(of("advised against").measured.as_deref(), Some("2/44 = 4.5 % [1.3–15.1]"));
    assert_eq!(of("threat").reached, None, "a head that nobody measured");
    assert_eq!(of("taken for spam").reached, Some(true));
    assert_eq!(of("support, crossed").measured.as_deref(), Some("93/100 = 93.0 % [86.0–97.0]"));
    assert_eq!(of("support, crossed").reached, Some(true));
    assert_eq!(of("bare group's name").reached, Some(false), "one of sixty is more than one in a hundred");
    assert_eq!(of("known pastes found").measured.as_deref(), Some("18/20 = 90.0 % [69.9–97.2]"));
    assert_eq!(of("comments taken for pastes of known texts").measured.as_deref(), Some("0/100 = 0.0 % [0.0–3.7]"));
    assert_eq!(of("titles of news").reached, None, "no news was measured");
    assert_eq!(all.len(), 20);
}

#[test]
fn texts_that_must_pass_are_counted() {
    assert_eq!(measured().passes, Passes { texts: 2, free: 1, refused: 0 });
    let nothing = Share::of(0, 0);
    assert!(nothing.value().abs() < 1e-9 && nothing.interval.high > 0.99);
}

#[test]
fn rows_about_pastes_are_handed_on_whole() {
    let (about, other) = ("{\"known\":[\"copy_paste\",\"spam\"],\"text\":\"a\"}", "{\"known\":[\"spam\"]}");
    assert_eq!(about_pastes(&format!("{other}\n{about}\n\n{{}}")).unwrap(), format!("{about}\n"));
    assert!(about_pastes("no row").is_err());
}

#[test]
fn curves_are_drawn_inside_their_frame() {
    let evaluation: Evaluation = serde_json::from_str(EVALUATION).unwrap();
    let head = &evaluation.heads.heads[0];
    let drawn = drawing::precision_recall(head);
    assert!(drawn.contains("points=\"125.0,50.0 200.0,50.0 350.0,200.0\""), "{drawn}");
    assert!(drawn.starts_with("<svg ") && drawn.ends_with("</svg>\n"));
    let drawn = drawing::calibration(head);
    assert!(drawn.contains("<circle cx=\"320.0\" cy=\"125.0\" r=\"3\""), "{drawn}");
    assert!(!drawn.contains("<script") && !drawn.contains("style="));
}

#[test]
fn the_page_stands_beside_its_drawings_and_rows_are_read_packed_or_not() {
    let folder = std::env::temp_dir().join(format!("xtask_report_{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    write(&folder.join("page.md"), &measured()).unwrap();
    assert!(folder.join("page/abuse-precision-recall.svg").is_file() && folder.join("page.md").is_file());
    std::fs::write(folder.join("dev.jsonl"), "{\"source\":\"one\"}\n").unwrap();
    assert_eq!(Sources::of(&lines_of(&folder, "dev").unwrap()).unwrap().count("", "one"), 1);
    std::fs::write(folder.join("train.jsonl"), "plain").unwrap();
    let packed = std::process::Command::new("gzip").arg(folder.join("train.jsonl")).status().unwrap();
    assert!(packed.success());
    assert_eq!(lines_of(&folder, "train").unwrap(), "plain");
    assert!(lines_of(&folder, "nowhere").is_err());
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_folder_of_the_data_is_asked_for() {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let root = Path::new("root");
    let asked = Asked::read(root, &words(&["--data", "rows", "--midad", "m"])).unwrap();
    assert_eq!((asked.data, asked.midad), (PathBuf::from("rows"), Some(PathBuf::from("m"))));
    assert_eq!(asked.out, root.join("docs/moderation-report.md"));
    assert!(Asked::read(root, &[]).is_err() && Asked::read(root, &words(&["--datum", "x"])).is_err());
    assert!(Asked::read(root, &words(&["--data"])).is_err());
}
