//! Channels of others, from the desk to the message.

use super::parcel::{ChannelAnswer, ChannelParcel, channel_parcel, settle_channel};
use crate::desk_notices::{Undelivered, signature};
use crate::followers::{FollowersFollower, follow};
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use newsroom::SectionId;
use newsroom::followers::Event;
use newsroom::people::{Actor, Role};
use serde_json::Value;
use store::channels::{CHANNEL, Fate, KeptChannel};
use store::outbox::OutboxJob;

const TOKEN: &str = "123456:abcdefghijklmnopqrstuvwxyz";

async fn adds<'p>(paper: &'p OpenPaper, form: &[(&str, &str)]) -> (Browser<'p>, Got) {
    let layla = Browser::of_staff(paper, "ليلى", Role::Editor).await;
    let mut follower = FollowersFollower::default();
    follow(&paper.app, &mut follower).await.expect("the first time");
    let got = layla.post("/desk/channels", form).await;
    (layla, got)
}

/// What happened since becomes jobs; those that are due.
async fn jobs(paper: &OpenPaper) -> Vec<OutboxJob> {
    let mut follower = FollowersFollower::default();
    follow(&paper.app, &mut follower).await.expect("followed");
    let now = paper.app.now() + SignedDuration::from_secs(1);
    paper.app.store.claim_jobs(CHANNEL, now, now, 50).await.expect("jobs")
}

async fn only(paper: &OpenPaper) -> KeptChannel {
    paper.app.store.channels().await.expect("channels").remove(0)
}

async fn bot(paper: &OpenPaper, job: &OutboxJob) -> (&'static str, Value) {
    match channel_parcel(&paper.app, job).await.expect("made") {
        Some(ChannelParcel::Bot { token, method, body }) => {
            assert_eq!(token, TOKEN);
            (method, serde_json::from_str(&body).expect("JSON"))
        }
        _ => panic!("nothing for the bot"),
    }
}

