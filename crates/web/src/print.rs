//! What is known again by its bytes.

use sha2::{Digest, Sha256};

/// SHA-256, in hexadecimal.
pub fn sha256(bytes: impl AsRef<[u8]>) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
