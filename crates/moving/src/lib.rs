//! moving

pub mod everything;
