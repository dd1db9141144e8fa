use super::Kind;
use axum::body::Body;
use axum::http::Request;

#[test]
fn what_is_asked_for_is_counted_as_what_it_is() {
    let kind = |method: &str, path: &str| {
        Kind::of(&Request::builder().method(method).uri(path).body(Body::empty()).expect("a request"))
    };
    for (method, path, wanted) in [
        ("GET", "/", Kind::Page),
        ("GET", "/stories/a?sort=newest", Kind::Page),
        ("HEAD", "/feed/rss", Kind::Page),
        ("POST", "/stories/a/comments", Kind::Form),
        ("GET", "/stories/a/live", Kind::Stream),
        ("GET", "/toll?for=%2Fstories%2Fa%2Fcomments", Kind::Form),
        ("GET", "/desk/live", Kind::Stream),
        ("POST", "/desk/rulings", Kind::Desk),
        ("GET", "/sign-in/abc", Kind::Desk),
        ("GET", "/assets/1/paper.css", Kind::File),
        ("POST", "/api/moderation/examine", Kind::Program),
        ("POST", "/comments:analyze", Kind::Program),
        ("POST", "/fediverse/paper/inbox", Kind::Program),
    ] {
        assert_eq!(kind(method, path), wanted, "{method} {path}");
    }
}
