//! What the benchmarks `evidence` and `memory` measured, as tables and as a chart.

use std::error::Error;
use std::fmt::Write as _;

use serde::Deserialize;

/// A line of `benches/ratios.json` or `benches/memory.json`.
#[derive(Debug, Deserialize)]
struct Ratio {
    group: String,
    name: String,
    against: String,
    /// What it costs this crate, divided by what it costs the peer.
    ratio: f64,
    /// Distance of the quartiles of the ratio, as a part of it.
    spread: f64,
}

/// A wider spread says more about the machine than about the code.
const NOISY: f64 = 0.2;

fn read(file: &str) -> Result<Vec<Ratio>, Box<dyn Error>> {
    let path = format!("{}/../../../benches/{file}", env!("CARGO_MANIFEST_DIR"));
    Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?)
}

const DECODERS: &[&str] = &["structs by hand", "typify", "Value + jsonschema + structs"];
const REJECTERS: &[&str] = &["Value + iter_errors"];

/// The ratios as Markdown.
///
/// # Errors
/// The files cannot be read.
pub fn markdown() -> Result<String, Box<dyn Error>> {
    let ratios = read("ratios.json")?;
    let mut out = String::from(
        "![Time of this crate divided by that of its peers](benches/ratios.svg)\n\n\
         Time of this crate divided by that of the peer, both in one program and measured in turns; below 1, \
         this crate is faster. Decoding by this crate validates; structs by hand and typify check \
         less. *Noisy*: the quartiles are more than a fifth of the ratio apart.\n",
    );
    for (group, columns) in [
        ("decode", DECODERS),
        ("encode", &["structs by hand", "typify", "Value"]),
        ("reject", REJECTERS),
        ("avro", &["serde_avro_fast", "apache-avro"]),
        ("stream", &["structs by hand", "one by one"]),
    ] {
        table(&mut out, group, columns, &ratios);
    }
    out.push_str(
        "\nGrowth: the time for a message of a size, divided by the time for ten messages of a tenth of it. \
         Above 1 by much would mean that something grows faster than the message.\n",
    );
    table(&mut out, "growth", &["ten times a tenth of it"], &ratios);
    let mut memory = read("memory.json")?;
    memory.retain(|it| !is_size(it));
    out.push_str(
        "\nMemory: how often this crate allocates for a message divided by how often the peer does, and the \
         same of the most bytes that are held at once. Amounts are decimals of 16 bytes here and floating point \
         numbers of 8 there.\n",
    );
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

/// Whether it stands in a series of sizes, of which one says enough about the others.
fn is_size(it: &Ratio) -> bool {
    let is_series =
        (it.name.ends_with(" accruals") || it.name == "1 accrual") && !it.group.ends_with("reject");
    is_series && it.name != "1000 accruals"
}

/// A line for each input, a column for each peer.
fn table(out: &mut String, group: &str, columns: &[&str], ratios: &[Ratio]) {
    let _ = writeln!(out, "\n| {group} | {} |", columns.join(" | "));
    let _ = writeln!(out, "|---{}|", "|---:".repeat(columns.len()));
    let of_group: Vec<_> = ratios.iter().filter(|it| it.group == group).collect();
    let mut names: Vec<&str> = of_group.iter().map(|it| it.name.as_str()).collect();
    names.dedup();
    for name in names {
        let cells: Vec<_> = columns
            .iter()
            .map(|column| {
                let found = of_group.iter().find(|it| it.name == name && it.against == *column);
                found.map_or_else(String::new, |it| {
                    let noisy = if it.spread > NOISY { " (noisy)" } else { "" };
                    let ratio = it.ratio;
                    if ratio < 0.005 { "< 0.01".into() } else { format!("{ratio:.2}{noisy}") }
                })
            })
            .collect();
        let _ = writeln!(out, "| {name} | {} |", cells.join(" | "));
    }
}

const LINE: f64 = 18.0;
const LEFT: f64 = 390.0;
/// Pixels of the ratio 1.
const ONE: f64 = 260.0;
/// A longer bar is cut.
const LONGEST: f64 = 1.9;

/// The ratios as bars.
///
/// # Errors
/// `benches/ratios.json` cannot be read.
pub fn chart() -> Result<String, Box<dyn Error>> {
    let ratios = read("ratios.json")?;
    let shown: Vec<_> = ratios.iter().filter(|it| it.group != "growth" && !is_size(it)).collect();
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
