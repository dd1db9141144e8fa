//! A copy beside the server: what everybody sees is read from it, and never less than this process has written or heard of.
//! Real servers of the test's own, one following the other.

use newsroom::happening::What;
use newsroom::people::Actor;
use newsroom::{HappeningId, Timestamp};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use store::{CopyState, Place, Store};

const PATIENCE: Duration = Duration::from_secs(60);
/// Beside what ships: nothing is kept longer than a test, and little is needed.
const SETTINGS: &str = "\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nfsync = off\n\
    shared_buffers = '16MB'\nmax_connections = 40\nwal_retrieve_retry_interval = '100ms'\n";

/// Servers by their number; gone with the test.
struct Servers {
    programs: PathBuf,
    folder: PathBuf,
    ports: Vec<u16>,
    running: Vec<Option<Child>>,
}

/// Tests of one process have folders of their own.
static NEXT: AtomicU32 = AtomicU32::new(0);
/// The first one, and the first that follows it.
const SERVER: usize = 0;
const COPY: usize = 1;

impl Servers {
    /// None where PostgreSQL's programs are missing, which is said.
    async fn new() -> Option<Self> {
        let Some(programs) = programs().filter(|_| std::env::var("MIDAD_TEST_POSTGRES").is_ok()) else {
            println!(
                "NOT RUN: a copy of PostgreSQL (MIDAD_TEST_POSTGRES is not set, or its server's programs are missing)"
            );
            return None;
        };
        let folder = std::env::temp_dir().join(format!(
            "midad_servers_{}_{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        ));
        std::fs::create_dir_all(&folder).unwrap();
        if is_root() {
            assert!(Command::new("chown").arg("postgres").arg(&folder).status().unwrap().success());
        }
        let mut servers = Self { programs, folder, ports: Vec::new(), running: Vec::new() };
        let first = servers.server().await;
        assert_eq!((first, servers.copy_of(first).await), (SERVER, COPY));
        Some(servers)
    }

    /// An empty one.
    async fn server(&mut self) -> usize {
        let new = self.one_more();
        self.run("initdb", &["-D", &self.data(new), "-U", "midad", "-A", "trust", "-E", "UTF8", "--no-sync"]);
        self.configure(new);
        self.start(new).await;
        new
    }

    /// One that follows another.
    async fn copy_of(&mut self, which: usize) -> usize {
        let (port, copy) = (self.ports[which].to_string(), self.one_more());
        let to = self.data(copy);
        let from = ["-h", "127.0.0.1", "-p", &port, "-U", "midad", "-D", &to, "-R", "-X", "stream", "-c", "fast"];
        self.run("pg_basebackup", &from);
        self.configure(copy);
        self.start(copy).await;
        copy
    }

    fn one_more(&mut self) -> usize {
        self.ports.push(TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port());
        self.running.push(None);
        self.ports.len() - 1
    }

    fn data(&self, which: usize) -> String {
        self.folder.join(which.to_string()).display().to_string()
    }

    /// What stands last in the file holds.
    fn configure(&self, which: usize) {
        let file = Path::new(&self.data(which)).join("postgresql.conf");
        let shipped = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, format!("{shipped}{SETTINGS}port = {}\n", self.ports[which])).unwrap();
    }

    /// PostgreSQL serves nobody who is root.
    fn command(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = match is_root() {
            true => Command::new("setpriv"),
            false => Command::new(&program),
        };
        if is_root() {
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(&program);
        }
        command.current_dir("/").stdout(Stdio::null());
        command
    }

    fn run(&self, program: &str, words: &[&str]) {
        let ran = self.command(program).args(words).output().unwrap();
        assert!(ran.status.success(), "{program}: {}", String::from_utf8_lossy(&ran.stderr));
    }

    async fn start(&mut self, which: usize) {
        let data = self.data(which);
        self.running[which] = Some(self.command("postgres").args(["-D", &data]).stderr(Stdio::null()).spawn().unwrap());
        until("it takes lines", async || self.line(which).await.is_some()).await;
    }

    /// At once, and everything of it with it.
    fn kill(&mut self, which: usize) {
        let Some(mut child) = self.running[which].take() else { return };
        let asked = Command::new("kill").args(["-QUIT", &child.id().to_string()]).status();
        if asked.is_ok_and(|status| status.success()) {
            let _ = child.wait();
        }
    }

    fn address(&self, which: usize) -> String {
        format!("postgres://midad@127.0.0.1:{}/postgres", self.ports[which])
    }

    async fn line(&self, which: usize) -> Option<tokio_postgres::Client> {
        let (client, connection) = tokio_postgres::connect(&self.address(which), tokio_postgres::NoTls).await.ok()?;
        tokio::spawn(connection);
        client.batch_execute("select 1").await.ok().map(|()| client)
    }

    async fn say(&self, which: usize, sql: &str) {
        self.line(which).await.unwrap().batch_execute(sql).await.unwrap();
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        (0..self.running.len()).rev().for_each(|which| self.kill(which));
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Where the newest server's programs are.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let number = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = versions.filter_map(|entry| Some(entry.ok()?.path())).max_by_key(number)?;
    Some(newest.join("bin")).filter(|programs| programs.join("pg_basebackup").is_file())
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0)
}

async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    let begun = Instant::now();
    while !is_so().await {
        assert!(begun.elapsed() < PATIENCE, "not within a minute: {what}");
        tokio::task::yield_now().await;
    }
}

