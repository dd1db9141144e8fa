//! Ready pages as readers get them, and the shelf they stand on.

mod asked;
mod own_part;
mod shelved;
