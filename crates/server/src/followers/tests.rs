//! Those who follow the paper, here listeners of the test's own that write down what they are sent.

use super::{Senders, send_due};
use crate::notices::Road;
use jiff::SignedDuration;
use newsroom::followers::{
    About, ChannelKind, ChannelWish, Event, FollowersPart, MachineSettings, PushSettings, PushWish,
};
use newsroom::people::{Actor, Role};
use newsroom::story::{Draft, Published, StoryText};
use newsroom::{HappeningId, SectionId, StaffId, StoryId};
use store::channels::{Fate, NewChannel, NewChannelDelivery};
use store::push::{NewPush, Wakes};
use store::{Place, Store};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use web::{App, Paper};

/// Answers one request; the address, and what was sent as bytes.
async fn says(status: &str, body: &str) -> (String, JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let answer = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let asked = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (mut asked, mut piece) = (Vec::new(), [0_u8; 4096]);
        loop {
            let read = stream.read(&mut piece).await.unwrap_or(0);
            asked.extend_from_slice(&piece[..read]);
            let end = asked.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4);
            let head = String::from_utf8_lossy(&asked[..end.unwrap_or(0)]).to_ascii_lowercase();
            let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.parse().ok());
            if read == 0 || end.is_some_and(|end| asked.len() - end >= length.unwrap_or(0)) {
                break;
            }
        }
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = stream.shutdown().await;
        asked
    });
    (address, asked)
}

struct Trial {
    app: App,
    by: StaffId,
    folder: std::path::PathBuf,
}

impl Drop for Trial {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn open(name: &str, machines: MachineSettings) -> Trial {
    let mut some = [0_u8; 8];
    getrandom::fill(&mut some).expect("randomness");
    let folder = std::env::temp_dir().join(format!("midad-followers-{name}-{}", u64::from_le_bytes(some)));
    let store = Store::open(&Place::Folder(folder.clone())).await.expect("an open store");
    let now = jiff::Timestamp::now();
    let by = store.add_staff("قلم", Role::Owner, now).await.expect("added").id;
    store.keep_follower_settings((FollowersPart::Machines, None), &machines, by, now).await.expect("kept");
    store.keep_follower_settings((FollowersPart::Push, None), &PushSettings { on: true }, by, now).await.expect("kept");
    let paper = Paper { name: "المرفأ".into(), ..Paper::default() };
    Trial { app: App::new(store, paper, None, None).await.expect("a wired app"), by, folder }
}

fn senders(allowed: &[&str], telegram: &str) -> Senders {
    let road = Road::new(allowed.iter().map(|host| (*host).to_owned()).collect(), "").expect("a road");
    Senders { road, telegram: telegram.to_owned() }
}

impl Trial {
    async fn publishes(&self, headline: &str) -> Published {
        let (store, now) = (&self.app.store, self.app.now());
        let section =
            newsroom::section::Section {
                id: SectionId(1), slug: "city".into(), name: "المدينة".into(), position: 1
            };
        store.keep_section(&section).await.expect("a section");
        let text = StoryText {
            headline: headline.into(),
            body: newsroom::body::read_text_form("نص.").0,
            section: Some(SectionId(1)),
            ..StoryText::default()
        };
        let draft = Draft { id: StoryId(store.id(now)), text, comments: Default::default(), begun_at: now };
        store.keep_draft(&draft, Actor::Program, now).await.expect("kept");
        let published = draft.publish(now).expect("whole");
        store.publish(&published, Actor::Program, "", now).await.expect("published").0
    }

    /// A channel that is to be told of a story.
    async fn channel(&self, kind: ChannelKind, (address, secret): (&str, &str), story: StoryId) -> newsroom::ChannelId {
        let (store, now) = (&self.app.store, self.app.now());
        let events = Event::ALL.into_iter().collect();
        let new = NewChannel {
            kind,
            name: "قناة".into(),
            address: address.into(),
            secret: secret.into(),
            wish: ChannelWish { events, sections: Vec::new() },
        };
        let (channel, _) = store.add_channel(new, self.by, now).await.expect("added").expect("there is room");
        let about = About { story: Some(story), ..About::default() };
        let new = NewChannelDelivery { channel, happening: HappeningId(1), event: Event::Published, about };
        assert!(store.put_channel_delivery(new, now).await.expect("put"));
        channel
    }

