//! The paper and other servers: another paper beside it, and servers in the shapes of the main programs, written from the
//! specification.

mod fuzz;
mod golden;
mod net;
mod refused;
mod shapes;
mod stories;
mod two_papers;
mod wanted;

pub use net::reaches;
