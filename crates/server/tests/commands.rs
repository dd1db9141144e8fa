//! What an administrator does at the terminal.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a test may panic, and says why it did not run")]

#[path = "../../store/tests/both/mod.rs"]
mod both;
mod running;

use both::Trial;
use running::{Launch, free_port, rows};
use serde_json::Value;
use std::path::{Path, PathBuf};
use store::Place;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const SAVED_PAGES: [&str; 3] = ["plain", "quirky", "windows-1256"];

/// Both engines, or the reason why not.
async fn two_places() -> Option<(Trial, Trial)> {
    let Some(postgres) = Trial::postgres().await else {
        println!("NOT RUN: PostgreSQL (MIDAD_TEST_POSTGRES is not set)");
        return None;
    };
    Some((Trial::sqlite(), postgres))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_moves_to_the_other_engine_and_back_without_losing_a_row() {
    let Some((sqlite, postgres)) = two_places().await else { return };
    let (there, back) = (postgres.place.clone(), Trial::sqlite());
    let places = (sqlite.place.clone(), there, back.place.clone());
    let ended = tokio::spawn(async move { moves(&places.0, &places.1, &places.2).await }).await;
    sqlite.clear().await;
    postgres.clear().await;
    back.clear().await;
    if let Err(failure) = ended {
        std::panic::resume_unwind(failure.into_panic());
    }
}

async fn moves(from: &Place, there: &Place, back: &Place) {
    Launch::new(&["demo", "--waiting", "50"]).on(from).start().await.stop().await;
    let export = Launch::new(&["export", "whole.jsonl"]).on(from);
    export.must();
    let file = export.folder().join("whole.jsonl");
    let whole = std::fs::read_to_string(&file).expect("the export");
    let tables = rows(&whole);
    assert!(tables["comments"].len() >= 350, "{} comments", tables["comments"].len());
    assert!(tables["stories"].len() >= 40, "{} stories", tables["stories"].len());

    for place in [there, back] {
        Launch::new(&["import", "all", &file.display().to_string()]).on(place).must();
        Launch::new(&["check"]).on(place).must();
        let again = Launch::new(&["export", "-"]).on(place).must().out;
        // The export keeps directions' marks; what was printed lost them on the way into this test.
        let first: String = whole.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}')).collect();
        assert!(again == first, "the export of {place:?} differs: {}", first_difference(&first, &again));
    }
    let full = Launch::new(&["import", "all", &file.display().to_string()]).on(there).run();
    assert!(!full.success && full.err.contains("whole.jsonl"), "a paper that is not empty is not filled: {}", full.err);

    // On its new engine the paper is served, and the old links of its staff still hold.
    let paper = Launch::new(&["serve"]).on(there).start().await;
    let front = paper.reader().get("/").await;
    assert_eq!(front.status, 200);
    assert!(!front.values("href", "/stories/").is_empty(), "the front page has no stories");
    assert!(paper.links().is_empty(), "nobody is made owner of a paper that has an owner");
    paper.stop().await;
}

fn first_difference(a: &str, b: &str) -> String {
    let both = a.lines().zip(b.lines()).enumerate().find(|(_, (a, b))| a != b);
    both.map_or_else(|| "one is longer".to_owned(), |(n, (a, b))| format!("line {}:\n{a:.300}\n{b:.300}", n + 1))
}

fn saved(page: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/saved-pages").join(format!("{page}.txt"))
}

#[tokio::test(flavor = "multi_thread")]
async fn saved_pages_come_in_once_and_nothing_of_them_is_public() {
    for trial in Trial::all().await {
        let ended = tokio::spawn(saved_pages(trial.place.clone())).await;
        trial.clear().await;
        if let Err(failure) = ended {
            std::panic::resume_unwind(failure.into_panic());
        }
    }
}

