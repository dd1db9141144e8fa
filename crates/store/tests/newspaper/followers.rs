//! Those who follow the paper: readers of the newsletter, channels, and browsers that are woken.

use crate::paper::{Paper, on_both};
use jiff::SignedDuration;
use newsroom::followers::{
    About, BOUNCES, ChannelKind, ChannelWish, Event, FollowersPart, NewsletterSettings, PushWish, Rhythm, Wish,
};
use newsroom::people::EmailAddress;
use newsroom::{HappeningId, SectionId, StoryId, StripId, SubscriberId, Timestamp};
use store::StoreError;
use store::channels::{CHANNEL, Fate, NewChannel, NewChannelDelivery};
use store::newsletter::{Became, MOST_ASKS, NEWSLETTER};
use store::people::TokenHash;
use store::push::{NewPush, PUSH, Wakes, Woken};

fn email(text: &str) -> EmailAddress {
    EmailAddress::new(text).unwrap()
}

fn after(now: Timestamp, hours: i64) -> Timestamp {
    now + SignedDuration::from_hours(hours)
}

/// Asks, and takes the job of the letter: whose it is.
async fn asks(paper: &Paper, address: &str, wish: &Wish, now: Timestamp) -> Option<SubscriberId> {
    let until = after(now, 72);
    let sent = paper.store.ask_newsletter(&email(address), wish, until, now).await.unwrap();
    let jobs = paper.store.claim_jobs("mail", now, after(now, 1), 9).await.unwrap();
    assert_eq!(jobs.len(), usize::from(sent));
    for job in &jobs {
        paper.store.finish_job(job.id).await.unwrap();
    }
    let id: String = jobs.first()?.payload.chars().filter(char::is_ascii_digit).collect();
    Some(SubscriberId(id.parse().unwrap()))
}

async fn confirmed(paper: &Paper, address: &str, wish: &Wish) -> SubscriberId {
    let (now, token) = (paper.now(), TokenHash(address.to_owned()));
    let id = asks(paper, address, wish, now).await.unwrap();
    assert!(paper.store.arm_subscriber(id, &token, after(now, 72), now).await.unwrap().unwrap().confirms);
    assert_eq!(paper.store.confirm_newsletter(&token, now).await.unwrap(), Some(id));
    id
}

