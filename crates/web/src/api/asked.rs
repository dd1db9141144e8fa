//! Reading what programs ask: what cannot be read is said with its place.

use super::problem::ApiProblem;
use crate::app::App;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error, MapAccess, Visitor};
use serde_json::Number;
use serde_path_to_error::Segment;
use std::fmt;
use std::marker::PhantomData;

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

/// An object inside of a body, for the same reason as the body itself.
pub fn object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_map(Fields(PhantomData))
}

struct Fields<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(fields))
    }
}

/// A whole number, also as `3.0`: JSON has one kind of number, and a program's language may write all of them so.
pub fn whole<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    let written = Number::deserialize(from)?.to_string();
    written.strip_suffix(".0").unwrap_or(&written).parse().map_err(|_| D::Error::custom("no whole number"))
}

#[test]
fn a_number_is_whole_however_it_is_written() {
    let read = |text: &str| whole(&mut serde_json::Deserializer::from_str(text)).ok();
    assert_eq!([read("3"), read("-3.0"), read("3e2")], [Some(3), Some(-3), Some(300)]);
    assert_eq!([read("3.5"), read("1e300"), read("\"3\""), read("null")], [None; 4]);
}
