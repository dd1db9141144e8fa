//! What time does.
