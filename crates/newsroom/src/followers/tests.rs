//! Who hears what, and when.

use super::{
    BotToken, ChannelKind, ChannelName, ChannelProblem, ChannelWish, Digest, Endpoint, Event, FarAddress, IndexNowKey,
    MachineSettings, NewsletterField, NewsletterSettings, PushWish, Rhythm, TypedNewsletter, Wish, due_editions,
    host_and_above, host_typed, is_about_the_address, is_handle, next_delivery,
};
use crate::comment::RefusalReason;
use crate::happening::What;
use crate::ids::{CommentId, SectionId, StoryId, StripId};
use crate::notices::HookProblem;
use jiff::{SignedDuration, Timestamp};

fn at(text: &str) -> jiff::Zoned {
    text.parse().expect("a time")
}

#[test]
fn a_newsletter_is_due_at_its_hour_on_its_day_and_some_hours_after() {
    let settings = NewsletterSettings { on: true, hour: 7, weekday: 5, ..NewsletterSettings::default() };
    let due = |text: &str| due_editions(&settings, &at(text)).into_iter().map(|(one, _)| one.key()).collect::<Vec<_>>();
    assert_eq!(due("2026-03-04T06:59:59[Asia/Beirut]"), [""; 0]);
    assert_eq!(due("2026-03-04T07:00:00[Asia/Beirut]"), ["daily"]);
    assert_eq!(due("2026-03-06T07:00:00[Asia/Beirut]"), ["daily", "weekly"], "a Friday");
    assert_eq!(due("2026-03-06T13:00:00[Asia/Beirut]"), ["daily", "weekly"]);
    assert_eq!(due("2026-03-06T13:00:01[Asia/Beirut]"), [""; 0], "too late: tomorrow again");
    let off = NewsletterSettings { on: false, ..settings };
    assert!(due_editions(&off, &at("2026-03-06T07:00:00[Asia/Beirut]")).is_empty());
}

#[test]
fn an_hour_that_the_clock_jumps_over_is_not_lost() {
    let settings = NewsletterSettings { on: true, hour: 0, ..NewsletterSettings::default() };
    // In Beirut the clock went from 23:59 to 01:00 that night.
    let due = due_editions(&settings, &at("2026-03-29T01:00:00[Asia/Beirut]"));
    assert_eq!(due.first().map(|(rhythm, day)| (*rhythm, day.to_string())), Some((Rhythm::Daily, "2026-03-29".into())));
}

#[test]
fn what_is_typed_for_the_newsletter_is_read_in_whatever_digits_and_everything_wrong_is_said() {
    let typed = TypedNewsletter {
        on: true,
        hour: "٦".into(),
        weekday: "7".into(),
        greeting: "  صباح   الخير ".into(),
        stories: "١٠".into(),
        per_minute: "60".into(),
    };
    let read = typed.read().expect("settings");
    assert_eq!((read.hour, read.weekday, read.stories, read.per_minute), (6, 7, 10, 60));
    assert_eq!(read.greeting, "صباح الخير");
    assert_eq!(TypedNewsletter::kept(&read).read(), Ok(read));
    let wrong = TypedNewsletter {
        hour: "24".into(),
        weekday: "0".into(),
        stories: "41".into(),
        greeting: "ط".repeat(301),
        ..typed
    };
    use NewsletterField::{Greeting, Hour, Stories, Weekday};
    assert_eq!(wrong.read(), Err(vec![Hour, Weekday, Greeting, Stories]));
}

