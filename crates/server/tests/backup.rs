//! Backups: made while the paper is served, proved, kept, encrypted, and put back somewhere else.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a test may panic, and says why it did not run")]

#[path = "../../store/tests/both/mod.rs"]
mod both;
mod running;

use both::Trial;
use reqwest::StatusCode;
use running::bucket::{self, Bucket};
use running::kept::{Kept, copy_all, files, picture_of};
use running::rush::{Rush, nothing_is_public, number_in, serve, text};
use running::{Launch, Ran, Reader, Running, rows, until};
use std::collections::BTreeSet;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use store::Place;
use store::buckets::{BucketSettings, Patience};

/// People who comment while the backup is made.
const POSTERS: usize = 8;
/// As many as write no more than a debug build can press beside other tests.
const FEW: usize = 2;
/// Comments that are acknowledged before it is begun.
const BEFORE: usize = 60;
/// Stories under which they write.
const STORIES: usize = 4;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_before_a_backup_began_comes_back_on_sqlite() {
    backed_up_in_a_rush(Trial::sqlite(), Trial::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_before_a_backup_began_comes_back_on_postgresql() {
    let (Some(here), Some(there)) = (Trial::postgres().await, Trial::postgres().await) else { return not_run() };
    backed_up_in_a_rush(here, there).await;
}

fn not_run() {
    println!("NOT RUN: PostgreSQL (MIDAD_TEST_POSTGRES is not set)");
}

async fn backed_up_in_a_rush(here: Trial, there: Trial) {
    let (from, to) = (here.place.clone(), there.place.clone());
    let ended = tokio::spawn(async move { in_a_rush(&from, &to).await }).await;
    here.clear().await;
    there.clear().await;
    if let Err(failure) = ended {
        std::panic::resume_unwind(failure.into_panic());
    }
}

async fn in_a_rush(here: &Place, there: &Place) {
    let into = Kept::new();
    let paper = serve(here).await;
    let rush = Rush::under(paper.reader().open_stories(STORIES).await);
    let rushing = Arc::new(Posters { rush, stop: AtomicBool::new(false) });
    let (posters, rush) = (rushing.begin(&paper, POSTERS), &rushing.rush);
    let before = until("comments to be acknowledged", || async {
        let answered = rush.answered();
        (answered.len() >= BEFORE).then_some(answered)
    })
    .await;
    let backup = Launch::new(&["backup", &into.text()]).on(here);
    // On a thread of its own: the posters need theirs.
    let backup = tokio::task::spawn_blocking(move || backup.must()).await.expect("a backup");
    assert!(rush.answered().len() > before.len(), "nobody commented while the backup was made");
    rushing.stop.store(true, Ordering::SeqCst);
    for poster in posters {
        poster.await.expect("a poster ends");
    }
    paper.stop().await;

    let name = into.only_one();
    assert!(backup.out.contains(&name), "{}", backup.out);
    assert!(backup.out.contains("Every table has as many rows as the paper had at that moment"), "{}", backup.out);
    let folder = into.0.join(&name);
    // A place of its own for pictures, where the data are in none.
    let elsewhere = Kept::new();
    let pictures = format!("pictures.folder={}", elsewhere.text());
    let launch = |words: &[&str]| {
        let launch = Launch::new(words).on(there);
        if matches!(there, Place::Folder(_)) { launch } else { launch.set(&pictures) }
    };
    let restored = launch(&["restore", &folder.display().to_string()]).must();
    assert!(restored.out.contains("has come back"), "{}", restored.out);
    assert!(restored.out.contains("The data are sound"), "{}", restored.out);

    let export = launch(&["export", "-"]).must().out;
    let came = numbers(&export);
    let lost: Vec<_> = before.difference(&came).collect();
    assert!(lost.is_empty(), "acknowledged before the backup began, and lost: {lost:?}");
    let paper = launch(&["demo"]).start().await;
    nothing_is_public(&paper.reader(), &rush.stories).await;
    let answer = paper.reader().try_to_comment(&rush.stories[0], "نادر", &text(99_999)).await.expect("an answer");
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    paper.stop().await;
    launch(&["check"]).must();

    // What is there is not written over.
    let again = launch(&["restore", &folder.display().to_string()]).run();
    assert!(!again.success && again.err.contains("not empty"), "{}", again.err);
    launch(&["check"]).must();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_killed_in_a_rush_comes_back_as_it_was_at_any_second() {
    let (here, early, late, torn) = (Trial::sqlite(), Trial::sqlite(), Trial::sqlite(), Trial::sqlite());
    let into = Kept::new();
    let folder = format!("backup.folder={}", into.text());
    let launch = Launch::new(&["demo"]).on(&here.place).set("paper.posts-per-minute=1000000");
    let paper = launch.set(&folder).set("backup.to-the-second=yes").start().await;
    let rushing = Arc::new(Posters {
        rush: Rush::under(paper.reader().open_stories(STORIES).await),
        stop: AtomicBool::new(false),
    });
    let (posters, rush) = (rushing.begin(&paper, FEW), &rushing.rush);
    let acknowledged = |least: usize| async move {
        until("comments to be acknowledged", || async { Some(rush.answered()).filter(|all| all.len() >= least) }).await
    };
    until("the first copy", || async { into.reaches() }).await;
    until("the pictures", || async { into.has_pictures_of(&here) }).await;
    let first = acknowledged(BEFORE).await;
    let until_first = into.reaches_beyond_now().await;
    // A program that looks at the data beside the paper and goes away leaves its log of writes alone.
    let check = Launch::new(&["check"]).on(&here.place);
    tokio::task::spawn_blocking(move || check.must()).await.expect("a look");
    let second = acknowledged(first.len() + BEFORE).await;
    let until_second = into.reaches_beyond_now().await;
    rushing.stop.store(true, Ordering::SeqCst);
    for poster in posters {
        poster.await.expect("a poster ends");
    }
    paper.kill9();
    let answered = rush.answered();

    let restore = |there: &Trial, until: jiff::Timestamp| {
        Launch::new(&["restore", &into.text(), "--until", &until.to_string()]).on(&there.place).run()
    };
    let came = |there: &Trial| numbers(&Launch::new(&["export", "-"]).on(&there.place).must().out);
    // A card that was drawn in the last seconds may not have been kept yet; nothing else is amiss.
    let is_sound = |ran: &Ran| {
        let told =
            ran.err.lines().filter(|line| line.contains(": ")).all(|line| line.starts_with("pictures.missing: card-"));
        ran.out.contains("The paper is back") && told
    };
    let ran = restore(&early, until_first);
    assert!(is_sound(&ran), "{}{}", ran.out, ran.err);
    let early_came = came(&early);
    assert!(first.is_subset(&early_came), "lost: {:?}", first.difference(&early_came));
    let ran = restore(&late, until_second);
    assert!(is_sound(&ran), "{}{}", ran.out, ran.err);
    let late_came = came(&late);
    assert!(second.is_subset(&late_came), "lost: {:?}", second.difference(&late_came));
    assert!(early_came.len() < late_came.len(), "both are the same paper");
    let here_still = came(&here);
    assert!(answered.is_subset(&here_still), "lost by the paper itself: {:?}", answered.difference(&here_still));

    let listed = Launch::new(&["backup", "--list", &into.text()]).must().out;
    assert!(listed.contains("To the second"), "{listed}");
    let before_all = restore(&torn, "2020-01-01T00:00:00Z".parse().expect("a time"));
    assert!(!before_all.success && before_all.err.contains("no further than"), "{}", before_all.err);
    assert!(!torn.folder().expect("a folder").exists(), "something was written");
    // Without one of its pieces it says so, and what leads up to it is sound.
    let pieces = into.pieces();
    assert!(pieces.len() > 2, "{pieces:?}");
    std::fs::remove_file(&pieces[pieces.len() / 2]).expect("it can be lost");
    let ran = restore(&torn, until_second);
    assert!(
        ran.out.contains("The paper is back") && ran.err.contains("Something is missing"),
        "{}{}",
        ran.out,
        ran.err
    );
    for trial in [here, early, late, torn] {
        trial.clear().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dump_is_restored_for_a_proof_into_a_database_that_is_empty_again_afterwards() {
    let (Some(here), Some(proof)) = (Trial::postgres().await, Trial::postgres().await) else { return not_run() };
    let Place::Postgres(address) = &proof.place else { unreachable!("it is PostgreSQL's") };
    serve(&here.place).await.stop().await;
    let into = Kept::new();
    let prove =
        |database: &str| Launch::new(&["backup", &into.text()]).on(&here.place).with("--prove-database", database);
    let ran = prove(address).must();
    assert!(ran.out.contains("restored into another database"), "{}", ran.out);
    assert!(proof.place.is_vacant().await.expect("it answers"), "the proof was left there");
    // The paper's own database is none for a proof, and is not touched.
    let Place::Postgres(own) = &here.place else { unreachable!("it is PostgreSQL's") };
    let refused = prove(own).run();
    assert!(!refused.success && refused.err.contains("not empty"), "{}", refused.err);
    Launch::new(&["check"]).on(&here.place).must();
    into.only_one();
    // Without its programs it says which one to install.
    let mut alone = Command::new(env!("CARGO_BIN_EXE_midad"));
    alone.args(["backup", &into.text(), "--database", own]).env("PATH", "").env("MIDAD_LANGUAGE", "en");
    let alone = alone.current_dir(&into.0).output().expect("it starts");
    let said = String::from_utf8_lossy(&alone.stderr).into_owned();
    assert!(!alone.status.success() && said.contains("postgresql-client"), "{said}");
    let listed = Launch::new(&["backup", "--list", &into.text()]).must().out;
    assert!(listed.contains("no proved backup") && listed.contains("pg_dump"), "{listed}");
    here.clear().await;
    proof.clear().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_backup_is_refused_and_nothing_is_written() {
    let (here, there) = (Trial::sqlite(), Trial::sqlite());
    serve(&here.place).await.stop().await;
    let into = Kept::new();
    backup(&here.place, &into).must();
    let folder = into.0.join(into.only_one());
    let target = there.folder().expect("a folder").clone();
    let restore = || Launch::new(&["restore", &folder.display().to_string()]).on(&there.place).run();
    let refused = |ran: Ran| {
        assert!(!ran.success && ran.err.contains("damaged"), "{}", ran.err);
        assert!(!target.exists(), "something was written");
    };

    let database = folder.join("midad.db");
    let sound = std::fs::read(&database).expect("a database");
    let mut damaged = sound.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    std::fs::write(&database, damaged).expect("it can be damaged");
    refused(restore());
    std::fs::write(&database, &sound).expect("it can be mended");

    let picture = picture_of(&folder.join("pictures"));
    let bytes = std::fs::read(&picture).expect("a picture");
    std::fs::remove_file(&picture).expect("it can be lost");
    refused(restore());
    std::fs::write(&picture, &bytes).expect("it can be found again");

    let about = std::fs::read_to_string(folder.join("about.json")).expect("it says what it is");
    std::fs::write(folder.join("about.json"), about.replace("midad.db", "../midad.db")).expect("it can be forged");
    let ran = restore();
    assert!(!ran.success && ran.err.contains("no folder of a backup"), "{}", ran.err);
    std::fs::write(folder.join("about.json"), about).expect("it can be mended");
    assert!(restore().success);
    here.clear().await;
    there.clear().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_cannot_be_proved_does_not_get_the_name_of_a_backup() {
    let here = Trial::sqlite();
    serve(&here.place).await.stop().await;
    let into = Kept::new();
    let lost = picture_of(&here.folder().expect("a folder").join("pictures"));
    let bytes = std::fs::read(&lost).expect("a picture");
    std::fs::remove_file(&lost).expect("it can be lost");
    let ran = backup(&here.place, &into).run();
    assert!(!ran.success && ran.err.contains("pictures.missing"), "{}", ran.err);
    assert_eq!(into.backups(), Vec::<String>::new());
    assert_eq!(into.all().iter().filter(|name| name.ends_with("Z.unproved")).count(), 1, "{:?}", into.all());
    let listed = Launch::new(&["backup", "--list", &into.text()]).must().out;
    assert!(listed.contains("could not be proved") && listed.contains("pictures.missing"), "{listed}");
    std::fs::write(&lost, bytes).expect("it can be found again");
    backup(&here.place, &into).must();
    into.only_one();
    here.clear().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_whole_backups_of_this_program_are_taken_away() {
    let here = Trial::sqlite();
    serve(&here.place).await.stop().await;
    let into = Kept::new();
    backup(&here.place, &into).must();
    let first = into.only_one();
    // The same at other times, as if it had been made every day.
    let times = ["20200101T000000Z", "20200102T000000Z", "20200103T000000Z"];
    let older = times.map(|at| into.again(&first, &format!("midad-backup-{at}")));
    std::fs::write(older[1].join("notes.txt"), "mine").expect("a file of somebody else's");
    let foreign =
        ["midad-backup-20190101T000000Z", "midad-backup-old", "letters", "midad-backup-20190101T000000Z.mine"];
    for name in foreign {
        std::fs::create_dir(into.0.join(name)).expect("a folder");
        std::fs::write(into.0.join(name).join("a"), "b").expect("a file");
    }
    let renamed = into.0.join("midad-backup-20190202T000000Z");
    copy_all(&into.0.join(&first), &renamed);
    // What a killed run left: it was begun and never finished.
    let begun = into.0.join("midad-backup-20200104T000000Z.partial");
    std::fs::create_dir(&begun).expect("a folder");

    let few = ["backup.keep-days=0", "backup.keep-weeks=0"];
    let keep = few.iter().fold(backup(&here.place, &into).with("--keep", "2"), |launch, pair| launch.set(pair));
    let ran = keep.must();
    assert!(into.0.join(&first).is_dir(), "the second newest stays");
    assert!(!older[0].exists() && !older[2].exists(), "{}", ran.out);
    assert!(older[1].join("notes.txt").is_file() && ran.out.contains("was left alone"), "{}", ran.out);
    assert!(older[1].join("midad.db").is_file(), "one that is left alone stays whole");
    for name in foreign {
        assert!(into.0.join(name).join("a").is_file(), "{name} is gone");
    }
    assert!(renamed.join("midad.db").is_file(), "one that somebody renamed is theirs");
    assert!(!begun.exists());
    // The new one, the one before it, and two that are left to their owners.
    assert_eq!(into.backups().len(), 4, "{:?}", into.all());
    here.clear().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_encrypted_backup_comes_back_with_its_key_alone() {
    let (here, there) = (Trial::sqlite(), Trial::sqlite());
    let paper = serve(&here.place).await;
    let story = paper.reader().open_stories(1).await.remove(0);
    let answer = paper.reader().try_to_comment(&story, "هدى", &text(7)).await.expect("an answer");
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    paper.stop().await;
    let into = Kept::new();
    let key = |name: &str| {
        let file = into.0.join(name).display().to_string();
        let said = Launch::new(&["orders", "key", "--file", &file]).must().out;
        let public = said.lines().find(|line| line.starts_with("age1")).expect("a public key").to_owned();
        (file, public)
    };
    let ((file, public), (other, _)) = (key("key.txt"), key("other.txt"));
    let sealed = || backup(&here.place, &into).with("--encrypt-to", &public).must();
    let ran = sealed();
    assert!(ran.out.contains("decrypted again") && ran.out.contains(&public), "{}", ran.out);
    let folder = into.0.join(into.only_one());
    for file in files(&folder) {
        let bytes = std::fs::read(&file).expect("a file");
        assert!(
            file.ends_with("about.json") || bytes.starts_with(b"age-encryption.org/v1"),
            "{} is open",
            file.display()
        );
    }
    let data = here.folder().expect("a folder");
    assert!(!data.join("backup-in-hand").exists(), "the open copy was left");
    // The second one links what the first one encrypted.
    sealed();
    let last = into.0.join(into.backups().pop().expect("two backups"));
    let picture = picture_of(&last.join("pictures"));
    assert!(std::os::unix::fs::MetadataExt::nlink(&picture.metadata().expect("it is there")) > 1);

    let restore = |words: &[&str]| {
        let mut all = vec!["restore".to_owned(), last.display().to_string()];
        all.extend(words.iter().map(|word| (*word).to_owned()));
        Launch::new(&all.iter().map(String::as_str).collect::<Vec<_>>()).on(&there.place).run()
    };
    let ran = restore(&[]);
    assert!(!ran.success && ran.err.contains("--identity"), "{}", ran.err);
    let ran = restore(&["--identity", &other]);
    assert!(!ran.success && ran.err.contains("does not open"), "{}", ran.err);
    assert!(!there.folder().expect("a folder").exists(), "something was written");
    let ran = restore(&["--identity", &file]);
    assert!(ran.success && ran.out.contains("The data are sound"), "{}{}", ran.out, ran.err);
    let export = Launch::new(&["export", "-"]).on(&there.place).must().out;
    assert_eq!(numbers(&export), BTreeSet::from([7]));
    let refused = backup(&here.place, &into).with("--encrypt-to", "age1nobody").run();
    assert!(!refused.success && refused.err.contains("age1nobody"), "{}", refused.err);
    here.clear().await;
    there.clear().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_encrypted_dump_comes_back_too() {
    let (Some(here), Some(there)) = (Trial::postgres().await, Trial::postgres().await) else { return not_run() };
    serve(&here.place).await.stop().await;
    let into = Kept::new();
    let file = into.0.join("key.txt").display().to_string();
    let said = Launch::new(&["orders", "key", "--file", &file]).must().out;
    let public = said.lines().find(|line| line.starts_with("age1")).expect("a public key").to_owned();
    backup(&here.place, &into).with("--encrypt-to", &public).must();
    let folder = into.0.join(into.only_one()).display().to_string();
    let ran = Launch::new(&["restore", &folder]).on(&there.place).with("--identity", &file).must();
    assert!(ran.out.contains("The data are sound"), "{}", ran.out);
    here.clear().await;
    there.clear().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_of_one_of_two_processes_makes_a_backup() {
    let Some(here) = Trial::postgres().await else { return not_run() };
    let (one, other) = (Kept::new(), Kept::new());
    let serve = |into: &Kept| {
        let folder = format!("backup.folder={}", into.text());
        Launch::new(&["demo"]).on(&here.place).set(&folder).set("backup.every-hours=1").start()
    };
    let papers = (serve(&one).await, serve(&other).await);
    until("a backup", || async { (one.backups().len() + other.backups().len() > 0).then_some(()) }).await;
    until("the next one to be due in an hour", || async { due_in_minutes(&here.place).await.filter(|due| *due > 50) })
        .await;
    assert_eq!(one.backups().len() + other.backups().len(), 1);
    papers.0.stop().await;
    papers.1.stop().await;
    here.clear().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_makes_a_backup_of_a_paper_on_sqlite() {
    let here = Trial::sqlite();
    let into = Kept::new();
    let folder = format!("backup.folder={}", into.text());
    let bucket = Bucket::open().await;
    let launch = Launch::new(&["demo"]).on(&here.place).set(&folder).set("backup.every-hours=24");
    let paper = bucket.known_to(launch).start().await;
    let name = until("a backup", || async { into.backups().pop() }).await;
    let about = format!("midad/{name}/about.json");
    until("it in the bucket", || async { bucket.keys().contains(&about).then_some(()) }).await;
    until("a warning", || async { paper.said().contains(&format!("s3:{name} is not encrypted")).then_some(()) }).await;
    paper.stop().await;
    let listed = Launch::new(&["backup", "--list"]).set(&folder).must().out;
    assert!(listed.contains(&into.only_one()) && listed.contains("midad check finds nothing"), "{listed}");
    here.clear().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_carried_to_a_bucket_and_comes_back_from_there() {
    let (here, there) = (Trial::sqlite(), Trial::sqlite());
    let paper = serve(&here.place).await;
    let story = paper.reader().open_stories(1).await.remove(0);
    let answer = paper.reader().try_to_comment(&story, "هدى", &text(7)).await.expect("an answer");
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    paper.stop().await;
    let (into, bucket) = (Kept::new(), Bucket::open().await);
    let ran = bucket.known_to(backup(&here.place, &into)).must();
    let name = into.only_one();
    assert!(ran.out.contains(&format!("s3:{name} is in the bucket paper/midad")), "{}", ran.out);
    assert!(ran.err.contains(&format!("s3:{name} is not encrypted")), "{}", ran.err);
    assert!(!ran.out.contains(bucket::SECRET) && !ran.err.contains(bucket::SECRET), "{}{}", ran.out, ran.err);
    let own = format!("midad/{name}/about.json");
    assert_eq!(bucket.done().last(), Some(&format!("put {own}")), "what it says of itself comes last");
    let folder = into.0.join(&name);
    let places = files(&folder).into_iter().map(|file| file.strip_prefix(&into.0).expect("it is below").to_owned());
    let keys: BTreeSet<String> = places.map(|place| format!("midad/{}", place.display())).collect();
    assert_eq!(bucket.keys().into_iter().collect::<BTreeSet<_>>(), keys);

    // Whoever has lost the folder finds it there.
    std::fs::remove_dir_all(&folder).expect("it can be lost");
    let known = |words: &[&str]| bucket.known_to(Launch::new(words)).set(&format!("backup.folder={}", into.text()));
    let listed = known(&["backup", "--list"]).must().out;
    assert!(listed.contains(&format!("s3:{name}")) && listed.contains("midad check finds nothing"), "{listed}");
    let restore = |what: &str| known(&["restore", what]).on(&there.place).run();
    let target = there.folder().expect("a folder").clone();
    let ran = restore("s3:midad-backup-20200101T000000Z");
    assert!(!ran.success && ran.err.contains("no whole backup of that name"), "{}", ran.err);
    let ran = known(&["restore", "s3:", "--until", "2026-11-30T10:15:00Z"]).on(&there.place).run();
    assert!(!ran.success && ran.err.contains("no log of writes"), "{}", ran.err);
    // A byte that is another one is seen, and nothing is written.
    let database = format!("midad/{name}/midad.db");
    let sound = bucket.get(&database);
    let mut damaged = sound.to_vec();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    bucket.put(&database, damaged, "2026-11-30T10:15:00Z");
    let ran = restore(&format!("s3:{name}"));
    assert!(!ran.success && ran.err.contains("damaged"), "{}", ran.err);
    bucket.put(&database, sound.slice(..middle), "2026-11-30T10:15:00Z");
    assert!(!restore(&format!("s3:{name}")).success, "half of it is not enough");
    assert!(!target.exists(), "something was written");
    bucket.put(&database, sound, "2026-11-30T10:15:00Z");

    let ran = restore("s3:");
    assert!(ran.success && ran.out.contains("The data are sound"), "{}{}", ran.out, ran.err);
    let export = Launch::new(&["export", "-"]).on(&there.place).must().out;
    assert_eq!(numbers(&export), BTreeSet::from([7]));
    assert!(!into.all().iter().any(|name| name.contains("fetched")), "what was fetched stayed: {:?}", into.all());
    here.clear().await;
    there.clear().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_that_takes_nothing_leaves_the_folders_backup_and_gets_it_with_the_next_one() {
    let here = Trial::sqlite();
    serve(&here.place).await.stop().await;
    let (into, bucket) = (Kept::new(), Bucket::open().await);
    bucket.refuse(true);
    let ran = bucket.known_to(backup(&here.place, &into)).run();
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert!(ran.err.contains("does not hold all") && ran.err.contains("AccessDenied"), "{}", ran.err);
    assert!(!ran.err.contains(bucket::SECRET), "{}", ran.err);
    let first = into.only_one();
    assert_eq!(bucket.keys(), Vec::<String>::new());
    let listed = Launch::new(&["backup", "--list", &into.text()]).must().out;
    assert!(listed.contains(&format!("{first} was in the folder, proved")), "{listed}");
    bucket.refuse(false);
    bucket.known_to(backup(&here.place, &into)).must();
    let names = into.backups();
    assert_eq!((names.len(), &names[0]), (2, &first));
    let keys = bucket.keys();
    assert!(names.iter().all(|name| keys.contains(&format!("midad/{name}/about.json"))), "{keys:?}");
    here.clear().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn once_a_key_is_set_no_open_backup_of_the_folder_goes_to_the_bucket() {
    let here = Trial::sqlite();
    serve(&here.place).await.stop().await;
    let (into, bucket) = (Kept::new(), Bucket::open().await);
    backup(&here.place, &into).must();
    let open = into.only_one();
    let file = into.0.join("key.txt").display().to_string();
    let said = Launch::new(&["orders", "key", "--file", &file]).must().out;
    let public = said.lines().find(|line| line.starts_with("age1")).expect("a public key").to_owned();
    let ran = bucket.known_to(backup(&here.place, &into)).set(&format!("backup.encrypt-to={public}")).must();
    assert!(ran.err.contains(&format!("because not encrypted: {open}")), "{}", ran.err);
    let sealed = into.backups().pop().expect("two backups");
    let keys = bucket.keys();
    assert!(keys.contains(&format!("midad/{sealed}/about.json")), "{keys:?}");
    assert!(!keys.iter().any(|key| key.contains(&open)), "{keys:?}");
    // Without a key all of them go, and each that is open is named.
    let ran = bucket.known_to(backup(&here.place, &into)).must();
    let last = into.backups().pop().expect("three backups");
    let named = |name: &str| ran.err.contains(&format!("s3:{name} is not encrypted"));
    assert!(named(&open) && named(&last) && !named(&sealed), "{}", ran.err);
    assert!(bucket.keys().contains(&format!("midad/{open}/about.json")));
    here.clear().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_backup_of_the_folder_keeps_no_other_one_from_the_bucket_nor_old_ones_in_it() {
    let here = Trial::sqlite();
    serve(&here.place).await.stop().await;
    let (into, bucket) = (Kept::new(), Bucket::open().await);
    backup(&here.place, &into).must();
    let first = into.only_one();
    backup(&here.place, &into).must();
    let damaged = into.backups().pop().expect("two backups");
    let database = into.0.join(&damaged).join("midad.db");
    let mut bytes = std::fs::read(&database).expect("a database");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&database, bytes).expect("it can be damaged");
    let broken_off = "midad/midad-backup-20200103T000000Z/midad.db";
    bucket.put(broken_off, "half of it", "2020-01-04T00:00:00Z");
    let ran = bucket.known_to(backup(&here.place, &into).with("--keep", "7")).run();
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert!(ran.err.contains(&damaged) && ran.err.contains("other bytes than were kept"), "{}", ran.err);
    let (names, keys) = (into.backups(), bucket.keys());
    let carried: Vec<&String> =
        names.iter().filter(|name| keys.contains(&format!("midad/{name}/about.json"))).collect();
    assert_eq!(carried, [&first, &names[2]], "{keys:?}");
    assert!(!keys.iter().any(|key| key == broken_off), "nothing was taken away: {keys:?}");
    here.clear().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_else_fails_the_folders_backup_is_made_and_the_bucket_is_told_to_lack_it() {
    let here = Trial::sqlite();
    serve(&here.place).await.stop().await;
    let (into, bucket) = (Kept::new(), Bucket::open().await);
    let unreadable = "backup.s3-secret-file=/nowhere/midad.secret";
    let ran = bucket.known_to(backup(&here.place, &into)).set(unreadable).run();
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    let first = into.only_one();
    assert!(ran.err.contains(&first) && ran.err.contains("/nowhere/midad.secret"), "{}", ran.err);
    let listed = bucket.known_to(Launch::new(&["backup", "--list", &into.text()])).set(unreadable).run();
    assert!(!listed.success && listed.out.contains(&first), "{}{}", listed.out, listed.err);
    // An old one that cannot be taken away, besides.
    let old = "midad-backup-20200101T000000Z";
    into.again(&first, old);
    let in_the_way = into.0.join(format!("{old}.going"));
    std::fs::create_dir(&in_the_way).expect("a folder");
    std::fs::write(in_the_way.join("a"), "b").expect("a file");
    bucket.refuse(true);
    let ran = bucket.known_to(backup(&here.place, &into).with("--keep", "1")).run();
    assert!(!ran.success && ran.err.contains("does not hold all") && ran.err.contains(old), "{}", ran.err);
    let listed = Launch::new(&["backup", "--list", &into.text()]).must().out;
    assert_eq!(listed.matches("was in the folder, proved").count(), 2, "{listed}");
    here.clear().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_one_run_carries_at_a_time_and_none_calls_whole_what_is_not() {
    let here = Trial::sqlite();
    serve(&here.place).await.stop().await;
    let (into, bucket) = (Kept::new(), Bucket::open().await);
    let other = std::fs::File::create(into.0.join(".midad-carrying.lock")).expect("a lock");
    other.try_lock().expect("nobody holds it");
    let ran = bucket.known_to(backup(&here.place, &into)).must();
    assert!(ran.err.contains("Another run is carrying"), "{}", ran.err);
    let first = into.only_one();
    assert_eq!(bucket.keys(), Vec::<String>::new());
    other.unlock().expect("it is let go");
    // What is taken away while the rest is on its way is missed.
    bucket.forget(Some("/midad.db"));
    let ran = bucket.known_to(backup(&here.place, &into)).run();
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert!(ran.err.contains("midad.db: is not there whole any more"), "{}", ran.err);
    assert!(!bucket.keys().iter().any(|key| key.ends_with("about.json")), "{:?}", bucket.keys());
    bucket.forget(None);
    bucket.known_to(backup(&here.place, &into)).must();
    let (names, keys) = (into.backups(), bucket.keys());
    assert_eq!((names.len(), &names[0]), (3, &first));
    assert!(names.iter().all(|name| keys.contains(&format!("midad/{name}/about.json"))), "{keys:?}");
    here.clear().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_bucket_whole_backups_go_by_the_rules_of_the_folder_and_broken_off_ones_after_a_day() {
    let here = Trial::sqlite();
    serve(&here.place).await.stop().await;
    let (into, bucket) = (Kept::new(), Bucket::open().await);
    bucket.known_to(backup(&here.place, &into)).must();
    let first = into.only_one();
    let (long_ago, now) = ("2020-01-04T00:00:00Z", jiff::Timestamp::now().to_string());
    // The same at other times, and in one of them something of somebody else's.
    let [old, shared] = ["midad-backup-20200101T000000Z", "midad-backup-20200102T000000Z"];
    for (other, key) in [old, shared].iter().flat_map(|other| bucket.keys().into_iter().map(move |key| (other, key))) {
        let Some(file) = key.strip_prefix(&format!("midad/{first}/")) else { continue };
        let mut bytes = bucket.get(&key).to_vec();
        if file == "about.json" {
            bytes = String::from_utf8(bytes).expect("a text").replace(&first, other).into_bytes();
        }
        bucket.put(&format!("midad/{other}/{file}"), bytes, long_ago);
    }
    bucket.put(&format!("midad/{shared}/notes.txt"), "mine", long_ago);
    let broken_off = "midad/midad-backup-20200103T000000Z/midad.db";
    let coming = "midad/midad-backup-20200104T000000Z/midad.db";
    bucket.put(broken_off, "half of it", long_ago);
    bucket.put(coming, "half of it", &now);
    let foreign = ["midad/letters/a", "others/midad-backup-20200101T000000Z/a", "midad/midad-backup-old/a"];
    foreign.iter().for_each(|key| bucket.put(key, "b", long_ago));

    // Without a number nothing is taken away.
    bucket.known_to(backup(&here.place, &into)).must();
    assert!(bucket.keys().iter().any(|key| key.contains(old)));
    let few = ["backup.keep-days=0", "backup.keep-weeks=0"];
    let keep = few.iter().fold(backup(&here.place, &into).with("--keep", "2"), |launch, pair| launch.set(pair));
    let ran = bucket.known_to(keep).must();
    let keys = bucket.keys();
    let holds = |start: &str| keys.iter().any(|key| key.starts_with(start));
    assert!(!holds(&format!("midad/{old}/")) && !holds(&format!("midad/{first}/")), "{keys:?}");
    assert!(ran.out.contains(&format!("s3:{old} was removed")), "{}", ran.out);
    assert!(ran.out.contains(&format!("s3:{shared} was left alone")), "{}", ran.out);
    assert!(holds(&format!("midad/{shared}/about.json")) && holds(&format!("midad/{shared}/midad.db")));
    assert!(!holds(broken_off) && holds(coming) && foreign.iter().all(|key| holds(key)), "{keys:?}");
    let names = into.backups();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.iter().all(|name| holds(&format!("midad/{name}/about.json"))), "{keys:?}");
    let gone: Vec<String> = bucket.done().into_iter().filter(|what| what.contains(old)).collect();
    assert_eq!(gone[0], format!("delete midad/{old}/about.json"), "what it says of itself goes first");
    here.clear().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_many_parts_comes_back_from_a_bucket_as_it_was() {
    let (folder, there) = (Kept::new(), Bucket::open().await);
    let settings = BucketSettings {
        endpoint: there.endpoint.clone(),
        bucket: bucket::NAME.to_owned(),
        region: "us-east-1".to_owned(),
        key: "AK".to_owned(),
        secret: bucket::SECRET.to_owned(),
    };
    let bucket = store::buckets::Bucket::open(&settings, Patience::OfBackups).expect("a bucket");
    let any = |number: u32| (number.wrapping_mul(2_654_435_761) >> 24) as u8;
    let bytes: Vec<u8> = (0..20 * 1024 * 1024 + 7).map(any).collect();
    let (from, to) = (folder.0.join("from"), folder.0.join("to"));
    std::fs::write(&from, &bytes).expect("a file");
    bucket.put_file("midad/large", &from).await.expect("it is taken");
    assert_eq!(there.done(), ["parts midad/large"]);
    let length = bytes.len() as u64;
    assert_eq!(bucket.size("midad/large").await, Ok(Some(length)));
    let file = std::fs::File::create(&to).expect("a file");
    bucket.fetch("midad/large", length, file).await.expect("it is handed out");
    assert!(std::fs::read(&to).expect("a file") == bytes, "other bytes came back");
    let file = std::fs::File::create(&to).expect("a file");
    assert!(bucket.fetch("midad/large", length + 1, file).await.is_err(), "more than there is");
}

fn backup(place: &Place, into: &Kept) -> Launch {
    Launch::new(&["backup", &into.text()]).on(place)
}

/// Minutes until the lease of backups is let go.
async fn due_in_minutes(place: &Place) -> Option<i64> {
    let Place::Postgres(address) = place else { return None };
    let (client, connection) = tokio_postgres::connect(address, tokio_postgres::NoTls).await.expect("it answers");
    let talking = tokio::spawn(connection);
    let found = client.query_opt("select until_at from leases where duty = 'backup'", &[]).await.expect("leases");
    drop(client);
    let _ = talking.await;
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().expect("past 1970").as_millis();
    found.map(|row| (row.get::<_, i64>(0) - i64::try_from(now).expect("a time")) / 60_000)
}

/// The rush, until it is told to stop.
struct Posters {
    rush: Rush,
    stop: AtomicBool,
}

impl Posters {
    fn begin(self: &Arc<Self>, paper: &Running, people: usize) -> Vec<tokio::task::JoinHandle<()>> {
        let poster = |_| {
            let (reader, posters) = (paper.reader(), self.clone());
            tokio::spawn(async move { posters.send(&reader).await })
        };
        (0..people).map(poster).collect()
    }

    /// One person, one comment after the other.
    async fn send(&self, reader: &Reader) {
        while !self.stop.load(Ordering::SeqCst) {
            let number = self.rush.next.fetch_add(1, Ordering::SeqCst);
            let sent = reader.try_to_comment(self.rush.story(number), "زائر مجهول", &text(number)).await;
            let answer = sent.expect("an answer");
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
            self.rush.note(number);
        }
    }
}

/// Comments of the rush in an export: each once, and each waits.
fn numbers(export: &str) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for row in rows(export).remove("comments").expect("comments are exported") {
        let text = row["text"].as_str().expect("a comment has a text");
        if let Some(number) = number_in(text) {
            assert_eq!(row["state"], "held", "comment {number}");
            assert!(found.insert(number), "comment {number} is there twice");
        }
    }
    found
}

impl Kept {
    /// All pictures of a paper are kept beside its log.
    fn has_pictures_of(&self, paper: &Trial) -> Option<()> {
        let own = files(&paper.folder().expect("a folder").join("pictures")).len();
        let folder = self.0.join("midad-log-pictures");
        (folder.is_dir() && files(&folder).len() == own).then_some(())
    }
}
