//! Browsers that are woken: what they are sent is sealed for them alone, and says what is public.

use super::keys::PaperKey;
use super::parcel::{push_parcel, settle_push};
use super::seal::{Browser as Sealed, derived, sealed, with};
use super::{fill, put};
use crate::desk_notices::Undelivered;
use crate::layout::assets;
use crate::paper::Paper;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::SignedDuration;
use newsroom::followers::{About, Event, FollowersPart, PushSettings};
use newsroom::people::{Actor, Role};
use newsroom::{HappeningId, SectionId};
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey as VerifyingKey};
use serde_json::{Value, json};
use sha2::Sha256;
use store::outbox::OutboxJob;
use store::push::PUSH;

fn bytes(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).expect("base 64")
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key");
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().to_vec()
}

/// RFC 8291, Appendix A.
#[test]
fn a_message_is_sealed_as_the_standard_has_it() {
    let own = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    let own: [u8; 65] = bytes(own).try_into().expect("a key");
    let salt: [u8; 16] = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().expect("a salt");
    let to = Sealed::read(
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
    );
    let (to, shared) = (to.expect("a browser"), bytes("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs"));
    let (key, nonce) = derived(&shared, &to, &own, &salt).expect("keys");
    assert_eq!(URL_SAFE_NO_PAD.encode(key), "oIhVW04MRdy2XN9CiKLxTg");
    assert_eq!(URL_SAFE_NO_PAD.encode(nonce), "4h_95klXJ5E_qnoN");
    let body = with(&shared, &to, &own, &salt, b"When I grow up, I want to be a watermelon").expect("a message");
    let expected = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_\
                    yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
    assert_eq!(URL_SAFE_NO_PAD.encode(body), expected);
}

/// A browser of the test's own.
struct Telephone {
    private: EphemeralPrivateKey,
    public: Vec<u8>,
    secret: [u8; 16],
}

impl Telephone {
    fn new() -> Self {
        let private = EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new()).expect("a key");
        let public = private.compute_public_key().expect("its public half").as_ref().to_vec();
        let mut secret = [0; 16];
        getrandom::fill(&mut secret).expect("randomness");
        Self { private, public, secret }
    }

    fn said(&self, endpoint: &str, sections: &[String]) -> Value {
        let keys =
            json!({ "p256dh": URL_SAFE_NO_PAD.encode(&self.public), "auth": URL_SAFE_NO_PAD.encode(self.secret) });
        json!({ "endpoint": endpoint, "expirationTime": null, "keys": keys, "sections": sections })
    }

    /// Opens a message by the steps of RFC 8291, 3.4, with HMAC alone.
    fn opens(self, body: &[u8]) -> Vec<u8> {
        let (salt, rest) = body.split_at(16);
        let (size, rest) = rest.split_at(4);
        assert_eq!(u32::from_be_bytes(size.try_into().expect("four bytes")), 4_096);
        let (theirs, text) = rest[1..].split_at(usize::from(rest[0]));
        let ikm = agree_ephemeral(self.private, &UnparsedPublicKey::new(&ECDH_P256, theirs), |shared| {
            let prk = mac(&self.secret, &[shared]);
            mac(&prk, &[b"WebPush: info\0", &self.public, theirs, &[1]])
        });
        let prk = mac(salt, &[&ikm.expect("a shared secret")]);
        let key = &mac(&prk, &[b"Content-Encoding: aes128gcm\0\x01"])[..16];
        let nonce: [u8; 12] = mac(&prk, &[b"Content-Encoding: nonce\0\x01"])[..12].try_into().expect("a nonce");
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, key).expect("a key"));
        let mut text = text.to_vec();
        let open =
            key.open_in_place(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut text).expect("sealed for it");
        assert_eq!(open.last(), Some(&2), "the last record");
        open[..open.len() - 1].to_vec()
    }
}

#[test]
fn a_browser_opens_what_was_sealed_for_it_and_nobody_seals_for_what_is_no_browser() {
    let telephone = Telephone::new();
    let public = URL_SAFE_NO_PAD.encode(&telephone.public);
    let secret = URL_SAFE_NO_PAD.encode(telephone.secret);
    let to = Sealed::read(&format!("{public}="), &secret).expect("a browser, also with the sign of padding");
    let (one, two) = (sealed(&to, "خبر".as_bytes()).expect("sealed"), sealed(&to, "خبر".as_bytes()).expect("sealed"));
    assert_ne!(one, two, "each by a key and a salt of its own");
    assert_eq!(telephone.opens(&one), "خبر".as_bytes());
    assert!(sealed(&to, &[b'x'; 3_901]).is_none(), "longer than push services take");
    for (public, secret) in
        [("", secret.as_str()), (&public[1..], secret.as_str()), (public.as_str(), ""), ("AAAA", "AAAA")]
    {
        assert!(Sealed::read(public, secret).is_none());
    }
    let nowhere = Sealed::read(&URL_SAFE_NO_PAD.encode([4; 65]), &secret).expect("it looks like one");
    assert!(sealed(&nowhere, b"x").is_none(), "no point of the curve");
}