#[test]
fn a_letter_is_led_by_the_front_pages_story_and_goes_by_the_order_of_the_sections() {
    let time = |n: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_secs(n);
    let story = |n: i64, section: i64| (StoryId(n), time(n), Some(SectionId(section)));
    let stories = [story(1, 1), story(2, 2), story(3, 1), (StoryId(4), time(4), None), story(5, 2)];
    let order = [SectionId(2), SectionId(1)];
    let all = Wish::default();
    let digest = Digest::of(&stories, &order, (Some(StoryId(3)), &all, 10)).expect("something to tell");
    assert_eq!(digest.lead, StoryId(3));
    let (city, culture) = (SectionId(1), SectionId(2));
    assert_eq!(
        digest.rest,
        [(Some(culture), vec![StoryId(5), StoryId(2)]), (Some(city), vec![StoryId(1)]), (None, vec![StoryId(4)])]
    );
    let of_city = Wish { sections: vec![city], ..Wish::default() };
    let digest = Digest::of(&stories, &order, (Some(StoryId(5)), &of_city, 10)).expect("something to tell");
    assert_eq!((digest.lead, digest.rest), (StoryId(3), vec![(Some(city), vec![StoryId(1)])]), "the newest leads");
    let short = Digest::of(&stories, &order, (None, &all, 2)).expect("something to tell");
    assert_eq!((short.lead, short.more), (StoryId(5), 3));
    assert_eq!(Digest::of(&[], &order, (None, &all, 9)), None, "no letter");
    let nobody = Wish { sections: vec![SectionId(9)], ..Wish::default() };
    assert_eq!(Digest::of(&stories, &order, (None, &nobody, 9)), None);
}

#[test]
fn a_refusal_counts_against_an_address_only_where_it_is_about_it() {
    for (code, said, counts) in [
        (550, "no such mailbox", true),
        (550, "5.1.1 user unknown", true),
        (553, "", true),
        (554, "5.7.1 blocked by policy", false),
        (535, "authentication failed", false),
        (501, "syntax", false),
        (451, "try again", false),
    ] {
        assert_eq!(is_about_the_address(code, said), counts, "{code} {said}");
    }
}

#[test]
fn what_happens_is_an_event_or_none_of_the_followers_business() {
    let (story, comment) = (StoryId(1), CommentId(2));
    let key = |what: What| Event::of(&what).map(|(event, _)| event.key());
    assert_eq!(key(What::StoryPublished { story }), Some("story.published"));
    assert_eq!(key(What::StoryWithdrawn { story }), Some("story.withdrawn"));
    assert_eq!(key(What::StoryChanged { story }), None, "a slip of the pen");
    assert_eq!(key(What::StripEnded { strip: StripId(1) }), Some("breaking.ended"));
    assert_eq!(key(What::CommentReleased { story, comment, number: 1, ruling: None }), Some("comment.released"));
    assert_eq!(key(What::CommentHeld { story, comment }), None);
    assert_eq!(key(What::CommentRefused { story, comment, reason: RefusalReason::Insult, ruling: None }), None);
    for event in Event::ALL {
        assert_eq!(Event::from_key(event.key()), Some(event));
        assert_eq!(serde_json::to_string(&event).expect("JSON"), format!("\"{}\"", event.key()));
    }
}

#[test]
fn a_channel_hears_of_its_sections_and_of_breaking_news() {
    let events = [Event::Published, Event::BreakingRaised].into_iter().collect();
    let wish = ChannelWish { events, sections: vec![SectionId(1)] };
    assert!(wish.wants(Event::Published, Some(SectionId(1))) && wish.wants(Event::BreakingRaised, None));
    assert!(!wish.wants(Event::Published, Some(SectionId(2))) && !wish.wants(Event::Published, None));
    assert!(!wish.wants(Event::Withdrawn, Some(SectionId(1))));
    assert!(PushWish::of(vec![SectionId(1)]).wants(Some(SectionId(1))) && !PushWish::default().wants(None));
}

