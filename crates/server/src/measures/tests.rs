use super::{answer, install};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use store::{Place, Store};
use web::{App, Entrance, Paper};

#[tokio::test]
async fn what_is_told_is_how_it_stands_and_nobody_is_in_it() {
    let measured = install().expect("a recorder");
    let folder = std::env::temp_dir().join(format!("midad-measures-{}", std::process::id()));
    let store = Store::open(&Place::Folder(folder.clone())).await.expect("a store");
    let app = App::new(store, Paper::default(), None, None).await.expect("an app");
    let entrance = Entrance::new(app.clone());
    for path in ["/", "/", "/stories/nowhere", "/desk"] {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        entrance.answer(request).await;
    }
    let told = answer(&app, &measured, "/metrics").await;
    assert_eq!(told.headers()["content-type"], "text/plain; version=0.0.4; charset=utf-8");
    let told = String::from_utf8(to_bytes(told.into_body(), usize::MAX).await.expect("bytes").to_vec()).expect("text");
    for line in [
        "midad_answers_total{kind=\"page\",status=\"2xx\"} 2",
        "midad_answers_total{kind=\"page\",status=\"4xx\"} 1",
        "midad_answers_total{kind=\"desk\",status=\"3xx\"} 1",
        "midad_answer_seconds_count{kind=\"page\"} 3",
        "midad_ready_pages 1",
        "midad_pages_handed_out_total 1",
        "midad_store_answers 1",
        "midad_slow_statements_total 0",
        "midad_desk{queue=\"waiting\"} 0",
        "process_resident_memory_bytes ",
    ] {
        assert!(told.lines().any(|told| told.starts_with(line)), "{line} is not told:\n{told}");
    }
    assert_eq!(answer(&app, &measured, "/").await.status(), StatusCode::NOT_FOUND);
    std::fs::remove_dir_all(folder).expect("gone");
}