/// Something happens.
async fn noted(store: &Store) -> HappeningId {
    store.note(Actor::Program, What::SignedIn, "", Timestamp::now()).await.unwrap().id
}

/// What everybody is shown of it.
async fn shows(store: &Store, id: HappeningId) -> bool {
    store.for_readers().log(None, 5).await.unwrap().iter().any(|happening| happening.id == id)
}

async fn answered(store: &Store) -> u64 {
    store.replica().await.unwrap().unwrap().answered
}

async fn until_it_has_everything(store: &Store) {
    let all = async || store.replica().await.unwrap().unwrap().state == CopyState::Follows { behind: 0 };
    until("the copy has everything", all).await;
}

/// What is shown next comes from the copy again, at the latest after its rest.
async fn until_it_answers(store: &Store) {
    until("the copy answers", async || {
        let before = answered(store).await;
        store.for_readers().log(None, 5).await.unwrap();
        answered(store).await > before
    })
    .await;
}

#[tokio::test]
async fn a_copy_answers_where_it_has_what_this_process_wrote_or_heard_of() {
    let Some(mut servers) = Servers::new().await else { return };
    let place = Place::Postgres(servers.address(SERVER));
    let (here, elsewhere) = (Store::open(&place).await.unwrap(), Store::open(&place).await.unwrap());
    assert_eq!(here.replica().await.unwrap(), None);
    let here = here.with_replica(&servers.address(COPY)).await.unwrap();

    for _ in 0..40 {
        let id = noted(&here).await;
        assert!(shows(&here, id).await, "one's own is there at once, whoever answers");
    }
    until_it_has_everything(&here).await;
    let before = answered(&here).await;
    here.for_readers().log(None, 5).await.unwrap();
    assert_eq!(answered(&here).await, before + 1, "a copy that has everything answers");
    here.log(None, 5).await.unwrap();
    assert_eq!(answered(&here).await, before + 1, "what is not for everybody is not read there");

    servers.say(SERVER, "create database another").await;
    let another = servers.address(COPY).replace("/postgres", "/another");
    let told = async || place.look_at_copy(&another).await == Ok(CopyState::OfAnother);
    until("another database is known for one", told).await;

    servers.say(COPY, "select pg_wal_replay_pause()").await;
    let of_others = noted(&elsewhere).await;
    assert!(!shows(&here, of_others).await, "nobody has heard of it here, and the copy has not come so far");
    let heard = here.happenings_after(HappeningId(of_others.0 - 1), 5).await.unwrap();
    assert_eq!(heard.first().map(|happening| happening.id), Some(of_others));
    let before = answered(&here).await;
    assert!(shows(&here, of_others).await, "what was heard of is shown");
    assert_eq!(answered(&here).await, before, "by the server itself");
    let behind = here.replica().await.unwrap().unwrap().state;
    assert!(matches!(behind, CopyState::Follows { behind: 1.. }), "{behind:?}");
    servers.say(COPY, "select pg_wal_replay_resume()").await;
    until_it_has_everything(&here).await;
    until_it_answers(&here).await;

    servers.kill(COPY);
    assert!(shows(&here, of_others).await, "without it the server answers");
    assert!(matches!(here.replica().await.unwrap().unwrap().state, CopyState::Away(_)));
    assert!(matches!(place.look_at_copy(&servers.address(COPY)).await.unwrap(), CopyState::Away(_)));
    servers.start(COPY).await;
    until_it_answers(&here).await;

    servers.say(COPY, "select pg_promote()").await;
    let own = async || here.replica().await.unwrap().unwrap().state == CopyState::OnItsOwn;
    until("the copy follows nobody", own).await;
    let (before, id) = (answered(&here).await, noted(&here).await);
    assert!(shows(&here, id).await, "one that serves others by now is asked no more");
    assert_eq!(answered(&here).await, before);
    assert_eq!(place.look_at_copy(&servers.address(COPY)).await.unwrap(), CopyState::OnItsOwn);
    here.close().await;
    elsewhere.close().await;
}

