//! comments.
