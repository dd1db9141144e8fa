//! What is measured, in the text form that Prometheus reads, at an address of its own: never on the paper's.

mod process;

#[cfg(test)]
mod tests;

use crate::lines;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, Uri, header};
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use std::time::Duration;
use tokio::net::TcpListener;
use web::App;

/// What takes longer than one of these is counted apart, in seconds.
const STEPS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
/// What was measured is added up so often, whether somebody asks for it or not.
const ADDED_UP: Duration = Duration::from_secs(5);
/// Who may ask at once.
const MOST: usize = 8;

/// One process has one recorder.
static INSTALLED: OnceLock<PrometheusHandle> = OnceLock::new();

/// From now on what is measured is kept. Before anything is measured; a second time it is the same.
///
/// # Errors
/// When the steps are none, which they are not.
pub fn install() -> Result<PrometheusHandle, BuildError> {
    if let Some(installed) = INSTALLED.get() {
        return Ok(installed.clone());
    }
    let recorder = PrometheusBuilder::new().set_buckets(&STEPS)?.build_recorder();
    let handle = INSTALLED.get_or_init(|| recorder.handle()).clone();
    // Another recorder was installed at the same moment: it is of the same kind, and the one that is asked.
    let _ = metrics::set_global_recorder(recorder);
    Ok(handle)
}

/// Tells whoever asks, for as long as the paper is served.
pub async fn tell(listener: TcpListener, app: App, measured: PrometheusHandle) {
    let adding = add_up(measured.clone());
    let tells = move |asked: Uri| {
        let (app, measured) = (app.clone(), measured.clone());
        async move { answer(&app, &measured, asked.path()).await }
    };
    tokio::select! {
        () = lines::few(listener, MOST, tells) => {}
        () = adding => {}
    }
}

async fn answer(app: &App, measured: &PrometheusHandle, path: &str) -> Response<Body> {
    if path != "/metrics" {
        let mut nothing = Response::new(Body::from("/metrics\n"));
        *nothing.status_mut() = StatusCode::NOT_FOUND;
        return nothing;
    }
    process::note();
    // That the store does not answer is itself told.
    let _ = web::note_measures(app).await;
    let mut response = Response::new(Body::from(measured.render()));
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// What nobody asks for would grow without it.
async fn add_up(measured: PrometheusHandle) {
    loop {
        tokio::time::sleep(ADDED_UP).await;
        measured.run_upkeep();
    }
}
