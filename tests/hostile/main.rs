//! Input that nobody writes: an answer soon, with findings that say what is wrong,
//! and never a crash. Each text goes the whole way: read, checked, rendered, printed in
//! both spellings, planned and compiled, and dropped, on a thread with two megabytes of
//! stack. How long each may take is measured elsewhere; here it must end.

mod definitions;
mod files;
mod garbage;
mod length;
mod nesting;
mod requests;
mod way;
mod yaml;
