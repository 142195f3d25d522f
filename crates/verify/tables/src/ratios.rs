//! The figures of the benchmarks `evidence` and `memory`, as tables and as a chart.

use std::fmt::Write as _;

use serde::Deserialize;

use crate::{Result, parse};

/// A line of `benches/ratios.json` or `benches/memory.json`.
#[derive(Debug, Deserialize)]
struct Ratio {
    group: String,
    name: String,
    against: String,
    /// The cost for this crate, divided by the cost for the peer.
    ratio: f64,
    /// Distance of the quartiles of the ratio, as a part of it.
    spread: f64,
}

/// A wider spread says more about the machine than about the code.
const NOISY: f64 = 0.2;

const DECODERS: &[&str] = &["structs by hand", "typify", "Value + jsonschema + structs"];
const REJECTERS: &[&str] = &["Value + iter_errors"];

/// Times, a table for each kind of work.
pub(crate) fn time() -> Result<String> {
    let ratios: Vec<Ratio> = parse("benches/ratios.json")?;
    let mut out = String::new();
    for (group, columns) in [
        ("decode", DECODERS),
        ("encode", &["structs by hand", "typify", "Value"]),
        ("reject", REJECTERS),
        ("avro", &["serde_avro_fast", "apache-avro"]),
        ("stream", &["structs by hand", "one by one"]),
    ] {
        table(&mut out, group, columns, &ratios);
    }
    Ok(out)
}

/// Times of growing messages.
pub(crate) fn growth() -> Result<String> {
    let mut out = String::new();
    table(
        &mut out,
        "growth",
        &["ten times a tenth of it"],
        &parse::<Vec<Ratio>>("benches/ratios.json")?,
    );
    Ok(out)
}

/// Allocations and bytes.
pub(crate) fn memory() -> Result<String> {
    let mut memory: Vec<Ratio> = parse("benches/memory.json")?;
    memory.retain(|it| !is_size(it));
    let mut out = String::new();
    for (group, columns) in [
        ("allocations, decode", DECODERS),
        ("peak memory, decode", DECODERS),
        ("allocations, reject", REJECTERS),
        ("peak memory, reject", REJECTERS),
    ] {
        table(&mut out, group, columns, &memory);
    }
    Ok(out)
}

/// The geometric mean over the sample messages. Noisy ratios say nothing and are left out.
pub(crate) fn mean(group: &str, against: &str) -> Result<f64> {
    let ratios: Vec<Ratio> = parse("benches/ratios.json")?;
    let is_series = |it: &Ratio| it.name.ends_with(" accruals") || it.name == "1 accrual";
    let chosen: Vec<_> = ratios
        .iter()
        .filter(|it| it.group == group && it.against == against && !is_series(it))
        .filter(|it| it.spread <= NOISY)
        .collect();
    if chosen.is_empty() {
        return Err(format!("no ratio of {group} against {against}").into());
    }
    let sum: f64 = chosen.iter().map(|it| it.ratio.ln()).sum();
    Ok((sum / chosen.len() as f64).exp())
}

/// Part of a series of sizes, of which one size represents the others.
fn is_size(it: &Ratio) -> bool {
    let is_series =
        (it.name.ends_with(" accruals") || it.name == "1 accrual") && !it.group.ends_with("reject");
    is_series && it.name != "1000 accruals"
}

/// A line for each input, a column for each peer.
fn table(out: &mut String, group: &str, columns: &[&str], ratios: &[Ratio]) {
    if !out.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(out, "| {group} | {} |", columns.join(" | "));
    let _ = writeln!(out, "|---{}|", "|---:".repeat(columns.len()));
    let of_group: Vec<_> = ratios.iter().filter(|it| it.group == group).collect();
    let mut names: Vec<&str> = of_group.iter().map(|it| it.name.as_str()).collect();
    names.dedup();
    for name in names {
        let cells: Vec<_> = columns
            .iter()
            .map(|column| {
                let found = of_group.iter().find(|it| it.name == name && it.against == *column);
                found.map_or_else(String::new, |it| cell(it))
            })
            .collect();
        let _ = writeln!(out, "| {name} | {} |", cells.join(" | "));
    }
}

/// A ratio, unless it is noise.
fn cell(it: &Ratio) -> String {
    let (ratio, spread) = (it.ratio, it.spread);
    if spread > NOISY {
        "noisy".into()
    } else if spread > 0.0 && (ratio - 1.0).abs() <= spread {
        "≈ 1".into()
    } else if ratio < 0.005 {
        "< 0.01".into()
    } else {
        format!("{ratio:.2}")
    }
}

const LINE: f64 = 18.0;
const LEFT: f64 = 390.0;
/// Pixels of the ratio 1.
const ONE: f64 = 260.0;
/// A longer bar is cut.
const LONGEST: f64 = 1.9;

/// The ratios as bars.
pub(crate) fn chart() -> Result<String> {
    let ratios: Vec<Ratio> = parse("benches/ratios.json")?;
    let shown: Vec<_> = ratios
        .iter()
        .filter(|it| it.group != "growth" && it.spread <= NOISY && !is_size(it))
        .collect();
    let height = LINE * (shown.len() as f64 + 3.0);
    let width = LEFT + ONE * LONGEST + 60.0;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n\
         <text x=\"8\" y=\"16\" font-weight=\"bold\">Time of this crate / time of the peer</text>\n"
    );
    for (index, it) in shown.iter().enumerate() {
        let y = LINE * (index as f64 + 2.0);
        let length = ONE * it.ratio.min(LONGEST);
        let colour = if it.ratio <= 1.0 { "#2c7fb8" } else { "#d95f0e" };
        let (text, bar) = (y + 12.0, y + 2.0);
        let end = LEFT + length + 6.0;
        let _ = writeln!(
            out,
            "<text x=\"8\" y=\"{text:.0}\">{}: {} / {}</text>\
             <rect x=\"{LEFT}\" y=\"{bar:.0}\" width=\"{length:.1}\" height=\"13\" fill=\"{colour}\"/>\
             <text x=\"{end:.1}\" y=\"{text:.0}\">{:.2}</text>",
            it.group, it.name, it.against, it.ratio
        );
    }
    let (one, top, bottom) = (LEFT + ONE, LINE * 1.5, height - LINE * 0.5);
    let _ = writeln!(
        out,
        "<line x1=\"{one}\" y1=\"{top}\" x2=\"{one}\" y2=\"{bottom}\" stroke=\"#333333\" stroke-dasharray=\"4 3\"/>\n</svg>"
    );
    Ok(out)
}
