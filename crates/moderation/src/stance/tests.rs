//! Stance by its own front door.
