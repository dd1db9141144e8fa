//! The organisation's own sign-in (OpenID Connect): its provider and what it vouches for. No person and no page is known here;
//! who comes in by it stands in [`crate::sign_in`]. Which rule is of which paragraph stands beside it; why it is written here
//! and not taken from a library, in `docs/decisions/0014-organisation-sign-in.md`.

mod jwks;
mod provider;
mod token;

#[cfg(test)]
mod tests;

pub use provider::{Fetch, FetchError, Fetching, Provider, ProviderSettings, Trouble};
pub use token::{Claims, Expected, TokenDoubt, verify};