async fn open() -> OpenPaper {
    let settings = Paper { posts_per_minute: 1_000, ..Paper::default() };
    let paper = OpenPaper::open_as(settings).await;
    let (store, now) = (&paper.app.store, paper.app.now());
    let by = store.add_staff("قلم", Role::Owner, now).await.expect("added").id;
    store.keep_follower_settings((FollowersPart::Push, None), &PushSettings { on: true }, by, now).await.expect("kept");
    paper.app.followers.take_up(store).await.expect("read");
    paper
}

async fn says(paper: &OpenPaper, path: &str, said: &Value) -> StatusCode {
    let request =
        Request::post(path).header("sec-fetch-site", "same-origin").header("content-type", "application/json");
    paper.send(request.body(Body::from(said.to_string())).expect("a request")).await.status
}

/// The jobs that are due by now.
async fn due(paper: &OpenPaper) -> Vec<OutboxJob> {
    let now = paper.app.now();
    paper.app.store.claim_jobs(PUSH, now, now, 9).await.expect("jobs")
}

#[tokio::test]
async fn a_reader_is_woken_for_breaking_news_and_for_new_stories_of_their_sections() {
    let paper = open().await;
    let (store, now) = (&paper.app.store, paper.app.now());
    let script = assets::address("push.js");
    paper.get("/newsletter").await.assert_order(&["data-push=\"ask\" hidden", "نبّهني", script]);
    let key: Value = serde_json::from_str(&paper.get("/push/key").await.text).expect("JSON");
    let (city, culture) = (Telephone::new(), Telephone::new());
    let of = |section: i64| vec![SectionId(section).short(), "nonsense".to_owned()];
    let said = city.said("https://push.example/city", &of(1));
    assert_eq!(says(&paper, "/push", &said).await, StatusCode::NO_CONTENT);
    assert_eq!(says(&paper, "/push", &said).await, StatusCode::NO_CONTENT, "the same browser again");
    assert_eq!(
        says(&paper, "/push", &culture.said("https://push.example/culture", &of(2))).await,
        StatusCode::NO_CONTENT
    );
    assert_eq!(store.count_push().await.expect("counted"), 2);
    let mut draft = paper.draft("خبر طويل العنوان عن المرفأ");
    draft.text.push_headline = "افتتاح المرفأ".into();
    let story = paper.publishes_draft(draft, now).await;
    let about = About { story: Some(story.id), ..About::default() };
    for _ in 0..2 {
        put(&paper.app, HappeningId(1), (Event::Published, about)).await.expect("put");
    }
    fill(&paper.app).await.expect("filled");
    let jobs = due(&paper).await;
    assert_eq!(jobs.len(), 1, "once, and only for whoever wants the section");
    let paper_key = PaperKey::of(store).await.expect("a key");
    let parcel = push_parcel(&paper.app, &paper_key, &jobs[0]).await.expect("made").expect("something to tell");
    assert_eq!(parcel.url, "https://push.example/city");
    let header = |name: &str| parcel.headers.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str());
    assert_eq!((header("content-encoding"), header("urgency")), (Some("aes128gcm"), Some("normal")));
    assert!(header("topic").is_some_and(|topic| topic.len() <= 32) && header("ttl").is_some_and(|ttl| ttl != "0"));
    signed_by_the_paper(header("authorization").expect("signed"), key["key"].as_str().expect("a key"));
    let told: Value = serde_json::from_slice(&city.opens(&parcel.body)).expect("JSON");
    assert_eq!((told["title"].as_str(), told["dir"].as_str()), (Some("افتتاح المرفأ"), Some("rtl")));
    assert!(told["url"].as_str().is_some_and(|url| url.ends_with(&format!("/s/{}", story.id))));
    store.withdraw(&story.withdraw("", now), Actor::Program, "").await.expect("withdrawn");
    assert!(push_parcel(&paper.app, &paper_key, &jobs[0]).await.expect("asked").is_none(), "it is not public any more");
    settle_push(&paper.app, &jobs[0], Err(Undelivered::Status(410))).await.expect("settled");
    assert_eq!(store.count_push().await.expect("counted"), 1, "a browser that is gone is forgotten");
}