#[tokio::test]
async fn a_telegram_channel_gets_the_headline_and_what_becomes_of_the_story_follows_it_there() {
    let paper = OpenPaper::open().await;
    let city = SectionId(1).short();
    let form = [
        ("kind", "telegram"),
        ("name", "قناة المرفأ"),
        ("address", "@harbour_news"),
        ("token", TOKEN),
        ("event", "story.published"),
        ("event", "story.corrected"),
        ("event", "story.withdrawn"),
        ("event", "comment.released"),
        ("section", city.as_str()),
    ];
    let (layla, added) = adds(&paper, &form).await;
    added.assert_order(&["أُضيفت القناة", "قناة المرفأ", "@harbour_news"]);
    assert!(!added.text.contains("abcdefgh"), "the token is shown by nothing");
    let kept = only(&paper).await;
    assert!(!kept.channel.wish.events.contains(&Event::CommentReleased), "followers of a channel read news");
    assert!(!format!("{kept:?}").contains("abcdefgh"));
    let mut elsewhere = paper.draft("خبر الثقافة");
    elsewhere.text.section = Some(SectionId(2));
    paper.publishes_draft(elsewhere, paper.app.now()).await;
    let mut draft = paper.draft("Tram <b>الميناء</b> يصل إلى المرفأ");
    draft.text.standfirst = "سطر المقدمة".into();
    let story = paper.publishes_draft(draft, paper.app.now()).await;
    let due = jobs(&paper).await;
    assert_eq!(due.len(), 1, "only of its section");
    let (method, given) = bot(&paper, &due[0]).await;
    assert_eq!((method, given["chat_id"].as_str()), ("sendMessage", Some("@harbour_news")));
    let text = given["text"].as_str().expect("a text");
    let short = crate::layout::address::short(&paper.app.paper, story.id);
    assert_eq!(text, format!("\u{200f}{}\n\u{200f}سطر المقدمة\n\n{short}", story.text.headline));
    assert!(given["parse_mode"].is_null(), "no sign of a headline means anything");
    let bold = given["entities"][0]["length"].as_u64().expect("a length");
    assert_eq!(bold as usize, story.text.headline.encode_utf16().count() + 1);
    let yes = ChannelAnswer::Yes(br#"{"ok":true,"result":{"message_id":77}}"#.to_vec());
    settle_channel(&paper.app, &due[0], yes).await.expect("settled");
    let form = [("how", "correction"), ("correction", "كان الاسم خطأ.")];
    layla.post(&format!("/desk/stories/{}/changes", story.id), &form).await;
    let due = jobs(&paper).await;
    let (method, given) = bot(&paper, &due[0]).await;
    assert_eq!((method, given["message_id"].as_i64()), ("editMessageText", Some(77)));
    settle_channel(&paper.app, &due[0], ChannelAnswer::No(Undelivered::Status(400))).await.expect("settled");
    let (now, story_id) = (paper.app.now(), story.id);
    paper.app.store.withdraw(&story.withdraw("", now), Actor::Program, "").await.expect("withdrawn");
    let due = jobs(&paper).await;
    let (method, given) = bot(&paper, &due[0]).await;
    assert_eq!((method, given["message_id"].as_i64()), ("deleteMessage", Some(77)));
    settle_channel(&paper.app, &due[0], ChannelAnswer::Yes(b"{\"ok\":true,\"result\":true}".to_vec()))
        .await
        .expect("settled");
    let id = only(&paper).await.channel.id;
    assert_eq!(paper.app.store.channel_post(id, story_id).await.expect("read"), None, "it is there no more");
    layla.get(&format!("/desk/channels/{id}")).await.assert_order(&[
        "سُحبت مادة",
        "وصلت",
        "صُوّبت مادة",
        "لم يبق ما يُقال",
        "نُشرت مادة",
        "وصلت",
    ]);
}

async fn hook(paper: &OpenPaper, job: &OutboxJob) -> (Vec<(&'static str, String)>, String) {
    match channel_parcel(&paper.app, job).await.expect("made") {
        Some(ChannelParcel::Hook { url, headers, body }) => {
            assert_eq!(url, "https://hooks.example/in?key=1");
            (headers, body)
        }
        _ => panic!("nothing for the program"),
    }
}

#[tokio::test]
async fn a_program_is_told_by_a_signed_message_and_of_comments_only_a_number_and_a_count() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("خبر اليوم").await;
    let form = [
        ("kind", "hook"),
        ("name", "برنامج"),
        ("address", "https://hooks.example/in?key=1"),
        ("event", "comment.released"),
        ("event", "story.published"),
    ];
    let (_, added) = adds(&paper, &form).await;
    let secret = added.text.split("whsec_").nth(1).and_then(|rest| rest.split('<').next()).expect("shown once");
    let secret = format!("whsec_{secret}");
    assert!(!added.text.contains("key=1"), "the rest of an address may be a secret");
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let comment = huda.comments(&story, "هدى الخاصة", "كلمة لا تخرج").await;
    assert!(jobs(&paper).await.is_empty(), "it waits");
    salma.rules(&story, comment, "release", "").await;
    let due = jobs(&paper).await;
    let (headers, body) = hook(&paper, &due[0]).await;
    let told: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!((told["type"].as_str(), told["comments"].as_i64()), (Some("comment.released"), Some(1)));
    assert_eq!(told["comment"]["id"].as_str(), Some(comment.short().as_str()));
    assert!(!body.contains("كلمة لا تخرج") && !body.contains("هدى"), "{body}");
    let header =
        |name: &str| headers.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()).expect("a header");
    let at = Timestamp::from_second(header("webhook-timestamp").parse().expect("seconds")).expect("a time");
    assert_eq!(header("webhook-signature"), signature(&secret, &header("webhook-id"), at, &body));
    paper.publishes("خبر ثان").await;
    let due = jobs(&paper).await;
    let (_, body) = hook(&paper, due.last().expect("a job")).await;
    let told: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!((told["type"].as_str(), told["story"]["headline"].as_str()), (Some("story.published"), Some("خبر ثان")));
}