#[tokio::test]
async fn an_address_comes_in_by_its_link_alone_and_is_written_to_seldom() {
    on_both(|paper| async move {
        let (store, now, wish) = (&paper.store, paper.now(), Wish::default());
        let id = asks(&paper, "Huda@readers.example", &wish, now).await.unwrap();
        assert!(!store.subscriber(id).await.unwrap().is_told());
        assert_eq!(asks(&paper, "huda@READERS.example", &wish, now).await, None, "too soon");
        let mut at = now;
        for _ in 1..MOST_ASKS {
            at += SignedDuration::from_mins(11);
            assert_eq!(asks(&paper, "huda@readers.example", &wish, at).await, Some(id));
        }
        at += SignedDuration::from_mins(11);
        assert_eq!(asks(&paper, "huda@readers.example", &wish, at).await, None, "enough for a day");
        let (first, second) = (TokenHash("1".into()), TokenHash("2".into()));
        store.arm_subscriber(id, &first, after(at, 72), at).await.unwrap().unwrap();
        store.arm_subscriber(id, &second, after(at, 72), at).await.unwrap().unwrap();
        assert_eq!(store.newsletter_link(&first, at).await.unwrap(), None, "the last one holds");
        assert_eq!(store.newsletter_link(&second, after(at, 73)).await.unwrap(), None, "not for ever");
        assert_eq!(store.newsletter_link(&second, at).await.unwrap().unwrap().1, wish);
        let both = tokio::join!(store.confirm_newsletter(&second, at), store.confirm_newsletter(&second, at));
        let used: Vec<_> = [both.0.unwrap(), both.1.unwrap()].into_iter().flatten().collect();
        assert_eq!(used, [id], "once");
        assert!(store.subscriber(id).await.unwrap().is_told());
        // Who gets it already is told so, once a day, and keeps what was chosen.
        let other = Wish { rhythm: Rhythm::Weekly, ..Wish::default() };
        assert_eq!(asks(&paper, "huda@readers.example", &other, at).await, None);
        assert_eq!(asks(&paper, "huda@readers.example", &other, after(at, 25)).await, Some(id));
        let told = store.arm_subscriber(id, &first, after(at, 90), after(at, 25)).await.unwrap().unwrap();
        assert_eq!((told.confirms, told.wish.rhythm), (false, Rhythm::Daily));
        assert_eq!(store.confirm_newsletter(&first, after(at, 25)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn whoever_left_or_never_came_is_erased_after_a_while() {
    on_both(|paper| async move {
        let (store, wish) = (&paper.store, Wish::default());
        let stays = confirmed(&paper, "stays@readers.example", &wish).await;
        let leaves = confirmed(&paper, "leaves@readers.example", &wish).await;
        let now = paper.now();
        let never = asks(&paper, "never@readers.example", &wish, now).await.unwrap();
        store.leave_newsletter(leaves, now).await.unwrap();
        store.leave_newsletter(leaves, after(now, 1)).await.unwrap();
        assert!(!store.keep_wish(leaves, &wish).await.unwrap(), "nothing goes there");
        assert!(store.return_to_newsletter(leaves).await.unwrap() && !store.return_to_newsletter(stays).await.unwrap());
        store.leave_newsletter(leaves, now).await.unwrap();
        assert_eq!(store.sweep_subscribers(after(now, 48)).await.unwrap(), 0);
        assert_eq!(store.sweep_subscribers(after(now, 97)).await.unwrap(), 1, "the link was good for three days");
        assert_eq!(store.subscriber(never).await.unwrap_err(), StoreError::NotFound);
        assert_eq!(store.sweep_subscribers(after(now, 169)).await.unwrap(), 1);
        assert_eq!(store.subscriber(leaves).await.unwrap_err(), StoreError::NotFound);
        assert!(store.subscriber(stays).await.unwrap().is_told());
        let counted = store.count_subscribers().await.unwrap();
        assert_eq!((counted.daily, counted.weekly, counted.unconfirmed, counted.stopped), (1, 0, 0, 0));
    })
    .await;
}

#[tokio::test]
async fn an_edition_has_a_letter_for_everybody_once_whoever_makes_it() {
    on_both(|paper| async move {
        let store = &paper.store;
        for n in 0..5 {
            confirmed(&paper, &format!("reader-{n}@readers.example"), &Wish::default()).await;
        }
        confirmed(&paper, "weekly@readers.example", &Wish { rhythm: Rhythm::Weekly, ..Wish::default() }).await;
        let now = paper.now();
        let both = tokio::join!(
            store.make_edition(Rhythm::Daily, "2026-03-10", now),
            store.make_edition(Rhythm::Daily, "2026-03-10", now)
        );
        assert_eq!([both.0.unwrap(), both.1.unwrap()].into_iter().flatten().count(), 1);
        let both = tokio::join!(store.fill_editions(2, now), store.fill_editions(2, now));
        assert!(both.0.unwrap() + both.1.unwrap() > 0);
        while store.fill_editions(2, now).await.unwrap() > 0 {}
        let jobs = store.claim_jobs(NEWSLETTER, now, after(now, 1), 50).await.unwrap();
        let edition = store.editions(9).await.unwrap().remove(0);
        assert_eq!((jobs.len(), edition.letters, edition.is_filled), (5, 5, true));
        assert_eq!(edition.since, after(now, -24), "the first looks a day back");
        let next = store.make_edition(Rhythm::Daily, "2026-03-11", after(now, 24)).await.unwrap().unwrap();
        assert_eq!(store.edition(next).await.unwrap().since, now, "the next goes on where it stopped");
        let much_later = store.make_edition(Rhythm::Daily, "2026-04-11", after(now, 768)).await.unwrap().unwrap();
        assert_eq!(store.edition(much_later).await.unwrap().since, after(now, 768 - 48), "and not too far");
        let to: Vec<i64> = jobs
            .iter()
            .map(|job| serde_json::from_str::<serde_json::Value>(&job.payload).unwrap()["to"].as_i64().unwrap())
            .collect();
        for (at, became) in [Became::Sent, Became::Empty, Became::Bounced, Became::GivenUp].into_iter().enumerate() {
            for _ in 0..2 {
                store.end_letter(jobs[at].id, (edition.id, SubscriberId(to[at])), became, now).await.unwrap();
            }
        }
        let edition = store.edition(edition.id).await.unwrap();
        assert_eq!((edition.sent, edition.empty, edition.bounced, edition.failed), (1, 1, 1, 1), "each once");
    })
    .await;
}

#[tokio::test]
async fn refusals_in_a_row_end_it_and_a_letter_that_arrives_forgives_them() {
    on_both(|paper| async move {
        let store = &paper.store;
        let id = confirmed(&paper, "huda@readers.example", &Wish::default()).await;
        let mut became = vec![Became::Bounced, Became::Bounced, Became::Sent];
        became.extend([Became::Bounced; BOUNCES as usize]);
        for (day, became) in became.into_iter().enumerate() {
            let now = paper.now();
            assert!(store.subscriber(id).await.unwrap().is_told(), "{day}");
            let edition = store.make_edition(Rhythm::Daily, &format!("day {day}"), now).await.unwrap().unwrap();
            while store.fill_editions(9, now).await.unwrap() > 0 {}
            let job = store.claim_jobs(NEWSLETTER, now, after(now, 1), 9).await.unwrap().remove(0);
            store.end_letter(job.id, (edition, id), became, now).await.unwrap();
        }
        assert!(!store.subscriber(id).await.unwrap().is_told());
        assert_eq!(store.count_subscribers().await.unwrap().stopped, 1);
        // Whoever asks anew, and opens the link, begins anew.
        let now = after(paper.now(), 30);
        let again = asks(&paper, "huda@readers.example", &Wish::default(), now).await;
        assert_eq!(again, Some(id));
        let token = TokenHash("again".into());
        assert!(store.arm_subscriber(id, &token, after(now, 72), now).await.unwrap().unwrap().confirms);
        store.confirm_newsletter(&token, now).await.unwrap().unwrap();
        assert!(store.subscriber(id).await.unwrap().is_told());
    })
    .await;
}

#[tokio::test]
async fn settings_are_versions_and_nobody_writes_over_what_they_have_not_seen() {
    on_both(|paper| async move {
        let (store, now, by) = (&paper.store, paper.now(), paper.salma.id);
        let part = FollowersPart::Newsletter;
        let first = store.follower_settings::<NewsletterSettings>(part).await.unwrap();
        assert_eq!((first.id, first.settings.on), (None, false), "off as it begins");
        let on = NewsletterSettings { on: true, ..first.settings };
        store.keep_follower_settings((part, None), &on, by, now).await.unwrap();
        let kept = store.follower_settings::<NewsletterSettings>(part).await.unwrap();
        assert_eq!((kept.settings.on, kept.since.unwrap().1), (true, "سلمى".to_owned()));
        let again = store.keep_follower_settings((part, None), &on, by, now).await.unwrap_err();
        assert!(matches!(again, StoreError::Conflict(_)));
        let other = store.follower_settings::<NewsletterSettings>(FollowersPart::Push).await.unwrap();
        assert_eq!(other.id, None, "each part has versions of its own");
        assert_eq!(store.secret_or("key", "one").await.unwrap(), "one");
        assert_eq!(store.secret_or("key", "two").await.unwrap(), "one", "the first one's is everybody's");
    })
    .await;
}

#[tokio::test]
async fn a_channel_is_told_of_a_happening_once_and_its_messages_are_known_again() {
    on_both(|paper| async move {
        let (store, now, by) = (&paper.store, paper.now(), paper.salma.id);
        let wish = ChannelWish { events: [Event::Published].into(), sections: vec![SectionId(1)] };
        let (kind, name, address) = (ChannelKind::Telegram, "قناة".to_owned(), "@harbour".to_owned());
        let new = NewChannel { kind, name, address, secret: "123:abc".into(), wish };
        let (channel, _) = store.add_channel(new, by, now).await.unwrap().unwrap();
        assert_eq!(store.channel(channel).await.unwrap().secret, "123:abc");
        let about = About { story: Some(StoryId(5)), ..About::default() };
        let new = NewChannelDelivery { channel, happening: HappeningId(9), event: Event::Published, about };
        let both = tokio::join!(store.put_channel_delivery(new, now), store.put_channel_delivery(new, now));
        assert!(both.0.unwrap() != both.1.unwrap(), "whoever comes second finds it");
        let jobs = store.claim_jobs(CHANNEL, now, after(now, 1), 9).await.unwrap();
        let delivery = store.channel_deliveries(channel, None, 9).await.unwrap().remove(0);
        assert_eq!((jobs.len(), delivery.about, delivery.fate), (1, about, Fate::Waiting));
        store.end_channel_delivery((jobs[0].id, delivery.id), true, now).await.unwrap();
        assert!(matches!(store.channel_delivery(delivery.id).await.unwrap().fate, Fate::Sent(_)));
        store.keep_channel_post((channel, StoryId(5)), 7, now).await.unwrap();
        store.keep_channel_post((channel, StoryId(5)), 8, now).await.unwrap();
        assert_eq!(store.channel_post(channel, StoryId(5)).await.unwrap().map(|post| post.0), Some(8));
        store.drop_channel_post(channel, StoryId(5)).await.unwrap();
        assert_eq!(store.channel_post(channel, StoryId(5)).await.unwrap(), None);
        store.remove_channel(channel, by, now).await.unwrap();
        assert!(store.channels().await.unwrap().is_empty());
        store.sweep_channels(after(now, 1), after(now, 1)).await.unwrap();
        assert_eq!(store.channel_delivery(delivery.id).await.unwrap_err(), StoreError::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_message_wakes_each_browser_that_wants_it_once() {
    on_both(|paper| async move {
        let (store, now) = (&paper.store, paper.now());
        for (n, section) in [1, 2, 1].into_iter().enumerate() {
            let new = NewPush {
                endpoint: format!("https://push.example/{n}"),
                mark: format!("mark {n}"),
                public_key: "k".into(),
                secret: "s".into(),
                wish: PushWish { sections: vec![SectionId(section)] },
            };
            assert!(store.keep_push(new.clone(), now).await.unwrap() && store.keep_push(new, now).await.unwrap());
        }
        assert_eq!(store.count_push().await.unwrap(), 3);
        let wakes = Wakes::Story(StoryId(5), Some(SectionId(1)));
        assert!(store.put_push_message(HappeningId(1), wakes, now).await.unwrap());
        assert!(!store.put_push_message(HappeningId(1), wakes, now).await.unwrap(), "once");
        while store.fill_push(2, now).await.unwrap() > 0 {}
        let jobs = store.claim_jobs(PUSH, now, after(now, 1), 9).await.unwrap();
        assert_eq!(jobs.len(), 2);
        assert!(store.put_push_message(HappeningId(2), Wakes::Strip(StripId(3)), now).await.unwrap());
        while store.fill_push(2, now).await.unwrap() > 0 {}
        assert_eq!(
            store.claim_jobs(PUSH, now, after(now, 1), 9).await.unwrap().len(),
            3,
            "breaking news is everybody's"
        );
        let message = store.push_messages(9).await.unwrap().remove(1);
        assert_eq!(message.wakes, wakes);
        let to: serde_json::Value = serde_json::from_str(&jobs[0].payload).unwrap();
        let to = newsroom::PushId(to["to"].as_i64().unwrap());
        assert!(store.push_subscription(to).await.unwrap().is_some());
        for _ in 0..2 {
            store.end_push(jobs[0].id, (message.id, to), Woken::Gone, now).await.unwrap();
        }
        assert_eq!(store.push_message(message.id).await.unwrap().unwrap().counts, (0, 1, 0));
        assert_eq!((store.count_push().await.unwrap(), store.push_subscription(to).await.unwrap()), (2, None));
        store.drop_push("mark 1").await.unwrap();
        assert_eq!(store.count_push().await.unwrap(), 1);
    })
    .await;
}
