//! Tables of `benches/peers.json`.

use std::collections::HashMap;
use std::fmt::Write as _;

use serde::Deserialize;

use crate::Result;

/// A table: headings, and lines of as many cells.
#[derive(Deserialize)]
pub(crate) struct Table {
    pub(crate) columns: Vec<String>,
    pub(crate) lines: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn markdown(&self) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "| {} |", self.columns.join(" | "));
        let _ = writeln!(out, "|{}", "---|".repeat(self.columns.len()));
        for line in &self.lines {
            let _ = writeln!(out, "| {} |", line.join(" | "));
        }
        out
    }
}

/// The table of a name.
pub(crate) fn named(name: &str) -> Result<Table> {
    let mut tables: HashMap<String, Table> = crate::parse("benches/peers.json")?;
    Ok(tables.remove(name).ok_or_else(|| format!("benches/peers.json has no table `{name}`"))?)
}

/// The table of a name as Markdown.
pub(crate) fn table(name: &str) -> Result<String> {
    Ok(named(name)?.markdown())
}