async fn saved_pages(place: Place) {
    let files: Vec<String> = SAVED_PAGES.map(|page| saved(page).display().to_string()).into();
    let bring = |flags: &[&str]| {
        let words: Vec<&str> = ["import", "page"]
            .into_iter()
            .chain(flags.iter().copied())
            .chain(files.iter().map(String::as_str))
            .collect();
        Launch::new(&words).on(&place).must()
    };
    let export = || Launch::new(&["export", "-"]).on(&place).must().out;
    let empty = export();
    let tried = bring(&["--dry-run"]);
    assert_eq!(export(), empty, "a dry run keeps nothing");
    assert!(files.iter().all(|file| tried.out.contains(file)), "a file is missing in the report:\n{}", tried.out);

    bring(&[]);
    let (first, expected) = (export(), expected_comments(&SAVED_PAGES));
    let tables = rows(&first);
    assert_eq!(tables["stories"].len(), SAVED_PAGES.len());
    assert!(tables["stories"].iter().all(|story| story["state"] == "draft"), "a story is public unasked");
    assert!(tables["comments"].iter().all(|comment| comment["state"] == "held"), "a comment is public unasked");
    assert_eq!(texts(&tables["comments"]), expected);
    bring(&[]);
    assert_eq!(export(), first, "the second time changes nothing");

    Launch::new(&["check"]).on(&place).must();
}

#[tokio::test(flavor = "multi_thread")]
async fn publish_is_for_the_story_of_a_saved_page_and_not_for_its_comments() {
    for trial in Trial::all().await {
        let ended = tokio::spawn(saved_page_published(trial.place.clone())).await;
        trial.clear().await;
        if let Err(failure) = ended {
            std::panic::resume_unwind(failure.into_panic());
        }
    }
}

async fn saved_page_published(place: Place) {
    let paper = Launch::new(&["demo"]).on(&place).start().await;
    let section = paper.reader().get("/").await.values("href", "/sections/").remove(0);
    let section = section.trim_start_matches("/sections/").to_owned();
    let file = saved("plain").display().to_string();
    let words = ["import", "page", "--publish", "--date", "2024-03-14", "--section", &section, &file];
    Launch::new(&words).on(&place).must();
    Launch::new(&["check"]).on(&place).must();

    let reader = paper.reader();
    let mut pages = reader.get("/archive/2024-03").await.values("href", "/stories/");
    assert_eq!(pages.len(), 1, "one story of that month was published");
    assert!(reader.get(&pages[0]).await.body.contains("id=\"comment-form\""), "it takes comments");
    pages.extend(["/".to_owned(), format!("/sections/{section}"), "/archive/2024-03".to_owned()]);
    let waiting = expected_comments(&["plain"]);
    for page in pages {
        let shown = reader.get(&page).await;
        assert_eq!(shown.status, 200, "{page}");
        let leaked = waiting.iter().find(|text| shown.body.contains(text.lines().next().expect("a line")));
        assert!(leaked.is_none(), "{page} shows {leaked:?}");
    }
    paper.stop().await;
    let kept = rows(&Launch::new(&["export", "-"]).on(&place).must().out);
    for text in &waiting {
        let states: Vec<&Value> =
            kept["comments"].iter().filter(|row| row["text"] == text.as_str()).map(|row| &row["state"]).collect();
        assert!(!states.is_empty() && states.iter().all(|state| *state == "held"), "«{text}» is {states:?}");
    }
}

fn texts(comments: &[Value]) -> Vec<String> {
    let mut texts: Vec<String> = comments.iter().map(|row| row["text"].as_str().expect("a text").to_owned()).collect();
    texts.sort();
    texts
}

/// What stands beside each saved page about its comments.
fn expected_comments(pages: &[&str]) -> Vec<String> {
    let mut all = Vec::new();
    for page in pages {
        let json = std::fs::read_to_string(saved(page).with_extension("json")).expect("what is expected");
        let json: Value = serde_json::from_str(&json).expect("JSON");
        all.extend(json["comments"].as_array().expect("comments").clone());
    }
    texts(&all)
}

