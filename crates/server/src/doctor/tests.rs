//! What the doctor finds, each thing by itself.

use super::report::{Report, State};
use super::{backups, certificate, clock, configuration, database, folder, post};
use crate::commands::command;
use crate::settings::Settings;
use arabic::digits::Digits;
use newsroom::Timestamp;
use newsroom::profile::Language;
use std::path::PathBuf;
use store::Place;
use store::condition::Seen;
use web::Words;

/// A certificate of this machine that nobody else has signed, and its key.
const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/organisation/here.pem");

fn english() -> Words {
    Words::new(Language::En, Digits::Western)
}

fn settings(pairs: &[(&str, &str)]) -> Settings {
    let said = pairs.iter().map(|(key, text)| format!("--set={key}={text}"));
    let line: Vec<String> = std::iter::once("midad".to_owned()).chain(said).collect();
    let asked = command(&english()).try_get_matches_from(line).expect("a command line");
    Settings::gather(&asked, &english()).expect("settings")
}

/// How a look found each of these to stand.
fn found(cases: &[(&str, &str)], look: impl FnOnce(&mut Report<'_>)) -> Vec<Option<State>> {
    let t = english();
    let mut report = Report::new(&t);
    look(&mut report);
    cases.iter().map(|(about, case)| report.state_of(about, case)).collect()
}

fn seen(schema: i64) -> Seen {
    let (journal, newest, clock, processes) = (None, None, None, Vec::new());
    Seen { version: "15.4".into(), schema, fits: true, journal, newest, clock, processes }
}

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, mode: u32) -> Self {
        use std::os::unix::fs::PermissionsExt;
        let folder = std::env::temp_dir().join(format!("midad-doctor-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode)).expect("permissions");
        Self(folder)
    }

    fn file(&self, name: &str, text: &str, mode: u32) -> String {
        use std::os::unix::fs::PermissionsExt;
        let file = self.0.join(name);
        std::fs::write(&file, text).expect("written");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).expect("permissions");
        file.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_clock_is_held_to_the_program_the_newest_row_and_the_servers_clock() {
    let at = |text: &str| text.parse::<Timestamp>().expect("a time");
    let now = at("2027-01-01T12:00:00Z");
    let with =
        |newest: Option<&str>, clock: Option<&str>| Seen { newest: newest.map(at), clock: clock.map(at), ..seen(1) };
    let state = |now, seen: Option<&Seen>, case| found(&[("clock", case)], |report| clock::judge(report, now, seen))[0];
    assert_eq!(state(now, None, "plausible"), Some(State::Fine));
    assert_eq!(state(at("1970-01-01T00:07:00Z"), None, "early"), Some(State::Wrong));
    let ahead = with(Some("2027-01-01T12:01:01Z"), None);
    assert_eq!(state(now, Some(&ahead), "behind"), Some(State::Wrong));
    let near = with(Some("2027-01-01T12:00:59Z"), Some("2027-01-01T11:59:56Z"));
    assert_eq!(state(now, Some(&near), "plausible"), Some(State::Fine));
    let apart = with(None, Some("2027-01-01T12:00:06Z"));
    assert_eq!(state(now, Some(&apart), "apart"), Some(State::Warning));
}

#[test]
fn a_line_to_a_server_elsewhere_is_protected_or_it_is_said() {
    let line = |address: &str| {
        let place = Place::Postgres(address.to_owned());
        found(&[("database", "protected"), ("database", "unprotected")], |report| database::line(report, &place))
    };
    assert_eq!(line("postgres://midad@127.0.0.1/paper"), [None, None]);
    assert_eq!(line("postgres://midad@localhost/paper"), [None, None]);
    assert_eq!(line("postgres://midad@db.example/paper"), [None, Some(State::Warning)]);
    assert_eq!(line("postgres://midad@db.example/paper?sslmode=verify-full"), [Some(State::Fine), None]);
}

#[test]
fn the_age_of_a_schema_is_told_and_a_newer_one_is_wrong() {
    let ours = store::newest_schema();
    let state = |seen: &Seen, case| found(&[("database", case)], |report| database::schema(report, seen))[0];
    assert_eq!(state(&seen(ours), "schema"), Some(State::Fine));
    assert_eq!(state(&seen(ours - 1), "older"), Some(State::Warning));
    assert_eq!(state(&seen(0), "empty"), Some(State::Warning));
    assert_eq!(state(&Seen { fits: false, ..seen(ours + 1) }, "newer"), Some(State::Wrong));
}

#[test]
fn a_data_folder_is_its_owners_alone_or_to_be_made() {
    let cases = [("folder", "there"), ("folder", "open"), ("folder", "to-be-made")];
    let look = |folder: &std::path::Path| {
        let settings = settings(&[("data", &folder.display().to_string())]);
        found(&cases, |report| folder::data(report, &settings))
    };
    let (open, alone) = (Folder::new("open", 0o755), Folder::new("alone", 0o700));
    assert_eq!(look(&open.0), [Some(State::Fine), Some(State::Warning), None]);
    assert_eq!(look(&alone.0), [Some(State::Fine), None, None]);
    let later = alone.0.join("later/data");
    assert_eq!(look(&later), [None, None, Some(State::Warning)]);
    assert!(!later.exists(), "nothing was made");
}

#[test]
fn a_backup_that_did_not_get_to_the_bucket_is_no_failed_backup() {
    let folder = Folder::new("backups", 0o700);
    let line = |step: &str, at: &str, proved: bool| {
        format!(r#"{{"step":"{step}","at":"{at}","name":"x","bytes":1,"took_ms":1,"proved":{proved},"why":""}}"#)
    };
    let made = line("making", "2027-01-01T03:00:00Z", true);
    let cases = [("backup", "failed"), ("backup", "not-carried")];
    for (step, stand) in [("making", [Some(State::Warning), None]), ("carrying", [None, Some(State::Warning)])] {
        let failed = line(step, "2027-01-01T03:01:00Z", false);
        folder.file("midad-backups.jsonl", &format!("{made}\n{failed}\n"), 0o600);
        assert_eq!(found(&cases, |report| backups::newest(report, &folder.0, None)), stand, "{step}");
    }
}

#[test]
fn files_with_secrets_are_not_for_everybody() {
    let folder = Folder::new("secrets", 0o700);
    let cases = [("secrets", "alone"), ("secrets", "open")];
    for (mode, stand) in [(0o640, [Some(State::Fine), None]), (0o644, [None, Some(State::Wrong)])] {
        let key = folder.file("s3", "from-the-file", mode);
        for of in ["pictures.s3-secret-file", "backup.s3-secret-file"] {
            let settings = settings(&[(of, &key)]);
            assert_eq!(found(&cases, |report| configuration::secrets(report, &settings)), stand, "{of} {mode:o}");
        }
    }
    assert_eq!(found(&cases, |report| configuration::secrets(report, &settings(&[]))), [None, None]);
}

#[test]
fn every_value_that_does_not_fit_is_told_at_once_and_no_secret_with_it() {
    let broken = settings(&[
        ("listen", "somewhere"),
        ("paper.digits", "roman"),
        ("store.slow-milliseconds", "soon"),
        ("mail.from", "a@example.org"),
        ("mail.smtp", "nowhere://paper:hunter2@host"),
    ]);
    let problems = broken.problems(&english());
    assert_eq!(problems.len(), 4, "{problems:?}");
    let mail = settings(&[("mail.from", "a@example.org"), ("mail.smtp", "nowhere://paper:hunter2@host")]);
    let problems = mail.problems(&english());
    assert!(problems.len() == 1 && !problems[0].contains("hunter2"), "{problems:?}");
    assert!(settings(&[]).problems(&english()).is_empty(), "as shipped everything fits");
}

#[test]
fn a_certificate_is_looked_at_with_its_key_and_the_papers_name() {
    let look = |pairs: &[(&str, &str)], case: &str| {
        let settings = settings(pairs);
        found(&[("certificate", case)], |report| certificate::look(report, &settings))[0]
    };
    let named = ("paper.address", "https://localhost");
    let whole = [("tls.certificate", HERE), named];
    assert_eq!((look(&whole, "good"), look(&whole, "of-another")), (Some(State::Fine), None));
    let other = [("tls.certificate", HERE), ("paper.address", "https://harbour.example")];
    assert_eq!(look(&other, "of-another"), Some(State::Wrong));
    assert_eq!(look(&[("tls.certificate", "/nowhere.pem")], "unread"), Some(State::Wrong));
    let toml = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    assert_eq!(look(&[("tls.certificate", HERE), ("tls.key", toml), named], "no-pair"), Some(State::Wrong));
}

#[test]
fn an_address_that_readers_cannot_trust_is_told() {
    let look = |pairs: &[(&str, &str)], case: &str| {
        let settings = settings(pairs);
        found(&[("address", case)], |report| post::address(report, &settings, &english()))[0]
    };
    assert_eq!(look(&[], "local"), Some(State::Warning), "as shipped");
    assert_eq!(look(&[("paper.address", "http://harbour.example")], "plain"), Some(State::Warning));
    let safe = ("paper.address", "https://harbour.example");
    assert_eq!(look(&[safe], "nobody-ends-tls"), Some(State::Warning));
    assert_eq!(look(&[safe, ("paper.behind-proxy", "yes")], "good"), Some(State::Fine));
    assert_eq!(look(&[("paper.address", "harbour")], "unread"), Some(State::Wrong));
}

#[tokio::test]
async fn a_port_is_free_or_another_programs() {
    let (t, taken) = (english(), std::net::TcpListener::bind("127.0.0.1:0").expect("a port"));
    let address = taken.local_addr().expect("an address").to_string();
    let settings = settings(&[("listen", &address)]);
    let answering = std::thread::spawn(move || {
        let (mut line, _) = taken.accept().expect("somebody");
        std::io::Write::write_all(&mut line, b"220 not a newspaper\r\n").expect("written");
    });
    let mut report = Report::new(&t);
    post::port(&mut report, &settings, None, &t).await;
    answering.join().expect("answered");
    assert_eq!(report.state_of("port", "taken"), Some(State::Wrong));
    assert!(!report.is_good());
    let mut report = Report::new(&t);
    post::port(&mut report, &settings, None, &t).await;
    assert_eq!(report.state_of("port", "free"), Some(State::Fine));
}
