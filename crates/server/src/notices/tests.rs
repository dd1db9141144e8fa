//! Notices on their way, to a listener of the test's own that writes down what it is sent.

use super::{Carriers, Road, Telegram, send_due};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use newsroom::StaffId;
use newsroom::notices::{Told, Way};
use newsroom::people::Role;
use store::desk_notices::{NewDeskNotice, NewWay, StaffWay};
use store::{Place, Store};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use web::{App, Paper, Undelivered};

const KEY: &[u8] = b"thirty-two bytes of no great use";

/// Listens for one request; the address, and what was sent.
async fn says(status: &str) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let answer = format!("HTTP/1.1 {status}\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
    let asked = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (mut asked, mut piece) = (Vec::new(), [0_u8; 4096]);
        loop {
            let read = stream.read(&mut piece).await.unwrap_or(0);
            asked.extend_from_slice(&piece[..read]);
            let text = String::from_utf8_lossy(&asked).into_owned();
            let length = text.to_ascii_lowercase();
            let length = length.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.parse().ok());
            if read == 0 || text.split_once("\r\n\r\n").is_some_and(|(_, body)| body.len() >= length.unwrap_or(0)) {
                break;
            }
        }
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = stream.shutdown().await;
        String::from_utf8(asked).unwrap()
    });
    (address, asked)
}

async fn open(name: &str) -> (App, StaffId, std::path::PathBuf) {
    let mut some = [0_u8; 8];
    getrandom::fill(&mut some).expect("randomness");
    let folder = std::env::temp_dir().join(format!("midad-notices-{name}-{}", u64::from_le_bytes(some)));
    let store = Store::open(&Place::Folder(folder.clone())).await.expect("an open store");
    let paper = Paper { name: "المرفأ".into(), tells_by_telegram: true, ..Paper::default() };
    let app = App::new(store, paper, None, None).await.expect("a wired app");
    let salma = app.store.add_staff("سلمى", Role::Editor, app.now()).await.expect("added").id;
    (app, salma, folder)
}

fn carriers(allowed: &[&str]) -> Carriers {
    let road = Road::new(allowed.iter().map(|host| (*host).to_owned()).collect(), "").expect("a road");
    Carriers { post: None, road, telegram: None }
}

/// Something to be told by a way that leads somewhere.
async fn told(app: &App, staff: StaffId, way: Way, address: &str) {
    let (address, now) = (address.to_owned(), app.now());
    let secret = format!("whsec_{}", STANDARD.encode(KEY));
    app.store.set_way(staff, NewWay { way, address, secret }, now).await.expect("set");
    let once = format!("trial:{}", now.as_millisecond());
    let notice = NewDeskNotice { staff, way, once, told: Told::Trial, due: now };
    assert!(app.store.put_desk_notice(notice, now).await.expect("put"));
    assert!(app.store.make_delivery((staff, way), now).await.expect("made").is_some());
}

async fn way(app: &App, staff: StaffId) -> StaffWay {
    app.store.ways_of(staff).await.expect("ways").remove(0)
}

fn header<'t>(asked: &'t str, name: &str) -> &'t str {
    let line = asked.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    line.unwrap_or_else(|| panic!("no {name}: {asked}"))
}

#[tokio::test]
async fn a_message_to_an_address_of_the_web_is_signed_and_sent_once() {
    let ((app, salma, folder), (address, asked)) = (open("signed").await, says("204 No Content").await);
    told(&app, salma, Way::Hook, &format!("{address}/desk?x=1")).await;
    send_due(&app, &carriers(&["127.0.0.1"])).await.expect("sent");
    let asked = asked.await.unwrap();
    assert!(asked.starts_with("POST /desk?x=1 HTTP/1.1\r\n"), "{asked}");
    let (_, body) = asked.split_once("\r\n\r\n").expect("a body");
    let signed = format!("{}.{}.{body}", header(&asked, "webhook-id"), header(&asked, "webhook-timestamp"));
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, KEY);
    let tag = header(&asked, "webhook-signature").strip_prefix("v1,").expect("a version");
    let tag = STANDARD.decode(tag).expect("base 64");
    ring::hmac::verify(&key, signed.as_bytes(), &tag).expect("it is the paper's");
    let body: serde_json::Value = serde_json::from_str(body).expect("JSON");
    assert_eq!((body["type"].as_str(), body["paper"].as_str()), (Some("desk.notices"), Some("المرفأ")));
    assert_eq!((body["lines"][0]["what"].as_str(), body["more"].as_u64()), (Some("trial"), Some(0)));
    let link = format!("{}/desk/me/notices", app.paper.address);
    assert!(body["text"].as_str().is_some_and(|text| text.ends_with(&link)), "{body}");
    assert_eq!(way(&app, salma).await.failed_since, None);
    let later = app.now() + SignedDuration::from_hours(1);
    assert!(app.store.claim_jobs(web::DESK_NOTICE, later, later, 9).await.expect("jobs").is_empty(), "once");
    let _ = std::fs::remove_dir_all(folder);
}

