//! An organisation's provider for tests: OpenID Connect on a port of its own, which lets everybody through as one subject.
#![allow(dead_code)]

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{Json, Redirect};
use axum::routing::{get, post};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// As whom it knows the paper.
pub const CLIENT: &str = "midad";
/// The paper's secret there.
pub const SECRET: &str = "only for tests";

type Fields = BTreeMap<String, String>;

/// The server.
pub struct Provider {
    /// What it calls itself.
    pub issuer: String,
}

struct Inside {
    issuer: String,
    key: EcdsaKeyPair,
    /// What each code was given out for.
    codes: Mutex<BTreeMap<String, Fields>>,
}

impl Provider {
    /// Opens one on a free port.
    pub async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let (random, algorithm) = (SystemRandom::new(), &ECDSA_P256_SHA256_FIXED_SIGNING);
        let kept = EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("a key");
        let key = EcdsaKeyPair::from_pkcs8(algorithm, kept.as_ref(), &random).expect("a key");
        let inside = Arc::new(Inside { issuer: issuer.clone(), key, codes: Mutex::default() });
        let routes = axum::Router::new()
            .route("/.well-known/openid-configuration", get(description))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .route("/keys", get(keys))
            .with_state(inside);
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { issuer }
    }
}

async fn description(State(inside): State<Arc<Inside>>) -> Json<Value> {
    let at = |path: &str| format!("{}{path}", inside.issuer);
    Json(json!({
        "issuer": inside.issuer,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "jwks_uri": at("/keys"),
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
    }))
}

/// Whoever comes is let through.
async fn authorize(State(inside): State<Arc<Inside>>, Query(asked): Query<Fields>) -> Redirect {
    assert_eq!((asked["response_type"].as_str(), asked["client_id"].as_str()), ("code", CLIENT));
    let mut codes = inside.codes.lock().expect("a lock");
    let code = format!("code-{}", codes.len());
    let to = format!("{}?code={code}&state={}", asked["redirect_uri"], asked["state"]);
    codes.insert(code, asked);
    Redirect::to(&to)
}

async fn token(State(inside): State<Arc<Inside>>, Form(sent): Form<Fields>) -> Json<Value> {
    assert_eq!((sent["client_id"].as_str(), sent["client_secret"].as_str()), (CLIENT, SECRET));
    let asked = inside.codes.lock().expect("a lock").remove(&sent["code"]).expect("a code that was given out");
    assert_eq!(sent["redirect_uri"], asked["redirect_uri"]);
    let shown = ring::digest::digest(&ring::digest::SHA256, sent["code_verifier"].as_bytes());
    assert_eq!(written(shown.as_ref()), asked["code_challenge"]);
    let now = newsroom::Timestamp::now().as_second();
    let claims = json!({
        "iss": inside.issuer, "aud": CLIENT, "sub": "7c1f", "nonce": asked["nonce"], "iat": now, "exp": now + 300,
        "auth_time": now, "email": "salma@harbour.example",
    });
    let head = json!({ "alg": "ES256", "kid": "k1" });
    let signed = format!("{}.{}", written(head.to_string().as_bytes()), written(claims.to_string().as_bytes()));
    let seal = inside.key.sign(&SystemRandom::new(), signed.as_bytes()).expect("a signature");
    let id_token = format!("{signed}.{}", written(seal.as_ref()));
    Json(json!({ "id_token": id_token, "access_token": "a", "token_type": "Bearer" }))
}

async fn keys(State(inside): State<Arc<Inside>>) -> Json<Value> {
    let point = inside.key.public_key().as_ref();
    let (x, y) = (written(&point[1..33]), written(&point[33..65]));
    Json(json!({ "keys": [{ "kty": "EC", "crv": "P-256", "kid": "k1", "use": "sig", "x": x, "y": y }] }))
}

fn written(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
