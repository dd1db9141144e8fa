//! Reading what programs ask: what cannot be read is said with its place.

use super::problem::ApiProblem;
use crate::app::App;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

/// A JSON body: an object.
#[derive(Debug)]
pub struct Sent<T>(pub T);

/// What stands behind the question mark.
#[derive(Debug)]
pub struct Asked<T>(pub T);

/// Names in the path.
#[derive(Debug)]
pub struct Place<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Sent<T> {
    type Rejection = ApiProblem;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiProblem> {
        let bytes = Bytes::from_request(request, app).await.map_err(|_| ApiProblem::TooLarge)?;
        // A list would be read as the fields in their order.
        if !bytes.trim_ascii_start().starts_with(b"{") {
            return Err(ApiProblem::Malformed(String::new(), "no object".to_owned()));
        }
        let mut json = serde_json::Deserializer::from_slice(&bytes);
        let read = serde_path_to_error::deserialize(&mut json).map_err(|problem| {
            let pointer = problem.path().iter().map(|segment| match segment {
                Segment::Seq { index } => format!("/{index}"),
                Segment::Map { key } | Segment::Enum { variant: key } => {
                    format!("/{}", key.replace('~', "~0").replace('/', "~1"))
                }
                Segment::Unknown => String::new(),
            });
            ApiProblem::Malformed(pointer.collect(), problem.inner().to_string())
        })?;
        json.end().map_err(|problem| ApiProblem::Malformed(String::new(), problem.to_string()))?;
        Ok(Self(read))
    }
}

impl<T: DeserializeOwned> FromRequestParts<App> for Asked<T> {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiProblem> {
        let read = Query::<T>::try_from_uri(&parts.uri);
        read.map(|Query(asked)| Self(asked)).map_err(|problem| ApiProblem::Malformed("?".into(), problem.body_text()))
    }
}

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Place<T> {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiProblem> {
        let read = Path::<T>::from_request_parts(parts, app).await;
        read.map(|Path(place)| Self(place)).map_err(|_| ApiProblem::NotFound)
    }
}