#[tokio::test]
async fn nobody_inside_the_house_is_told_unless_the_administrator_says_so() {
    let ((app, salma, folder), (address, never)) = (open("inside").await, says("200 OK").await);
    let port = address.rsplit(':').next().expect("a port").to_owned();
    for host in ["127.0.0.1", "localhost", "[::1]"] {
        let sent = carriers(&["other.internal"]).road.post(&format!("http://{host}:{port}/"), &[], "{}".into()).await;
        assert_eq!(sent, Err(Undelivered::Inside), "{host}");
    }
    for url in ["https://10.0.0.1/", "https://169.254.169.254/latest", "https://[fd00::1]/"] {
        let sent = carriers(&[]).road.post(url, &[], "{}".into()).await;
        assert_eq!(sent, Err(Undelivered::Inside), "{url}");
    }
    told(&app, salma, Way::Hook, &address).await;
    send_due(&app, &carriers(&[])).await.expect("tried");
    assert!(!never.is_finished(), "nobody was called");
    let kept = way(&app, salma).await;
    assert!(kept.failed_since.is_some() && kept.why == "inside", "{kept:?}");
    never.abort();
    let _ = std::fs::remove_dir_all(folder);
}

#[tokio::test]
async fn an_answer_that_is_no_yes_is_tried_again_and_said_and_a_redirect_is_followed_nowhere() {
    for status in ["302 Found", "500 Oops"] {
        let ((app, salma, folder), (address, asked)) = (open("refused").await, says(status).await);
        told(&app, salma, Way::Hook, &address).await;
        send_due(&app, &carriers(&["127.0.0.1"])).await.expect("tried");
        asked.await.unwrap();
        let kept = way(&app, salma).await;
        assert_eq!(kept.why, format!("status {}", &status[..3]));
        let later = app.now() + SignedDuration::from_mins(2);
        let jobs = app.store.claim_jobs(web::DESK_NOTICE, later, later, 9).await.expect("jobs");
        assert_eq!((jobs.len(), jobs[0].attempts), (1, 1), "it is tried again");
        let _ = std::fs::remove_dir_all(folder);
    }
}

#[tokio::test]
async fn the_papers_bot_writes_to_a_chat_and_its_token_is_told_to_nobody_else() {
    let ((app, salma, folder), (address, asked)) = (open("bot").await, says("200 OK").await);
    let token = "123456:abcdefghijklmnopqrstuvwxyz";
    let bot = Telegram::new(&address, token, vec!["-10042".into()]).expect("a bot");
    assert!(!format!("{bot:?}").contains("abcdef"));
    told(&app, salma, Way::Telegram, "-10042").await;
    let without = carriers(&[]);
    let with = Carriers { telegram: Some(bot), ..without };
    send_due(&app, &with).await.expect("sent");
    let asked = asked.await.unwrap();
    assert!(asked.starts_with(&format!("POST /bot{token}/sendMessage HTTP/1.1\r\n")), "{asked}");
    let (_, body) = asked.split_once("\r\n\r\n").expect("a body");
    let body: serde_json::Value = serde_json::from_str(body).expect("JSON");
    assert_eq!(body["chat_id"].as_str(), Some("-10042"));
    assert!(body["text"].as_str().is_some_and(|text| text.contains("/desk/me/notices")), "{body}");
    let _ = std::fs::remove_dir_all(folder);
}

#[tokio::test]
async fn the_papers_bot_writes_to_no_group_that_is_not_allowed_any_more() {
    let ((app, salma, folder), (address, never)) = (open("group").await, says("200 OK").await);
    let bot = Telegram::new(&address, "123456:abcdefghijklmnopqrstuvwxyz", vec!["@harbour".into()]).expect("a bot");
    told(&app, salma, Way::Telegram, "-10042").await;
    send_due(&app, &Carriers { telegram: Some(bot), ..carriers(&[]) }).await.expect("tried");
    assert!(!never.is_finished(), "nobody was called");
    assert_eq!(way(&app, salma).await.why, "not-allowed");
    never.abort();
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn a_bot_has_a_token_and_a_safe_address() {
    let token = "123456:abcdefghijklmnopqrstuvwxyz";
    assert!(Telegram::new("https://api.telegram.org", token, Vec::new()).is_some());
    assert!(Telegram::new("http://api.telegram.org", token, Vec::new()).is_none(), "in the open");
    for wrong in ["", "123456", "abc:abcdefghijklmnopqrstuvwxyz", "123456:short", "123456:abcdefghijklmnop/../xyz0"] {
        assert!(Telegram::new("https://api.telegram.org", wrong, Vec::new()).is_none(), "{wrong}");
    }
}