/// The token of RFC 8292: signed with the key that browsers were given, for this push service, and not for ever.
fn signed_by_the_paper(authorization: &str, key: &str) {
    let (token, said) =
        authorization.strip_prefix("vapid t=").and_then(|rest| rest.split_once(", k=")).expect("a token");
    assert_eq!(said, key);
    let (signed, signature) = token.rsplit_once('.').expect("a signature");
    let verifying = VerifyingKey::new(&ECDSA_P256_SHA256_FIXED, bytes(key));
    verifying.verify(signed.as_bytes(), &bytes(signature)).expect("the paper's own");
    let (head, claims) = signed.split_once('.').expect("a head");
    let json = |part: &str| serde_json::from_slice::<Value>(&bytes(part)).expect("JSON");
    assert_eq!(
        (json(head)["alg"].as_str(), json(claims)["aud"].as_str()),
        (Some("ES256"), Some("https://push.example"))
    );
    let left = json(claims)["exp"].as_i64().expect("an end") - jiff::Timestamp::now().as_second();
    assert!((1..=86_400).contains(&left), "{left}");
}

#[tokio::test]
async fn breaking_news_wakes_everybody_while_it_stands_and_old_stories_nobody() {
    let paper = open().await;
    let (store, now) = (&paper.app.store, paper.app.now());
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let telephone = Telephone::new();
    says(&paper, "/push", &telephone.said("https://push.example/a", &[])).await;
    let old = paper.publishes_draft(paper.draft("خبر قديم"), now - SignedDuration::from_hours(2)).await;
    let about = About { story: Some(old.id), ..About::default() };
    put(&paper.app, HappeningId(1), (Event::Published, about)).await.expect("put");
    assert!(store.push_messages(9).await.expect("read").is_empty());
    let form = [("act", "raise"), ("seen", ""), ("text", "توقف الترام"), ("stands", "hour")];
    assert_eq!(layla.post("/desk/breaking", &form).await.status, StatusCode::SEE_OTHER);
    let script = format!("data-script=\"{}\"", assets::address("push.js"));
    paper.get("/").await.assert_order(&["توقف الترام", "href=\"/newsletter#push\"", &script, "نبّهني"]);
    let strip = store.standing_strip(paper.app.now()).await.expect("read").expect("it stands").id;
    let about = About { strip: Some(strip), ..About::default() };
    put(&paper.app, HappeningId(2), (Event::BreakingRaised, about)).await.expect("put");
    fill(&paper.app).await.expect("filled");
    let (job, key) = (due(&paper).await.remove(0), PaperKey::of(store).await.expect("a key"));
    let parcel = push_parcel(&paper.app, &key, &job).await.expect("made").expect("something to tell");
    assert!(
        parcel.headers.contains(&("urgency", "high".to_owned()))
            && parcel.headers.contains(&("topic", "breaking".to_owned()))
    );
    let told: Value = serde_json::from_slice(&telephone.opens(&parcel.body)).expect("JSON");
    assert_eq!(told["title"].as_str(), Some("توقف الترام"));
    layla.post(&format!("/desk/breaking/{strip}/end"), &[]).await;
    assert!(push_parcel(&paper.app, &key, &job).await.expect("asked").is_none(), "it stands no longer");
}

#[tokio::test]
async fn what_is_no_browser_is_not_kept_and_a_browser_goes_when_its_reader_says_so() {
    let paper = open().await;
    let telephone = Telephone::new();
    let good = telephone.said("https://push.example/a", &[SectionId(1).short()]);
    for endpoint in ["http://push.example/a", "https://127.0.0.1/a", "https://10.0.0.7/", "ftp://push.example", ""] {
        assert_eq!(says(&paper, "/push", &telephone.said(endpoint, &[])).await, StatusCode::BAD_REQUEST, "{endpoint}");
    }
    let mut keyless = good.clone();
    keyless["keys"] = json!({});
    for bad in [keyless, json!([]), json!("x")] {
        assert_eq!(says(&paper, "/push", &bad).await, StatusCode::BAD_REQUEST);
    }
    assert_eq!(says(&paper, "/push", &good).await, StatusCode::NO_CONTENT);
    let mut renewed = telephone.said("https://push.example/b", &[]);
    renewed["was"] = json!("https://push.example/a");
    assert_eq!(says(&paper, "/push", &renewed).await, StatusCode::NO_CONTENT);
    let store = &paper.app.store;
    assert_eq!(store.count_push().await.expect("counted"), 1, "in place of the address before");
    let kept = store.push_wish(&super::parcel::mark_of("https://push.example/b")).await.expect("read");
    assert_eq!(kept.expect("kept").sections, [SectionId(1)], "and its wishes go on");
    for _ in 0..2 {
        assert_eq!(says(&paper, "/push/removal", &renewed).await, StatusCode::NO_CONTENT);
    }
    assert_eq!(store.count_push().await.expect("counted"), 0);
    let worker = paper.get("/push/worker.js").await;
    assert_eq!(worker.header("service-worker-allowed"), "/push/");
    let off = OpenPaper::open().await;
    assert_eq!(says(&off, "/push", &good).await, StatusCode::NOT_FOUND);
    assert!(!off.get("/newsletter").await.text.contains("data-push"));
}