#[test]
fn channels_have_names_and_addresses_that_lead_out_of_the_house() {
    let read = |kind, name: &str, address: &str| ChannelName::read(kind, name, address, &[]).map(|read| read.address);
    use ChannelKind::{Hook, Telegram};
    assert_eq!(read(Telegram, "القناة", "@harbour_news"), Ok("@harbour_news".into()));
    assert_eq!(read(Telegram, "القناة", "-١٠٠٤٢"), Ok("-10042".into()));
    assert_eq!(read(Telegram, "القناة", "4242"), Err(ChannelProblem::Chat), "somebody's own chat");
    assert_eq!(read(Hook, "برنامج", "https://hooks.example/a?x=1"), Ok("https://hooks.example/a?x=1".into()));
    let inside = Err(ChannelProblem::Address(HookProblem::Inside));
    assert_eq!(read(Hook, "برنامج", "https://10.0.0.1/"), inside);
    assert_eq!(read(Hook, " ", "https://hooks.example/"), Err(ChannelProblem::Name));
    let token = BotToken::read(" 123456:abcdefghijklmnopqrstuvwxyz ").expect("a token");
    assert!(!format!("{token:?}").contains("abc"));
    assert_eq!(BotToken::read("123456:short"), None);
}

#[test]
fn an_endpoint_leads_out_of_the_house_and_is_shown_by_nothing() {
    let long = format!("https://push.example/{}", "a".repeat(700));
    let endpoint = Endpoint::read(&long, &[]).expect("an endpoint");
    assert_eq!((endpoint.as_str(), format!("{endpoint:?}").as_str()), (long.as_str(), "Endpoint(…)"));
    for bad in ["http://push.example/a", "https://127.0.0.1/a", "https://push/a", "https://a@push.example/", ""] {
        assert!(Endpoint::read(bad, &[]).is_none(), "{bad}");
    }
}

#[test]
fn hub_and_search_machines_are_off_until_an_address_is_named() {
    let off = MachineSettings::default();
    assert_eq!((off.hub(), off.indexnow()), (None, None));
    let key = IndexNowKey::of([7; 16]);
    assert!(key.0.len() <= 128 && key.path().ends_with(".txt"));
    let on = MachineSettings::read("https://hub.example/", super::INDEXNOW, &key.0, &[]).expect("settings");
    assert_eq!((on.hub(), on.indexnow().map(|on| on.1)), (Some("https://hub.example/"), Some(key.0.as_str())));
    let wrong = MachineSettings::read("ftp://hub.example", "https://10.1.1.1/", "", &[]).expect_err("two problems");
    assert_eq!(wrong.iter().map(|one| one.field).collect::<Vec<_>>(), ["hub", "indexnow"]);
}

#[test]
fn another_server_is_an_address_outside_of_the_house() {
    let read = |said: &str| FarAddress::read(said).map(|address| address.host().to_owned());
    assert_eq!(read("https://Social.Example/users/a#key").as_deref(), Some("social.example"));
    assert_eq!(read("https://social.example:8443/inbox").as_deref(), Some("social.example:8443"));
    for said in [
        "http://social.example/a",
        "https://localhost/a",
        "https://127.0.0.1/a",
        "https://10.0.0.1/a",
        "https://a@b.example/",
        "a",
        "https:///",
    ] {
        assert_eq!(read(said), None, "{said}");
    }
}

#[test]
fn a_server_is_blocked_by_whatever_names_it_and_with_all_below_it() {
    for typed in
        ["social.example", " https://Social.Example/@a ", "@a@social.example", "a@social.example", "social.example."]
    {
        assert_eq!(host_typed(typed).as_deref(), Some("social.example"), "{typed}");
    }
    for typed in ["", "example", "لا شيء", "a b.example"] {
        assert_eq!(host_typed(typed), None, "{typed}");
    }
    assert_eq!(
        host_and_above("a.social.example:8443"),
        ["a.social.example", "social.example", "a.social.example:8443"]
    );
    assert_eq!(host_and_above("example"), ["example"]);
}

#[test]
fn a_delivery_is_tried_for_about_three_days() {
    let begun: Timestamp = "2026-03-01T00:00:00Z".parse().expect("a time");
    let (mut now, mut tries) = (begun, 0);
    while let Some(next) = next_delivery(tries, now) {
        (now, tries) = (next, tries + 1);
    }
    let hours = now.duration_since(begun).as_hours();
    assert!((60..=72).contains(&hours), "{hours}");
    assert!(
        is_handle("city") && !is_handle("paper") && !is_handle("المدينة") && !is_handle("my-city") && !is_handle("")
    );
}