#[tokio::test]
async fn after_a_fail_over_a_copy_of_the_server_of_before_is_not_asked() {
    let Some(mut servers) = Servers::new().await else { return };
    let place = |servers: &Servers, which: usize| Place::Postgres(servers.address(which));
    let (before, after) = (Store::open(&place(&servers, SERVER)).await.unwrap(), place(&servers, COPY));
    let late = servers.copy_of(SERVER).await;
    let before = before.with_replica(&servers.address(late)).await.unwrap();
    servers.say(COPY, "select pg_promote()").await;
    let serves = async || Store::open(&after).await.is_ok();
    until("the one that took over serves", serves).await;
    // The log of before goes on, and its copy comes further in it than the new one has.
    for _ in 0..200 {
        noted(&before).await;
    }
    until_it_has_everything(&before).await;

    let store = Store::open(&after).await.unwrap().with_replica(&servers.address(late)).await.unwrap();
    let id = noted(&store).await;
    assert_eq!(store.replica().await.unwrap().unwrap().state, CopyState::OfBefore);
    assert!(shows(&store, id).await, "what the new server has is shown");
    assert_eq!(answered(&store).await, 0, "by itself");
    assert_eq!(after.look_at_copy(&servers.address(late)).await.unwrap(), CopyState::OfBefore);

    let follower = servers.copy_of(COPY).await;
    let store = store.with_replica(&servers.address(follower)).await.unwrap();
    until_it_answers(&store).await;
    assert!(shows(&store, id).await);

    // A paper that was moved to a new server, and a setting that was forgotten: the copy has far more of a log of the same number.
    let new = servers.server().await;
    let moved = place(&servers, new);
    let elsewhere = Store::open(&moved).await.unwrap().with_replica(&servers.address(late)).await.unwrap();
    let id = noted(&elsewhere).await;
    assert_eq!(moved.look_at_copy(&servers.address(late)).await, Ok(CopyState::OfAnother));
    assert!(shows(&elsewhere, id).await, "what the new server has is shown");
    assert_eq!(answered(&elsewhere).await, 0, "by itself");
    elsewhere.close().await;
    before.close().await;
    store.close().await;
}

#[tokio::test]
async fn a_file_has_no_copy() {
    let trial = crate::both::Trial::sqlite();
    let store = Store::open(&trial.place).await.unwrap();
    assert_eq!(store.replica().await.unwrap(), None);
    assert!(store.with_replica("postgres://midad@127.0.0.1/paper").await.is_err());
    assert!(trial.place.look_at_copy("postgres://midad@127.0.0.1/paper").await.is_err());
    trial.clear().await;
}
