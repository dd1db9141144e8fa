//! The worker that decodes pictures is ended where it takes more memory or time than it was given, and the paper goes on.
#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a test may panic, and says why")]

#[path = "../../store/tests/both/mod.rs"]
mod both;
#[path = "../../darkroom/tests/files/mod.rs"]
mod files;
mod running;

use both::Trial;
use darkroom::{Answer, Job, Refused};
use reqwest::header::{ACCEPT, ORIGIN};
use running::{Launch, Running, until};
use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};

const NAME: &str = "darkroom-worker";
const MIB: u64 = 1024 * 1024;
/// As the program gives them.
const ENOUGH: (u64, u64) = (1_536 * MIB, 40);

/// A worker that may use so many bytes of memory and seconds of the processor, and waits to be told.
fn starts((memory, seconds): (u64, u64)) -> Child {
    Command::new(env!("CARGO_BIN_EXE_midad"))
        .args([NAME, &memory.to_string(), &seconds.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a worker starts")
}

/// Has a job done by one.
fn ask(job: Job, bytes: &[u8], limits: (u64, u64)) -> (ExitStatus, Vec<u8>) {
    let mut child = starts(limits);
    let (mut to, mut from) = (child.stdin.take().expect("a line"), child.stdout.take().expect("a line"));
    let asked = [job.head(), bytes.to_vec()].concat();
    // One that was ended reads no more.
    let telling = std::thread::spawn(move || drop(to.write_all(&asked)));
    let mut answer = Vec::new();
    from.read_to_end(&mut answer).expect("an answer, or its end");
    telling.join().expect("it was told");
    (child.wait().expect("it ended"), answer)
}

/// Bytes that the program itself takes of a worker's memory, before any file.
async fn at_rest() -> u64 {
    let mut child = starts(ENOUGH);
    let of = |what: &str| std::fs::read_to_string(format!("/proc/{}/{what}", child.id())).unwrap_or_default();
    until("a worker within its limits", || async { of("limits").contains(&ENOUGH.0.to_string()).then_some(()) }).await;
    let status = of("status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmSize:")).expect("its size");
    let kib: u64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
    child.kill().expect("it ends");
    child.wait().expect("it ended");
    kib * 1024
}

#[tokio::test]
async fn a_worker_that_takes_too_much_memory_is_ended() {
    let little = (at_rest().await + 64 * MIB, ENOUGH.1);
    let (ended, answer) = ask(Job::Develop, &files::jpeg(600, 400), little);
    assert!(ended.success(), "a small file needs no more: {ended}");
    let Ok(Answer::Developed(picture)) = Answer::read(answer) else { panic!("no picture") };
    assert_eq!(picture.size, (600, 400));
    let (ended, answer) = ask(Job::Develop, &files::jpeg(6_000, 4_000), little);
    assert!(!ended.success(), "{ended}");
    assert_eq!(Answer::read(answer), Err(Refused::Costly));
}

#[test]
fn a_worker_that_takes_too_long_is_ended() {
    // Nobody's file takes so long; a worker without a second of the processor stands for it.
    let (ended, answer) = ask(Job::PressAvif { width: 1_600 }, &files::jpeg(3_000, 2_000), (ENOUGH.0, 1));
    assert!(ended.signal().is_some(), "{ended}");
    assert_eq!(Answer::read(answer), Err(Refused::Costly));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_is_ended_harms_nothing_but_its_own_file() {
    let trial = Trial::sqlite();
    let paper = Launch::new(&["demo"]).on(&trial.place).start().await;
    let ended = tokio::spawn(one_is_ended(paper)).await;
    trial.clear().await;
    if let Err(failure) = ended {
        std::panic::resume_unwind(failure.into_panic());
    }
}

async fn one_is_ended(paper: Running) {
    let client = reqwest::Client::builder().cookie_store(true).build().expect("a client");
    let link = paper.link_for("owner").await;
    let nothing: [(&str, &str); 0] = [];
    let entered = client.post(&link).header(ORIGIN, &paper.address).form(&nothing).send().await.expect("an answer");
    assert!(entered.status().is_success(), "{}", entered.status());
    let sending = tokio::spawn(sends(client.clone(), paper.address.clone(), files::jpeg(6_000, 4_000)));
    let worker = until("a worker at the file", || async { worker_of(paper.process()) }).await;
    let killed = Command::new("kill").args(["-KILL", &worker.to_string()]).status();
    assert!(killed.expect("there is a program kill").success());
    let told = sending.await.expect("it was sent");
    assert_eq!(told.0, 422, "{}", told.1);
    assert!(told.1.contains("picture.costly"), "whoever sent it is told why: {}", told.1);
    assert_eq!(paper.reader().get("/").await.status, 200);
    let told = sends(client, paper.address.clone(), files::jpeg(640, 480)).await;
    assert_eq!(told.0, 200, "the next file is taken: {}", told.1);
    paper.stop().await;
}

/// Sends a picture as the editor does; the answer's status and words.
async fn sends(client: reqwest::Client, address: String, bytes: Vec<u8>) -> (u16, String) {
    let mut body = b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"IMG_1.jpg\"\r\n\r\n".to_vec();
    body.extend(bytes);
    body.extend(b"\r\n--edge--\r\n");
    let asked = client.post(format!("{address}/desk/pictures")).header(ORIGIN, &address);
    let asked = asked.header(ACCEPT, "application/json").header("content-type", "multipart/form-data; boundary=edge");
    let answer = asked.body(body).send().await.expect("an answer");
    (answer.status().as_u16(), answer.text().await.expect("words"))
}

/// A process that this one started and that is such a worker.
fn worker_of(paper: u32) -> Option<u32> {
    let threads = std::fs::read_dir(format!("/proc/{paper}/task")).ok()?;
    let children = threads.flatten().filter_map(|thread| std::fs::read_to_string(thread.path().join("children")).ok());
    let children: Vec<u32> = children
        .flat_map(|all| all.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .filter_map(|child| child.parse().ok())
        .collect();
    children.into_iter().find(|child| {
        std::fs::read_to_string(format!("/proc/{child}/cmdline"))
            .is_ok_and(|line| line.split('\0').any(|word| word == NAME))
    })
}
