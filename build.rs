//! Lets binaries and tests find the engine's shared library where it lies, so
//! that nobody has to set `LD_LIBRARY_PATH`.

use std::{env, path};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=DUCKDB_LIB_DIR");
    let linked =
        env::var_os("CARGO_FEATURE_DUCKDB").is_some() && env::var_os("CARGO_FEATURE_BUNDLED").is_none();
    let is_unix = env::var_os("CARGO_CFG_UNIX").is_some();
    if let Some(folder) = env::var_os("DUCKDB_LIB_DIR")
        && linked
        && is_unix
        && let Ok(folder) = path::absolute(folder)
    {
        println!("cargo:rustc-link-arg=-Wl,-rpath,{}", folder.display());
    }
}
