//! newsroom_desk.
