//! What is sealed with the paper's own key: device keys, receipts and the addresses in letters. Each purpose has bytes of its
//! own before the rest, so that no seal stands for another; but for device keys, which are older and have none: theirs is the
//! only seal over 16 bytes that is shown whole, and no other may be.

use crate::app::App;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Of a seal so many bytes stand in an address: 144 bits, which nobody guesses.
const IN_ADDRESS: usize = 18;

/// HMAC-SHA-256 (RFC 2104) over a purpose and its parts.
#[derive(Debug)]
pub struct Seal(Option<Hmac<Sha256>>);

impl Seal {
    /// Over these parts, which together must not be ambiguous: all but the last have a known length.
    pub fn over(app: &App, purpose: &[u8], parts: &[&[u8]]) -> Self {
        // HMAC takes keys of any length; should that ever change, there is no seal, and none that a check lets pass.
        let mut mac = Hmac::<Sha256>::new_from_slice(&app.visitor_key).ok();
        if let Some(mac) = &mut mac {
            mac.update(purpose);
            parts.iter().for_each(|part| mac.update(part));
        }
        Self(mac)
    }

    /// All 32 bytes; none where there is no seal.
    pub fn bytes(self) -> Vec<u8> {
        self.0.map(|mac| mac.finalize().into_bytes().to_vec()).unwrap_or_default()
    }

    /// As it stands in an address.
    pub fn short(self) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes().get(..IN_ADDRESS).unwrap_or_default())
    }

    /// These are all its bytes; compared in a time that tells nothing.
    pub fn matches(self, sent: &[u8]) -> bool {
        self.0.is_some_and(|mac| mac.verify_slice(sent).is_ok())
    }

    /// This is how it stands in an address.
    pub fn matches_short(self, sent: &str) -> bool {
        let sent = URL_SAFE_NO_PAD.decode(sent).ok().filter(|sent| sent.len() == IN_ADDRESS);
        self.0.zip(sent).is_some_and(|(mac, sent)| mac.verify_truncated_left(&sent).is_ok())
    }
}
