//! Who may come in: extractors that stand in a handler's signature. A handler without one is visibly public.

mod caller;
mod comment;
mod commenter;
pub mod csrf;
mod doors;
mod flagger;
mod open_story;
mod pace;
mod reader;
mod receipt;
mod seal;
mod staff;
mod visitor;

#[cfg(test)]
mod tests;

pub use caller::{ByAddress, ByBearer};
pub use comment::{OwnedComment, PublicComment};
pub use commenter::Commenter;
pub use doors::while_open;
pub use flagger::{FlaggerKey, flagger_cookie};
pub use open_story::{CoveredStory, OpenStory, PublicStory};
pub use pace::{From, Pace, Pacer, SearchPace, network};
pub use reader::{Device, MaybeReader, Reader, reader_cookie, reader_idle_since};
pub use receipt::{ErasureReceipt, Receipt, erasure_receipt, receipt_of};
pub use seal::Seal;
pub use staff::{
    Dresser, Editor, ManagingEditor, Member, Moderator, Owner, ProvenMember, ProvenOwner, StaffMember, Writer, hash_of,
    language_of, session_cookie,
};
pub use visitor::{DeviceKey, MaybeVisitor, Visitor, forget_key, kept_as};

use crate::app::App;
use axum::http::HeaderMap;
use axum::http::header::COOKIE;

/// The value of a cookie, if the browser sent it.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    })
}

/// A cookie's name: over a secure line the second one, by which browsers hold it to this host, this path and this line (`__Host-`,
/// RFC 6265bis, 4.1.3.2).
pub fn cookie_name(app: &App, [plain, held]: [&'static str; 2]) -> &'static str {
    if app.paper.address.starts_with("https://") { held } else { plain }
}

/// A `Set-Cookie` line as every cookie of the paper has it: out of reach of scripts, not sent along by other sites'
/// forms, and over a secure line only where the paper has one. `seconds` 0 takes the cookie away.
pub fn cookie_line(app: &App, name: &str, value: &str, seconds: i64) -> String {
    let secure = if app.paper.address.starts_with("https://") { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}