#[test]
fn help_speaks_arabic_french_and_english() {
    let help = |tag| Launch::new(&["--help"]).in_language(tag).must().out;
    let (arabic, french, english) = (help("ar"), help("fr"), help("en"));
    for text in [&arabic, &french, &english] {
        for word in [
            "serve",
            "demo",
            "import",
            "export",
            "check",
            "staff",
            "learn",
            "section",
            "page",
            "api-key",
            "judge",
            "evaluate",
            "train",
            "rulebook",
            "--data",
            "--database",
            "--listen",
            "--set",
        ] {
            assert!(text.contains(word), "{word} is missing:\n{text}");
        }
        assert!(!text.contains("cli.") && !text.contains("setting."), "a key without words:\n{text}");
    }
    let letters = arabic.chars().filter(|c| ('\u{620}'..='\u{64a}').contains(c)).count();
    assert!(letters > 200, "only {letters} Arabic letters:\n{arabic}");
    assert!(french != english && arabic != english);
    assert!(french.contains('é'), "{french}");
    let inside = [&["section", "add"][..], &["section", "rename"], &["section", "remove"], &["page", "set"]];
    let all = [
        "demo", "import", "export", "check", "staff", "learn", "section", "page", "api-key", "judge", "evaluate",
        "train", "rulebook",
    ]
    .map(|command| vec![command]);
    for command in all.into_iter().chain(inside.map(<[&str]>::to_vec)) {
        let words: Vec<&str> = command.into_iter().chain(["--help"]).collect();
        let said = Launch::new(&words).in_language("ar").must().out;
        assert!(!said.contains("cli."), "a key without words:\n{said}");
    }
}

#[test]
fn a_mistake_in_the_settings_is_shown_with_its_file_and_line() {
    let with_file = |text: &str| {
        let launch = Launch::new(&["check"]);
        std::fs::write(launch.folder().join("midad.toml"), text).expect("the file");
        let ran = launch.run();
        assert!(!ran.success, "it should not start with:\n{text}");
        ran.err
    };
    let wrong_key = with_file("listen = \"127.0.0.1:8081\"\n\n[paper]\nname = \"Ink\"\ncolour = \"red\"\n");
    assert!(wrong_key.contains("midad.toml:5") && wrong_key.contains("paper.colour"), "{wrong_key}");
    let broken = with_file("listen = \"127.0.0.1:8081\"\ndata = [\n");
    assert!(broken.contains("midad.toml:2") || broken.contains("midad.toml:3"), "{broken}");
    let ran = Launch::new(&["serve"]).set("paper.comments-per-page=4000").run();
    assert!(!ran.success && ran.err.contains("paper.comments-per-page") && ran.err.contains("4000"), "{}", ran.err);
    let ran = Launch::new(&["check"]).with("--config", "nowhere.toml").run();
    assert!(!ran.success && ran.err.contains("nowhere.toml"), "{}", ran.err);
}

