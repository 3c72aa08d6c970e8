//! Finds what is compiled in: the packs of KPIs under `kpis/`. And lets binaries and
//! tests find the engine's shared library where it lies, so that nobody has to set
//! `LD_LIBRARY_PATH`.

use std::path::{Path, PathBuf};
use std::{env, fs, io, path};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=DUCKDB_LIB_DIR");
    packs(Path::new("kpis"))?;
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
    Ok(())
}

/// Writes a table of every pack's files with their texts, for `src/packs.rs`.
fn packs(root: &Path) -> io::Result<()> {
    println!("cargo:rerun-if-changed={}", root.display());
    let mut table = String::from("&[\n");
    for pack in sorted(root)?.iter().filter(|path| path.is_dir()) {
        println!("cargo:rerun-if-changed={}", pack.display());
        let files = sorted(pack)?;
        for file in files.iter().filter(|path| path.extension().is_some_and(|e| e == "kpi")) {
            let (pack, name) = (name(pack), name(file));
            let text = path::absolute(file)?;
            table += &format!("    ({pack:?}, {name:?}, include_str!({:?})),\n", text.display().to_string());
        }
    }
    table += "]\n";
    let out = env::var_os("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("packs.rs"), table)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    found.sort();
    Ok(found)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
