//! What nobody has released is nowhere: the whole paper is asked.

mod tests;
