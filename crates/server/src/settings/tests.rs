//! Settings: who wins, and what a person is told when something is wrong.

use super::{Settings, table};
use crate::commands::command;
use arabic::dates::{Months, Weekday};
use arabic::digits::Digits;
use newsroom::profile::Language;
use store::Place;
use web::Words;

fn english() -> Words {
    Words::new(Language::En, Digits::Western)
}

fn gather(arguments: &[&str]) -> anyhow::Result<Settings> {
    let line = std::iter::once("midad").chain(arguments.iter().copied());
    Settings::gather(&command(&english()).try_get_matches_from(line)?, &english())
}

fn file(name: &str, text: &str) -> String {
    let path = std::env::temp_dir().join(format!("midad-settings-{}-{name}.toml", std::process::id()));
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[test]
fn the_documented_table_is_the_programs_own() {
    let page = include_str!("../../../../docs/running/configure.md");
    assert!(page.contains(&table(&english())), "print it anew with `MIDAD_LANGUAGE=en midad settings`");
}

#[test]
fn a_flag_wins_over_the_file() {
    let path = file("wins", "data = \"/from/file\"\nlisten = \"127.0.0.1:7000\"\n[paper]\ncountry = \"DZ\"\n");
    let settings = gather(&["--config", &path, "--data", "/from/flag", "--set", "paper.double-months=yes"]).unwrap();
    assert_eq!(settings.place(), Place::Folder("/from/flag".into()));
    assert_eq!(settings.listen(&english()).unwrap().port(), 7000);
    let writing = settings.paper(&english()).unwrap().writing;
    assert_eq!((writing.months, writing.double), (Months::Algeria, Some(Months::Levant)));
    std::fs::remove_file(path).unwrap();
}

#[test]
fn an_unknown_key_names_the_file_and_the_line() {
    let path = file("unknown", "[paper]\nname = \"x\"\ncolour = \"red\"\n");
    let problem = gather(&["--config", &path]).unwrap_err().to_string();
    assert!(problem.starts_with(&format!("{path}:3: ")) && problem.contains("paper.colour"), "{problem}");
    std::fs::remove_file(path).unwrap();
}

#[test]
fn a_value_that_does_not_fit_says_where_and_what_is_wanted() {
    let settings = gather(&["--set", "paper.digits=roman"]).unwrap();
    let problem = settings.paper(&english()).unwrap_err().to_string();
    assert!(problem.starts_with("--set paper.digits: ") && problem.contains("western"), "{problem}");
}

#[test]
fn a_country_sets_everything_and_each_setting_of_its_own_wins() {
    let paper = |pairs: &[&str]| {
        let said: Vec<_> = pairs.iter().map(|pair| format!("--set=paper.{pair}")).collect();
        let settings = gather(&said.iter().map(String::as_str).collect::<Vec<_>>()).unwrap();
        settings.paper(&english())
    };
    let cairo = paper(&["country=eg"]).unwrap();
    assert_eq!((cairo.writing.months, cairo.writing.digits), (Months::PanArab, Digits::Eastern));
    assert_eq!((cairo.zone.iana_name(), cairo.writing.hijri), (Some("Africa/Cairo"), None));
    assert_eq!((cairo.ways.week.starts, cairo.ways.own.len()), (Weekday::Saturday, 0));
    let own = paper(&[
        "country=EG",
        "months=levant",
        "double-months=yes",
        "digits=western",
        "hijri=-1",
        "week-starts=sunday",
        "weekend=friday",
        "time-zone=Asia/Beirut",
    ]);
    let own = own.unwrap();
    assert_eq!((own.writing.months, own.writing.double), (Months::Levant, Some(Months::PanArab)));
    assert_eq!((own.writing.digits, own.writing.hijri), (Digits::Western, Some(-1)));
    assert_eq!((own.ways.week.starts, own.ways.week.weekend.as_slice()), (Weekday::Sunday, &[Weekday::Friday][..]));
    assert_eq!((own.zone.iana_name(), own.ways.own.len()), (Some("Asia/Beirut"), 7));
    let riyadh = |hijri: &str| paper(&["country=SA", &format!("hijri={hijri}")]).unwrap().writing.hijri;
    assert_eq!([riyadh(""), riyadh("1"), riyadh("no")], [Some(0), Some(1), None]);
    assert_eq!(paper(&["language=fr", "country=EG"]).unwrap().writing.digits, Digits::Western);
    assert_eq!(paper(&[]).unwrap().zone.iana_name(), Some("UTC"));
    for wrong in ["weekend=friday,friday", "week-starts=someday", "months=roman", "hijri=2", "time-zone=Nowhere/At"] {
        let problem = paper(&[wrong]).unwrap_err().to_string();
        assert!(problem.contains(wrong.split('=').next().unwrap()), "{problem}");
    }
}

#[test]
fn a_country_that_is_not_known_is_refused_with_those_that_are() {
    let settings = gather(&["--set", "paper.country=Atlantis"]).unwrap();
    let problem = settings.paper(&english()).unwrap_err().to_string();
    assert!(problem.starts_with("--set paper.country: ") && problem.contains("Atlantis"), "{problem}");
    assert!(problem.contains("DZ MA TN") && problem.contains("KM other"), "{problem}");
}

#[test]
fn an_organisation_is_named_whole_or_not_at_all_and_its_secret_is_never_said() {
    let provider = |pairs: &[(&str, &str)]| {
        let said: Vec<_> = pairs.iter().map(|(key, text)| format!("--set=organisation.{key}={text}")).collect();
        let settings = gather(&said.iter().map(String::as_str).collect::<Vec<_>>()).unwrap();
        settings.organisation(&english()).map(|both| both.map(|(provider, _)| provider)).map_err(|why| why.to_string())
    };
    let (issuer, client) = (("issuer", "https://id.example/realms/paper/"), ("client", "midad"));
    assert!(provider(&[]).unwrap().is_none() && provider(&[("name", "The house")]).unwrap().is_none());
    let whole = provider(&[issuer, client, ("secret", "s=3:c")]).unwrap().unwrap();
    let told = (whole.issuer.as_str(), whole.client.as_str(), whole.secret.as_str(), whole.name.as_str());
    assert_eq!(told, ("https://id.example/realms/paper/", "midad", "s=3:c", "id.example"));
    assert_eq!(provider(&[issuer, client, ("secret", "x"), ("name", "H")]).unwrap().unwrap().name, "H");
    for (pairs, wanting) in [
        (&[issuer] as &[_], "organisation.client"),
        (&[issuer, client], "organisation.secret"),
        (&[client, ("secret", "s=3:c")], "organisation.issuer"),
        (&[("issuer", "http://id.example"), client, ("secret", "s=3:c")], "organisation.issuer"),
        (&[issuer, client, ("secret", "s=3:c"), ("roots", "/no/such.pem")], "organisation.roots"),
    ] {
        let problem = provider(pairs).unwrap_err();
        assert!(problem.contains(wanting) && !problem.contains("s=3:c"), "{problem}");
    }
}

#[test]
fn a_bucket_is_named_whole_or_not_at_all_and_its_secret_is_never_said() {
    let secret = file("s3", "from-the-file\n");
    for group in ["pictures", "backup"] {
        let bucket = |pairs: &[(&str, &str)]| {
            let said: Vec<_> = pairs.iter().map(|(key, text)| format!("--set={group}.s3-{key}={text}")).collect();
            let settings = gather(&said.iter().map(String::as_str).collect::<Vec<_>>()).unwrap();
            settings.bucket(group, &english()).map_err(|why| why.to_string())
        };
        let (name, key) = (("bucket", "paper"), ("key", "AK"));
        assert_eq!(bucket(&[]), Ok(None));
        let whole = bucket(&[name, key, ("secret", "hunter2"), ("endpoint", "https://s3.example")]).unwrap().unwrap();
        let told = (whole.bucket.as_str(), whole.region.as_str(), whole.secret.as_str());
        assert_eq!(told, ("paper", "us-east-1", "hunter2"));
        assert!(!format!("{whole:?}").contains("hunter2"));
        let of_file = bucket(&[name, key, ("secret", "hunter2"), ("secret-file", &secret)]).unwrap().unwrap();
        assert_eq!(of_file.secret, "from-the-file");
        for (pairs, wanting) in [
            (&[name, key] as &[_], "s3-secret"),
            (&[name, ("secret", "hunter2")], "s3-key"),
            (&[name, key, ("secret", "hunter2"), ("endpoint", "s3.example")], "s3-endpoint"),
        ] {
            let problem = bucket(pairs).unwrap_err();
            assert!(problem.contains(&format!("{group}.{wanting}")) && !problem.contains("hunter2"), "{problem}");
        }
    }
    std::fs::remove_file(secret).unwrap();
}

#[cfg(feature = "s3")]
#[test]
fn backups_have_a_place_of_their_own_in_their_bucket() {
    let bucket = |prefix: &str| {
        let prefix = format!("--set=backup.s3-prefix={prefix}");
        let named = ["--set=backup.s3-bucket=paper", "--set=backup.s3-key=AK", "--set=backup.s3-secret=hunter2"];
        let settings = gather(&[named[0], named[1], named[2], &prefix]).unwrap();
        settings.backup_bucket(&english()).map(|bucket| bucket.is_some()).map_err(|why| why.to_string())
    };
    assert_eq!((bucket("midad"), bucket("papers/harbour/")), (Ok(true), Ok(true)));
    for wrong in ["", "/", "papers//harbour", "../others", "a b"] {
        let problem = bucket(wrong).unwrap_err();
        assert!(problem.contains("backup.s3-prefix") && !problem.contains("hunter2"), "{problem}");
    }
}

#[test]
fn eastern_digits_are_read_as_numbers() {
    let settings = gather(&["--set", "paper.comments-per-page=٢٥"]).unwrap();
    assert_eq!(settings.paper(&english()).unwrap().comments_per_page, 25);
}

#[test]
fn a_broken_file_names_its_line() {
    let path = file("broken", "data = \"x\"\nlisten = = 3\n");
    let problem = gather(&["--config", &path]).unwrap_err().to_string();
    assert!(problem.starts_with(&format!("{path}:2: ")), "{problem}");
    std::fs::remove_file(path).unwrap();
}

#[test]
fn what_a_demo_suggests_gives_way_to_what_was_said() {
    let mut settings = gather(&["--data", "/said"]).unwrap();
    settings.suggest("data", "/suggested", &english());
    settings.suggest("paper.country", "LB", &english());
    assert_eq!(settings.place(), Place::Folder("/said".into()));
    assert_eq!(settings.paper(&english()).unwrap().writing.months, Months::Levant);
}

#[test]
fn no_error_says_a_password() {
    let problem = gather(&["--set", "mail.from=a@example.org", "--set", "mail.smtp=nowhere://paper:hunter2@host"])
        .unwrap()
        .post(&english())
        .map(drop)
        .unwrap_err();
    assert!(problem.to_string().contains("mail.smtp") && !problem.to_string().contains("hunter2"), "{problem}");
}

#[test]
fn a_bot_is_there_once_its_token_is_and_no_error_says_it() {
    let told = |token: &str| {
        let settings = gather(&["--set", &format!("telegram.token={token}")]).unwrap();
        settings.paper(&english()).map(|paper| paper.tells_by_telegram).map_err(|why| why.to_string())
    };
    assert_eq!(told(""), Ok(false), "as shipped nothing is sent there");
    assert_eq!(told("123456:abcdefghijklmnopqrstuvwxyz"), Ok(true));
    let problem = told("123456:hunter2").unwrap_err();
    assert!(problem.contains("telegram.token") && !problem.contains("hunter2"), "{problem}");
    let open = ["--set", "telegram.token=1:abcdefghijklmnopqrst", "--set", "telegram.address=http://api.example"];
    let problem = gather(&open).unwrap().paper(&english()).map(drop).unwrap_err().to_string();
    assert!(problem.contains("telegram.address"), "{problem}");
    let nothing = gather(&["--set", "readings.countries=/nowhere.mmdb"]).unwrap().atlas(&english()).unwrap_err();
    assert!(nothing.to_string().contains("readings.countries") && nothing.to_string().contains("/nowhere.mmdb"));
    let hosts = gather(&["--set", "notices.hosts=chat.internal, 10.0.0.7"]).unwrap();
    assert_eq!(hosts.paper(&english()).unwrap().inner_hosts, ["chat.internal", "10.0.0.7"]);
    let chats = |text: &str| gather(&["--set", &format!("notices.chats={text}")]).unwrap().paper(&english());
    assert_eq!(chats("@harbour_desk, -10042").unwrap().shared_chats, ["@harbour_desk", "-10042"]);
    let problem = chats("@harbour_desk, t.me/harbour").map(drop).unwrap_err().to_string();
    assert!(problem.contains("notices.chats"), "{problem}");
}

#[test]
fn backups_by_the_clock_need_a_folder_and_are_off_as_shipped() {
    let plan = |pairs: &[&str]| {
        let pairs: Vec<&str> = pairs.iter().flat_map(|pair| ["--set", pair]).collect();
        gather(&pairs).unwrap().backup_plan(&english())
    };
    assert!(plan(&["backup.folder=/backups"]).unwrap().is_none());
    assert!(plan(&["backup.every-hours=24"]).err().unwrap().to_string().contains("backup.folder"));
    let made = plan(&["backup.every-hours=24", "backup.folder=/backups", "backup.keep=3"]).unwrap().unwrap();
    assert_eq!((made.every.as_hours(), made.newest), (24, 3));
    assert!(made.variables.contains(&("MIDAD_BACKUP_FOLDER".to_owned(), "/backups".to_owned())));
    assert!(plan(&["backup.every-hours=often", "backup.folder=/backups"]).is_err());
}

#[test]
fn traces_go_nowhere_as_shipped_and_a_trace_of_a_proxys_is_believed_only_behind_one() {
    let traces = |pairs: &[&str]| {
        let pairs: Vec<&str> = pairs.iter().flat_map(|pair| ["--set", pair]).collect();
        let traces = gather(&pairs).unwrap().traces(&english());
        traces.map(|wanted| wanted.map(|wanted| (wanted.to, wanted.share, wanted.requests.by_proxy)))
    };
    assert!(traces(&[]).unwrap().is_none() && traces(&["traces.share=0.5"]).unwrap().is_none());
    let to = "traces.to=http://127.0.0.1:4318";
    let place = "http://127.0.0.1:4318/v1/traces".to_owned();
    assert_eq!(traces(&[to]).unwrap(), Some((place.clone(), 1.0, false)), "all of them, once somebody takes them");
    let behind = [to, "traces.share=٠.٢٥", "traces.by-proxy=yes", "paper.behind-proxy=yes"];
    assert_eq!(traces(&behind).unwrap(), Some((place, 0.25, true)));
    for (wrong, wanting) in [
        (&["traces.to=collector"] as &[_], "traces.to"),
        (&[to, "traces.share=2"], "traces.share"),
        (&[to, "traces.share=NaN"], "traces.share"),
        (&[to, "traces.name="], "traces.name"),
        (&[to, "traces.roots=/no/such.pem"], "traces.roots"),
        (&[to, "traces.by-proxy=yes"], "traces.by-proxy"),
    ] {
        let problem = traces(wrong).unwrap_err().to_string();
        assert!(problem.contains(wanting), "{problem}");
    }
}
