//! What tests of whole cases share: folders with definitions, data, a request and
//! an oracle, and the comparison of what kpic says with what the oracle says.

pub mod case;
pub mod files;
pub mod oracle;
pub mod rows;
#[allow(dead_code, reason = "one test asks for it")]
pub mod without;

pub type Checked<T> = Result<T, String>;
