//! Servers in the shapes of Mastodon, Pleroma and Akkoma, Misskey, Lemmy and the plugin of WordPress: each follows, answers a story,
//! takes it back and follows no more.

use super::net::{Net, far};
use crate::fediverse::place::story as address_of;
use crate::layout::address;
use newsroom::comment::State;
use newsroom::followers::Followed;
use serde_json::Value;

const SHAPES: [(&str, &str); 5] = [
    ("mastodon", include_str!("shapes/mastodon.json")),
    ("akkoma", include_str!("shapes/akkoma.json")),
    ("misskey", include_str!("shapes/misskey.json")),
    ("lemmy", include_str!("shapes/lemmy.json")),
    ("wordpress", include_str!("shapes/wordpress.json")),
];

#[tokio::test]
async fn each_of_the_main_programs_follows_answers_and_takes_back() {
    for (program, shape) in SHAPES {
        let net = Net::default();
        let paper = net.opens("marfa.example").await;
        let story = paper.publishes("خط الترام").await;
        let actor =
            serde_json::from_str::<Value>(shape).expect("JSON")["actor"]["id"].as_str().expect("an id").to_owned();
        let far = far(&actor);
        let shape = shape
            .replace("{PEM}", &far.pem().replace('\n', "\\n"))
            .replace("{PAPER}", "https://marfa.example/fediverse/paper")
            .replace("{HOME}", "https://marfa.example")
            .replace("{STORY}", &address_of(&paper.app.paper, story.id))
            .replace("{URL}", &format!("https://marfa.example{}", address::story(&story.slug)));
        let shape: Value = serde_json::from_str(&shape).expect("JSON");
        net.says(&actor, Ok(shape["actor"].clone()));
        let store = &paper.app.store;
        let follows = async || store.count_far_followers(Followed::Paper).await.expect("counted");
        far.tells(&paper, &net, &shape["follow"]).await;
        assert_eq!(follows().await, 1, "{program} follows");
        let accepted = net.sent_to(shape["actor"]["inbox"].as_str().expect("an inbox"));
        assert_eq!(
            (&accepted[0]["type"], &accepted[0]["object"]["id"]),
            (&"Accept".into(), &shape["follow"]["id"]),
            "{program}"
        );
        far.tells(&paper, &net, &shape["reply"]).await;
        let queue = store.entry(story.id, 1).await.expect("read");
        assert!(queue.is_none(), "{program}: nobody sees it");
        let mark =
            crate::fediverse::words::mark_of(&paper.app, shape["reply"]["object"]["id"].as_str().expect("an id"));
        let comment = store.far_comment(&mark).await.expect("read").unwrap_or_else(|| panic!("{program}: a comment"));
        let visitor =
            store.known_far_person(&crate::fediverse::words::mark_of(&paper.app, &actor)).await.expect("read");
        let visitor = visitor.expect("a visitor");
        let own = store.own_comment(story.id, comment.comment, visitor).await.expect("theirs");
        let got = (own.state, own.name.as_str(), own.text.as_str());
        assert_eq!(
            got,
            (State::Held, shape["name"].as_str().expect("a name"), shape["words"].as_str().expect("words")),
            "{program}"
        );
        far.tells(&paper, &net, &shape["delete"]).await;
        let own = store.own_comment(story.id, comment.comment, visitor).await.expect("theirs");
        assert_eq!(own.state, State::Withdrawn, "{program}");
        far.tells(&paper, &net, &shape["undo"]).await;
        assert_eq!(follows().await, 0, "{program} follows no more");
    }
}
