//! What the paper's own decisions teach: a layer over the learned heads that an editor has taught, sees before and after,
//! switches on, switches off and takes back.

mod acts;
mod in_force;
mod page;
mod runs;
mod shown;
mod teach;

#[cfg(test)]
mod tests;

pub use acts::{keep, learn_now};
pub use in_force::LayerInForce;
pub use page::show;
pub use runs::{ask_weekly, take_up_what_was_asked};
pub use shown::sentences;
pub use teach::{Learned, learn, new_layer};
