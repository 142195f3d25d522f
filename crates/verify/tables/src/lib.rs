//! The generated sections of the README and of `docs/`, and the chart beside them.
//!
//! The sources are committed: `benches/peers.json` (what other generators and codecs do with the same
//! messages), `ratios.json`, `memory.json`, `build_cost.json`, and the mirror of generated code. So a table is
//! checked without building what it compares. No cell of a table is written by hand.

#![forbid(unsafe_code)]

mod build_cost;
mod corpus;
mod generated;
mod peers;
mod ratios;
mod section;
mod summary;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// Errors of files that cannot be read or do not have the expected form.
pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

fn read(file: &str) -> Result<String> {
    Ok(fs::read_to_string(root().join(file)).map_err(|error| format!("{file}: {error}"))?)
}

fn parse<T: serde::de::DeserializeOwned>(file: &str) -> Result<T> {
    Ok(serde_json::from_str(&read(file)?).map_err(|error| format!("{file}: {error}"))?)
}

/// Renders a section.
type Render = fn() -> Result<String>;

/// Each generated section: the file, the name in its markers, and what renders it.
const SECTIONS: [(&str, &str, Render); 10] = [
    ("README.md", "summary", summary::markdown),
    ("docs/compare.md", "json", || peers::table("json")),
    ("docs/compare.md", "avro", || peers::table("avro")),
    ("docs/compare.md", "keywords", || peers::table("keywords")),
    ("docs/compare.md", "generated", generated::markdown),
    ("docs/performance.md", "time", ratios::time),
    ("docs/performance.md", "growth", ratios::growth),
    ("docs/performance.md", "memory", ratios::memory),
    ("docs/performance.md", "build-cost", build_cost::markdown),
    ("benches/ratios.svg", "", ratios::chart),
];

/// A file as it is and as it should be.
#[derive(Debug)]
pub struct Page {
    /// Path below the repository's root.
    pub file: &'static str,
    /// The committed text.
    pub committed: String,
    /// The text with all sections rendered again.
    pub rendered: String,
}

/// Every file with generated sections.
///
/// # Errors
/// A file cannot be read, or a marker is missing.
pub fn pages() -> Result<Vec<Page>> {
    let mut pages: Vec<Page> = Vec::new();
    for (file, name, render) in SECTIONS {
        if pages.last().is_none_or(|page| page.file != file) {
            let committed = read(file)?;
            pages.push(Page { file, rendered: committed.clone(), committed });
        }
        let page = pages.last_mut().ok_or("no page")?;
        page.rendered = match name {
            "" => render()?,
            name => section::replaced(&page.rendered, name, &render()?)
                .ok_or_else(|| format!("{file}: no markers `{name}`"))?,
        };
    }
    Ok(pages)
}

/// Writes the pages that have changed.
///
/// # Errors
/// As [`pages`]; a file cannot be written.
pub fn write() -> Result<()> {
    for page in pages()?.iter().filter(|page| page.rendered != page.committed) {
        println!("{}", page.file);
        fs::write(root().join(page.file), &page.rendered)?;
    }
    Ok(())
}

pub use corpus::{claimed, counted};