#[test]
fn a_taken_port_is_named_with_a_remedy() {
    let port = free_port();
    let _taken = std::net::TcpListener::bind(("127.0.0.1", port)).expect("the port");
    let launch = Launch::new(&["serve", "--data", "data"]).with("--listen", &format!("127.0.0.1:{port}"));
    let ran = launch.run();
    assert!(!ran.success, "two cannot listen on one port");
    assert!(ran.err.contains(&format!("127.0.0.1:{port}")) && ran.err.contains("--listen"), "{}", ran.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_start_makes_an_owner_and_the_second_none() {
    for trial in Trial::all().await {
        let ended = tokio::spawn(first_and_second_start(trial.place.clone())).await;
        trial.clear().await;
        if let Err(failure) = ended {
            std::panic::resume_unwind(failure.into_panic());
        }
    }
}

async fn first_and_second_start(place: Place) {
    let staff = || Launch::new(&["staff", "list"]).on(&place).must().out.lines().count();
    let paper = Launch::new(&["serve"]).on(&place).start().await;
    let link = running::until("the owner's link", || async { paper.links().pop() }).await;
    let path = link.strip_prefix(&paper.address).expect("the link leads to this paper").to_owned();
    let asked = paper.reader().get(&path).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    paper.stop().await;
    assert_eq!(staff(), 1);

    let paper = Launch::new(&["serve"]).on(&place).start().await;
    // A link that was looked at and not used still opens after a restart; no second one was made.
    assert!(paper.links().is_empty(), "{}", paper.said());
    let reader = paper.reader();
    assert_eq!(reader.get("/desk").await.status, 303, "the desk is not for everybody");
    let entered = reader.send(&path, &[]).await;
    assert_eq!(entered.status, 303, "{}", entered.body);
    assert_eq!(reader.get("/desk").await.status, 200);
    let again = paper.reader().send(&path, &[]).await;
    assert_ne!(again.status, 303, "a link that was used opens nothing");
    paper.stop().await;
    assert_eq!(staff(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_shown_once_opens_a_running_paper_and_can_be_taken_away() {
    for trial in Trial::all().await {
        let ended = tokio::spawn(key_given_and_taken(trial.place.clone())).await;
        trial.clear().await;
        if let Err(failure) = ended {
            std::panic::resume_unwind(failure.into_panic());
        }
    }
}

async fn key_given_and_taken(place: Place) {
    let keys = |words: &[&str]| Launch::new(&[&["api-key"][..], words].concat()).on(&place);
    let paper = Launch::new(&["serve"]).on(&place).start().await;
    let ask = |key: String| {
        let call = format!("{}/v1alpha1/comments:analyze?key={key}", paper.address);
        let body = r#"{"comment":{"text":"شكرا"},"requestedAttributes":{"TOXICITY":{}},"languages":["en"]}"#;
        async move { reqwest::Client::new().post(call).body(body).send().await.expect("an answer").status().as_u16() }
    };
    assert_eq!(ask("midad_x".to_owned()).await, 403, "nobody has a key, and the paper has noted it");
    let given = keys(&["add", "ملتقى الميناء", "--per-minute", "1200"]).must().out;
    let key = given.lines().find(|line| line.starts_with("midad_")).expect("the key").to_owned();
    running::until("the new key to hold", || async { (ask(key.clone()).await == 200).then_some(()) }).await;
    let listed = keys(&["list"]).must().out;
    assert!(listed.contains("ملتقى الميناء") && listed.contains("1,200") && !listed.contains(&key), "{listed}");
    let again = keys(&["add", "ملتقى الميناء"]).run();
    assert!(!again.success && again.err.contains("ملتقى الميناء"), "{}", again.err);
    keys(&["revoke", "ملتقى الميناء"]).must();
    running::until("the key to hold no longer", || async { (ask(key.clone()).await == 403).then_some(()) }).await;
    assert!(keys(&["list"]).must().out.contains("revoked"));
    assert!(!keys(&["revoke", "ملتقى الميناء"]).run().success, "it was taken away before");
    paper.stop().await;
    Launch::new(&["check"]).on(&place).must();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_staff_is_placed_lets_go_and_comes_back_from_the_terminal() {
    for trial in Trial::all().await {
        let place = trial.place.clone();
        let ended = tokio::task::spawn_blocking(move || placed(&place)).await;
        trial.clear().await;
        if let Err(failure) = ended {
            std::panic::resume_unwind(failure.into_panic());
        }
    }
}

fn placed(place: &Place) {
    let staff = |words: &[&str]| Launch::new(&[&["staff"], words].concat()).on(place).run();
    Launch::new(&["section", "add", "city", "المدينة"]).on(place).must();
    for (name, role) in [("سلمى", "owner"), ("نادر", "moderator")] {
        let added = staff(&["add", name, "--role", role]);
        assert!(added.success && added.out.contains("/sign-in/"), "{}", added.err);
    }
    assert!(staff(&["place", "نادر", "--role", "editor", "--section", "city"]).success);
    let line = |name: &str| {
        let list = staff(&["list"]).out;
        list.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned()
    };
    assert!(line("نادر").contains("city"), "{}", line("نادر"));
    // The role alone leaves the sections as they are.
    assert!(staff(&["place", "نادر", "--role", "moderator"]).success && line("نادر").contains("city"));
    assert!(staff(&["place", "نادر", "--whole-paper"]).success && !line("نادر").contains("city"));
    let nowhere = staff(&["place", "نادر", "--section", "moon"]);
    assert!(!nowhere.success && nowhere.err.contains("city"), "{}", nowhere.err);
    assert!(!staff(&["disable", "أحد"]).success, "nobody is called so");

    let here = line("نادر");
    assert!(staff(&["disable", "نادر"]).success && line("نادر") != here, "it is said that he left");
    assert!(!staff(&["link", "نادر"]).success, "who left is given no link");
    assert!(staff(&["enable", "نادر"]).success && line("نادر") == here);
    assert!(staff(&["sign-out", "نادر"]).success);
    assert!(!staff(&["disable", "سلمى"]).success, "the last owner stays");
    assert!(!staff(&["place", "سلمى", "--role", "reporter"]).success, "and stays an owner");
    let learned = Launch::new(&["learn", "--dry-run"]).on(place).must();
    assert!(!learned.out.contains("cli.") && learned.out.lines().count() == 4, "{}", learned.out);
}

/// Every file below a folder, with its name from there.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(one) = folders.pop() {
        for entry in std::fs::read_dir(&one).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below it").display().to_string();
                found.push((name, std::fs::read(&path).expect("a file")));
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mirror_works_without_a_host_and_holds_no_word_that_nobody_released() {
    let trial = Trial::sqlite();
    let place = trial.place.clone();
    Launch::new(&["demo", "--waiting", "50"]).on(&place).start().await.stop().await;
    let whole = Launch::new(&["export", "-"]).on(&place).must().out;
    let mirror = Launch::new(&["mirror", "copy"]).on(&place);
    mirror.must();
    let (all, folder) = (files(&mirror.folder().join("copy")), mirror.folder().join("copy"));
    let pages: Vec<(&String, String)> = all
        .iter()
        .filter(|(name, _)| name.ends_with(".html"))
        .map(|(name, bytes)| (name, String::from_utf8(bytes.clone()).expect("text")))
        .collect();
    assert!(pages.len() > 80, "{} pages", pages.len());
    for (name, page) in &pages {
        assert!(!page.contains("method=\"post\"") && !page.contains("/desk/"), "{name}");
        for link in page.split(['"', ' ', ',']).filter(|link| link.starts_with("../") || link.ends_with("index.html")) {
            let link = link.split('#').next().expect("a part");
            let here = folder.join(name);
            assert!(here.parent().expect("a folder").join(link).exists(), "{name}: {link}");
        }
    }
    assert!(
        all.iter().any(|(name, _)| name.ends_with("/paper.css"))
            && all.iter().any(|(name, _)| name.ends_with(".woff2"))
    );
    let everything: Vec<String> = all.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect();
    let (mut released, mut waiting) = (0, 0);
    let tables = rows(&whole);
    let all_of_them = &tables["comments"];
    let first_line = |comment: &Value| comment["text"].as_str().and_then(|text| text.lines().next()).map(str::to_owned);
    // The demo lets texts wait which somebody else's comment has in public.
    let public: Vec<String> =
        all_of_them.iter().filter(|one| one["state"] == "released").filter_map(first_line).collect();
    for comment in all_of_them {
        let first = first_line(comment).unwrap_or_default();
        let is_plain = first.chars().count() > 25 && !first.contains(['&', '<', '"', '\'', '>']);
        let stands = is_plain && everything.iter().any(|text| text.contains(&first));
        match comment["state"].as_str() {
            Some("released") => released += u32::from(stands),
            _ if is_plain && !public.contains(&first) => {
                waiting += 1;
                assert!(!stands, "{first}");
            }
            _ => {}
        }
    }
    assert!(released > 20 && waiting > 20, "{released} released, {waiting} not");
    Launch::new(&["mirror", &folder.display().to_string()]).on(&place).must();
    let again = files(&folder);
    let changed: Vec<&String> = again.iter().filter(|one| !all.contains(one)).map(|(name, _)| name).collect();
    assert!(changed.is_empty() && again.len() == all.len(), "on the same day: {changed:?}");
    trial.clear().await;
}

/// An old site that keeps a picture, says of another that it was moved there, and has no third one.
async fn old_site() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let mut picture = std::io::Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_fn(640, 480, |x, y| image::Rgb([x.to_le_bytes()[0], y.to_le_bytes()[0], 90]));
    pixels.write_to(&mut picture, image::ImageFormat::Png).expect("a picture");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (mut asked, mut piece) = (String::new(), [0_u8; 2048]);
            while !asked.contains("\r\n\r\n") {
                let read = stream.read(&mut piece).await.expect("a request");
                asked.push_str(&String::from_utf8_lossy(&piece[..read]));
            }
            // The tram of the port, in Arabic letters as they go over the wire.
            let (head, body) = match asked.split(' ').nth(1) {
                Some("/files/2019/%D8%AA%D8%B1%D8%A7%D9%85.png") => ("200 OK", picture.get_ref().as_slice()),
                Some("/files/2019/moved.png") => {
                    ("301 Moved Permanently\r\nLocation: %D8%AA%D8%B1%D8%A7%D9%85.png", &[][..])
                }
                _ => ("404 Not Found", &[][..]),
            };
            let head = format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            drop(stream.write_all(head.as_bytes()).await);
            drop(stream.write_all(body).await);
        }
    });
    address
}

fn with_pictures(site: &str) -> String {
    let pictures =
        ["/files/2019/ترام.png", "/files/2019/moved.png", "/files/2019/gone.png", "http://198.51.100.7/other.png"];
    let body: String = pictures
        .iter()
        .map(|file| if file.starts_with('/') { format!("{site}{file}") } else { (*file).to_owned() })
        .map(|file| format!("<figure><img src=\"{file}\" alt=\"ترام\"/></figure><p>سطر من الخبر.</p>"))
        .collect();
    format!(
        "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
           xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>المرفأ</title><wp:wxr_version>1.2</wp:wxr_version>\
         <wp:base_site_url>{site}</wp:base_site_url><wp:base_blog_url>{site}</wp:base_blog_url>\
         <item><title>ترام الميناء</title><link>{site}/tram/</link><content:encoded><![CDATA[{body}]]></content:encoded>\
         <wp:post_id>7</wp:post_id><wp:post_date_gmt>2019-05-04 09:00:00</wp:post_date_gmt>\
         <wp:post_name>tram</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>\
         </channel></rss>"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_come_from_the_old_site_and_from_nowhere_inside_the_house() {
    let (open, closed) = (Trial::sqlite(), Trial::sqlite());
    let export = with_pictures(&old_site().await);
    let brings = |trial: &Trial, more: &[&str], hosts: &str| {
        let words =
            [&["import", "wordpress", "old.xml", "--fetch-media", "--report", "report.json"][..], more].concat();
        let launch = Launch::new(&words).on(&trial.place).set(&format!("notices.hosts={hosts}"));
        std::fs::write(launch.folder().join("old.xml"), &export).expect("the export");
        launch.must();
        let report = std::fs::read_to_string(launch.folder().join("report.json")).expect("the report");
        let report: Value = serde_json::from_str(&report).expect("JSON");
        let changed = report["changed"].as_object().expect("reasons").clone();
        let counts = changed.into_iter().filter(|(why, _)| why.starts_with("picture-"));
        let counts: Vec<_> = counts.map(|(why, lines)| format!("{why} {}", lines["count"])).collect();
        (report["pictures"]["supplied"].as_u64(), counts.join(", "))
    };
    let looked = brings(&open, &["--dry-run"], "127.0.0.1");
    assert_eq!(looked, (Some(0), "picture-elsewhere 1, picture-to-fetch 3".to_owned()));
    let came = brings(&open, &[], "127.0.0.1");
    assert_eq!(came, (Some(2), "picture-elsewhere 1, picture-missing 1".to_owned()));
    let pictures = rows(&Launch::new(&["export", "-"]).on(&open.place).must().out)["picture_library"].len();
    assert_eq!(pictures, 1, "what was moved is the same file");
    // Of this machine the administrator did not say that it may be asked.
    let inside = brings(&closed, &[], "");
    assert_eq!(inside, (Some(0), "picture-elsewhere 1, picture-inside 3".to_owned()));
    for trial in [open, closed] {
        trial.clear().await;
    }
}

/// The findings of the doctor, by what they are about and their case.
fn findings(told: &str) -> std::collections::BTreeMap<String, String> {
    let told: Value = serde_json::from_str(told).expect(told);
    let word = |finding: &Value, key: &str| finding[key].as_str().expect(key).to_owned();
    let all = told["findings"].as_array().expect("findings").iter();
    all.map(|one| (format!("{}.{}", word(one, "about"), word(one, "case")), word(one, "state"))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_looks_before_the_first_start_and_while_the_paper_is_served() {
    for trial in Trial::all().await {
        let doctor = Launch::new(&["doctor", "--json"]).on(&trial.place);
        let before = doctor.clone().set("listen=127.0.0.1:0").must();
        let stands = findings(&before.out);
        let is_file = trial.folder().is_some();
        let vacant = if is_file { "database.none-yet" } else { "database.empty" };
        for (about, state) in [(vacant, "warning"), ("settings.fit", "fine"), ("models.weights", "fine")] {
            assert_eq!(stands.get(about).map(String::as_str), Some(state), "{about}: {}", before.out);
        }
        if let Some(folder) = trial.folder() {
            assert!(!folder.exists(), "nothing was made");
        }
        let paper = Launch::new(&["serve"]).on(&trial.place).start().await;
        let listen = format!("listen={}", paper.address.trim_start_matches("http://"));
        let serving = doctor.clone().set(&listen).must();
        let stands = findings(&serving.out);
        for about in ["database.answers", "database.schema", "clock.plausible", "port.ours"] {
            assert_eq!(stands.get(about).map(String::as_str), Some("fine"), "{about}: {}", serving.out);
        }
        let plain = Launch::new(&["doctor"]).on(&trial.place).set(&listen).must().out;
        assert!(plain.lines().all(|line| !line.is_empty()) && plain.contains("fine: "), "{plain}");
        paper.stop().await;
        trial.clear().await;
    }
}

#[test]
fn the_doctor_says_what_is_wrong_and_fails() {
    let unknown = Launch::new(&["doctor"]).set("paper.colour=red").run();
    assert_eq!(unknown.code, Some(1));
    assert!(unknown.out.contains("WRONG: ") && unknown.out.contains("paper.colour"), "{}{}", unknown.out, unknown.err);
    let wrong = ["listen=nowhere", "paper.digits=roman", "database=postgres://midad:hunter2@127.0.0.1:1/paper"];
    let told = wrong.iter().fold(Launch::new(&["doctor", "--json"]), |launch, pair| launch.set(pair)).run();
    assert_eq!(told.code, Some(1));
    let stands = findings(&told.out);
    assert_eq!(stands.get("database.away").map(String::as_str), Some("wrong"), "{}", told.out);
    assert!(stands.contains_key("settings.value") && !told.out.contains("hunter2"), "{}", told.out);
    let arabic = Launch::new(&["doctor"]).set("listen=nowhere").in_language("ar").run();
    assert!(arabic.out.contains("خطأ: "), "{}", arabic.out);
}
