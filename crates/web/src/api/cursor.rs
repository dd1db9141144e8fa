//! Pages of lists: a cursor says after which place the next one begins. What stands in it is ours and may change; programs
//! hand it back as they got it.

use super::problem::ApiProblem;
use crate::passkeys::{read, written};
use serde::Deserialize;
use utoipa::IntoParams;

/// On a page, where nothing else is asked for, and at most.
const USUAL: u32 = 20;
const MOST: u32 = 100;

/// Which part of a list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// The cursor of the page before; nothing for the first page.
    pub cursor: Option<String>,
    /// How many, 100 at most.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
}

impl PageQuery {
    /// How many.
    ///
    /// # Errors
    /// [`ApiProblem::Malformed`] when it is none, or more than a page holds.
    pub fn limit(&self) -> Result<u32, ApiProblem> {
        let limit = self.limit.unwrap_or(USUAL);
        if (1..=MOST).contains(&limit) {
            return Ok(limit);
        }
        Err(ApiProblem::Malformed("?limit".into(), format!("1 to {MOST}")))
    }

    /// After which place, as so many numbers.
    ///
    /// # Errors
    /// [`ApiProblem::Malformed`] when it is no cursor of this list.
    pub fn after<const N: usize>(&self) -> Result<Option<[i64; N]>, ApiProblem> {
        let Some(cursor) = self.cursor.as_deref() else { return Ok(None) };
        let wrong = || ApiProblem::Malformed("?cursor".into(), "no cursor of this list".into());
        let bytes = read(cursor).ok_or_else(wrong)?;
        let text = String::from_utf8(bytes).map_err(|_| wrong())?;
        let numbers = text.split('.').map(str::parse::<i64>).collect::<Result<Vec<_>, _>>().map_err(|_| wrong())?;
        numbers.try_into().map(Some).map_err(|_| wrong())
    }
}

/// The cursor of what comes after a place.
pub fn cursor<const N: usize>(place: [i64; N]) -> String {
    written(place.map(|n| n.to_string()).join(".").as_bytes())
}

#[test]
fn a_cursor_is_handed_back_as_it_was_given() {
    let query = |cursor: String| PageQuery { cursor: Some(cursor), limit: None };
    assert_eq!(query(cursor([3, -7])).after::<2>().ok(), Some(Some([3, -7])));
    for wrong in [cursor([1]), cursor([1, 2, 3]), "x".into(), String::new(), written(b"a.b")] {
        assert!(query(wrong).after::<2>().is_err());
    }
    assert!(PageQuery { cursor: None, limit: Some(101) }.limit().is_err());
    assert!(PageQuery { cursor: None, limit: Some(0) }.limit().is_err());
}