#[tokio::test]
async fn what_does_not_arrive_is_tried_again_given_up_sent_again_by_hand_and_at_last_switched_off() {
    let paper = OpenPaper::open().await;
    let form = [
        ("kind", "hook"),
        ("name", "برنامج"),
        ("address", "https://hooks.example/in?key=1"),
        ("event", "story.published"),
    ];
    let (layla, _) = adds(&paper, &form).await;
    paper.publishes("خبر اليوم").await;
    let (job, id) = (jobs(&paper).await.remove(0), only(&paper).await.channel.id);
    settle_channel(&paper.app, &job, ChannelAnswer::No(Undelivered::Status(500))).await.expect("settled");
    let page = format!("/desk/channels/{id}");
    layla.get(&page).await.assert_order(&["رفضها الطرف الآخر", "تُعاد المحاولة"]);
    let last = OutboxJob { attempts: 50, ..job };
    settle_channel(&paper.app, &last, ChannelAnswer::No(Undelivered::Unreached)).await.expect("settled");
    let store = &paper.app.store;
    let lately = store.channel_deliveries(id, None, 9).await.expect("deliveries");
    assert!(matches!(lately[0].fate, Fate::GivenUp(_)) && lately[0].tries == 2);
    let again = format!("{page}/deliveries/{}/again", lately[0].id);
    assert!(layla.post(&again, &[]).await.header("location").ends_with("done=again"));
    assert!(layla.post(&again, &[]).await.header("location").ends_with("done=waits"), "pressed twice");
    let due = jobs(&paper).await;
    assert_eq!(due.len(), 1);
    // Days later nothing has arrived yet.
    let (late, gone) = (paper.app.now() + SignedDuration::from_hours(80), (due[0].id, lately[0].id));
    assert!(store.fail_channel_delivery(gone, "unreached", Some(late), late).await.expect("noted"), "switched off");
    layla.get("/desk/channels").await.assert_order(&["برنامج", "أوقفها النظام"]);
    assert!(channel_parcel(&paper.app, &due[0]).await.expect("asked").is_none(), "nothing is sent there");
    assert!(layla.post(&format!("{page}/resumption"), &[]).await.header("location").ends_with("done=resumed"));
    assert_eq!(only(&paper).await.stopped_at, None);
    assert_eq!(layla.post(&format!("{page}/removal"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(layla.get(&page).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_wrong_with_a_channel_is_said_and_comes_back_as_typed_but_for_its_token() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    for (kind, address, token, event, why) in [
        ("telegram", "harbour", TOKEN, "story.published", "بعد @"),
        ("telegram", "@harbour", "123", "story.published", "ليس هذا رمز بوت"),
        ("hook", "http://hooks.example/", "", "story.published", "https://"),
        ("hook", "https://127.0.0.1/", "", "story.published", "داخل شبكة"),
        ("hook", "https://hooks.example/", "", "nothing", "شيئًا واحدًا"),
    ] {
        let form = [("kind", kind), ("name", "قناة"), ("address", address), ("token", token), ("event", event)];
        let got = layla.post("/desk/channels", &form).await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
        assert!(got.text.contains(why) && got.text.contains(&format!("value=\"{address}\"")), "{why}: {}", got.text);
        assert!(!got.text.contains("abcdefgh"));
    }
    assert!(paper.app.store.channels().await.expect("channels").is_empty());
    let seen = [("seen", ""), ("hub", "https://hub.example/"), ("indexnow", "https://search.example/")];
    assert_eq!(layla.post("/desk/channels/machines", &seen).await.header("location"), "/desk/channels?done=machines");
    let key = paper.app.followers.now().machines.key.clone();
    assert!(key.starts_with("indexnow-"));
    assert_eq!(layla.post("/desk/channels/machines", &seen).await.status, StatusCode::CONFLICT);
    let wrong = [("seen", ""), ("hub", "https://10.0.0.1/"), ("indexnow", "")];
    let got = layla.post("/desk/channels/machines", &wrong).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.assert_order(&["value=\"https://10.0.0.1/\"", "داخل شبكة"]);
    assert_eq!(layla.post("/desk/channels/push", &[("seen", ""), ("on", "yes")]).await.status, StatusCode::SEE_OTHER);
    assert!(paper.app.followers.now().push.on);
}