    async fn fate(&self, channel: newsroom::ChannelId) -> (Fate, String) {
        let lately = self.app.store.channel_deliveries(channel, None, 1).await.expect("deliveries").remove(0);
        (lately.fate, lately.why)
    }
}

fn text(asked: &[u8]) -> String {
    String::from_utf8_lossy(asked).into_owned()
}

#[tokio::test]
async fn a_bot_writes_to_its_channel_and_the_message_is_known_again() {
    let trial = open("bot", MachineSettings::default()).await;
    let story = trial.publishes("خبر اليوم").await;
    let (address, asked) = says("200 OK", r#"{"ok":true,"result":{"message_id":77}}"#).await;
    let token = "123456:abcdefghijklmnopqrstuvwxyz";
    let channel = trial.channel(ChannelKind::Telegram, ("@harbour", token), story.id).await;
    send_due(&trial.app, &senders(&[], &address)).await.expect("sent");
    let asked = text(&asked.await.unwrap());
    assert!(asked.starts_with(&format!("POST /bot{token}/sendMessage HTTP/1.1\r\n")), "{asked}");
    assert!(asked.contains("خبر اليوم") && asked.contains("\"@harbour\""));
    let post = trial.app.store.channel_post(channel, story.id).await.expect("read");
    assert_eq!(post.map(|(message, _)| message), Some(77));
    assert!(matches!(trial.fate(channel).await.0, Fate::Sent(_)));
}

#[tokio::test]
async fn a_program_elsewhere_is_told_and_one_inside_the_house_only_where_the_administrator_says_so() {
    let trial = open("hook", MachineSettings::default()).await;
    let story = trial.publishes("خبر اليوم").await;
    let (address, asked) = says("204 No Content", "").await;
    let channel = trial.channel(ChannelKind::Hook, (&address, "whsec_AAAA"), story.id).await;
    send_due(&trial.app, &senders(&[], "")).await.expect("tried");
    assert!(!asked.is_finished(), "nobody inside was called");
    assert_eq!(trial.fate(channel).await, (Fate::Waiting, "inside".to_owned()));
    let later = trial.app.now() + SignedDuration::from_mins(2);
    let jobs = trial.app.store.claim_jobs(store::channels::CHANNEL, later, later, 9).await.expect("jobs");
    assert_eq!((jobs.len(), jobs[0].attempts), (1, 1), "it is tried again");
    let id = trial.app.store.channel_deliveries(channel, None, 1).await.expect("deliveries")[0].id;
    trial.app.store.fail_channel_delivery((jobs[0].id, id), "inside", None, later).await.expect("given up");
    assert!(trial.app.store.deliver_again(channel, id, trial.app.now()).await.expect("asked"), "by hand");
    send_due(&trial.app, &senders(&["127.0.0.1"], "")).await.expect("sent");
    let asked = text(&asked.await.unwrap());
    assert!(asked.contains("webhook-signature: v1,") && asked.contains("\"story.published\""), "{asked}");
    assert!(matches!(trial.fate(channel).await.0, Fate::Sent(_)));
}

#[tokio::test]
async fn a_hub_is_told_of_many_changes_at_once() {
    let (hub, asked) = says("202 Accepted", "").await;
    let trial = open("hub", MachineSettings { hub, ..MachineSettings::default() }).await;
    let now = trial.app.now();
    for n in 1..=3 {
        let story = trial.publishes(&format!("خبر رقم {n}")).await;
        let payload = format!(r#"{{"story":{}}}"#, story.id.0);
        trial.app.store.put_job("hub", &payload, &format!("hub:{n}"), now).await.expect("put");
    }
    send_due(&trial.app, &senders(&["127.0.0.1"], "")).await.expect("sent");
    let asked = text(&asked.await.unwrap());
    assert!(
        asked.contains("application/x-www-form-urlencoded") && asked.contains("hub.mode=publish&hub.url="),
        "{asked}"
    );
    let later = now + SignedDuration::from_hours(9);
    assert!(trial.app.store.claim_jobs("hub", later, later, 9).await.expect("jobs").is_empty(), "in one message");
}

/// Keys of a browser; what it can open is tested where messages are sealed.
fn browser() -> (String, String) {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use ring::agreement::{ECDH_P256, EphemeralPrivateKey};
    let key = EphemeralPrivateKey::generate(&ECDH_P256, &ring::rand::SystemRandom::new()).expect("a key");
    let public = URL_SAFE_NO_PAD.encode(key.compute_public_key().expect("its public half"));
    (public, URL_SAFE_NO_PAD.encode([7_u8; 16]))
}

#[tokio::test]
async fn a_push_service_gets_a_sealed_message_and_a_browser_that_is_gone_is_forgotten() {
    for (status, stays) in [("201 Created", 1), ("410 Gone", 0), ("404 Not Found", 0), ("503 Busy", 1)] {
        let trial = open("push", MachineSettings::default()).await;
        let story = trial.publishes("خبر اليوم").await;
        let (address, asked) = says(status, "").await;
        let ((public_key, secret), store, now) = (browser(), &trial.app.store, trial.app.now());
        let (endpoint, wish) = (format!("{address}/send/abc"), PushWish { sections: vec![SectionId(1)] });
        let new = NewPush { endpoint, mark: "m".into(), public_key, secret, wish };
        assert!(store.keep_push(new, now).await.expect("kept"));
        let wakes = Wakes::Story(story.id, Some(SectionId(1)));
        assert!(store.put_push_message(HappeningId(1), wakes, now).await.expect("put"));
        while store.fill_push(500, now).await.expect("filled") > 0 {}
        send_due(&trial.app, &senders(&["127.0.0.1"], "")).await.expect("sent");
        let asked = asked.await.unwrap();
        let head = text(&asked);
        assert!(
            head.starts_with("POST /send/abc HTTP/1.1\r\n") && head.contains("content-encoding: aes128gcm"),
            "{head}"
        );
        assert!(head.contains("authorization: vapid t=") && head.contains("ttl: ") && head.contains("urgency: normal"));
        assert!(!head.contains("خبر اليوم"), "nobody between reads it");
        assert_eq!(store.count_push().await.expect("counted"), stays, "{status}");
        let later = now + SignedDuration::from_mins(5);
        let again = store.claim_jobs(store::push::PUSH, later, later, 9).await.expect("jobs").len();
        assert_eq!(again, usize::from(status.starts_with("503")), "{status}");
    }
}
