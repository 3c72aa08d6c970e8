//! kpic compiles KPI definitions: it checks them and turns them into SQL.
//!
//! text → [`syntax`] → [`model`] → [`resolve`] → [`plan`] → [`lower`] → [`sql`] → [`dialect`]
//! → [`run`] → [`report`]
//!
//! Pure but for [`run`]: no clock, no file, no network, no panic on any input.
//! ARCHITECTURE.md has the stages and what each may import.

// What pest derives without its feature `std` names it.
extern crate alloc;

pub mod diagnostic;
pub mod dialect;
pub mod explain;
pub mod lineage;
pub mod lower;
pub mod meaning;
pub mod model;
pub mod packs;
pub mod plan;
pub mod practice;
pub mod report;
pub mod resolve;
pub mod run;
pub mod schema;
pub mod source;
pub mod sql;
pub mod syntax;
pub mod template;
pub mod testing;
pub mod value;
