//! The tables, as Markdown.

use std::fmt::Write as _;

use crate::verdict::{Message, Row, cell};
use crate::{avro, avro_rows, breadth, corpus, correlation, documentation, figures, peers, rows};

/// Runs everything and prints what came of it.
#[must_use]
pub fn markdown() -> String {
    let mut out = String::new();
    out.push_str(
        "What became of the same messages. **Bold**: as the contract demands. *Respelt*: another text of \
         the same value, or another text. *Named*: how many of the things that are wrong the error names; \
         who stops at the first one names one. The numbers are those of the traps in `tests/traps`. \
         Peers read the contracts as published, with `serde_json` at its exact setting; typify has its \
         defaults, or a builder, `DateTime<FixedOffset>` and another type of numbers; jsonschema asserts \
         formats, `uuid` included.\n\n",
    );
    json(&mut out);
    out.push_str("\nThe Avro contract:\n\n");
    avro(&mut out);
    out.push_str("\nJSON Schema beyond these contracts, by generated code that reads a valid and an invalid message:\n\n");
    breadth(&mut out);
    out.push_str("\nWhat is generated:\n\n");
    generated(&mut out);
    out
}

/// What a line says of a peer, going by a corpus.
type Fact = fn(&Row, &peers::Peer) -> String;

fn json(out: &mut String) {
    head(out, "", &peers::PEERS.each_ref().map(|peer| peer.name));
    let corpus = corpus::rows();
    let judged = |row: &Row| {
        let cells = peers::PEERS.iter().map(|peer| cell(row, peer.codec)).collect();
        (row.what.clone(), cells)
    };
    let mut lines: Vec<(String, Vec<String>)> = rows::all().iter().map(judged).collect();
    for (what, cells) in documentation::lines() {
        insert(&mut lines, "9 ", what, cells);
    }
    let (what, cells) = correlation::line(&peers::PEERS);
    insert(&mut lines, "20 ", what, cells);
    lines.extend(corpus.iter().map(judged));
    for (what, cells) in &lines {
        line(out, what, cells);
    }
    let facts: [(&str, Fact); 2] =
        [("where an error is said to be", places), ("a value of the message in the error", values)];
    for (what, fact) in facts {
        let cells: Vec<_> = peers::PEERS.iter().map(|peer| fact(&corpus[0], peer)).collect();
        line(out, what, &cells);
    }
}

/// Puts a line before the first one of the next trap.
fn insert(lines: &mut Vec<(String, Vec<String>)>, next: &str, what: &str, cells: Vec<String>) {
    let at = lines.iter().position(|(what, _)| what.starts_with(next)).unwrap_or(lines.len());
    lines.insert(at, (what.to_owned(), cells));
}

/// How errors of the first corpus say where they are.
fn places(row: &Row, peer: &peers::Peer) -> String {
    let (mut pointers, mut lines) = (false, false);
    for message in &row.messages {
        if let Some(refusal) = refused(message, peer) {
            pointers |= refusal
                .complaints
                .iter()
                .any(|it| it.place.as_ref().is_some_and(|(at, _)| !at.is_empty()));
            lines |= refusal.text.contains(" line ") && refusal.text.contains(" column ");
        }
    }
    match (pointers, lines) {
        (true, _) => "JSON pointer".into(),
        (_, true) => "line and column".into(),
        _ => "nowhere".into(),
    }
}

fn refused(message: &Message, peer: &peers::Peer) -> Option<crate::codec::Refusal> {
    (peer.codec)(message.contract).ok()?(&message.text).err()
}

/// Whether a text that stands nowhere but in the message shows up in an error.
fn values(_: &Row, peer: &peers::Peer) -> String {
    const SECRET: &str = "Xantippe-4711";
    let contract = "accrual_incoming";
    let sample = rows::sample(contract);
    let shows = sample.places().iter().any(|(pointer, _)| {
        let text = sample.with(pointer, &format!("\"{SECRET}\""));
        let message = Message { contract, text, wrong: Vec::new() };
        refused(&message, peer).is_some_and(|refusal| refusal.text.contains(SECRET))
    });
    if shows { "shown".into() } else { "**never**".into() }
}

fn avro(out: &mut String) {
    head(out, "", &avro::PEERS.each_ref().map(|peer| peer.name));
    for it in avro_rows::all() {
        line(out, it.what, &it.cells);
    }
}

fn breadth(out: &mut String) {
    head(out, "keyword", &breadth::HEADINGS);
    for (what, cells) in breadth::rows() {
        line(out, &what, &cells);
    }
}

fn generated(out: &mut String) {
    head(out, "", &["lines", "public fields", "documented"]);
    for (what, groups) in [
        ("this crate, Pismo", &["ours_pismo"][..]),
        ("typify, Pismo", &PISMO_TYPIFY),
        ("this crate, Boost", &["ours_boost"]),
        ("rsgen-avro, Boost", &["rsgen_plain"]),
        ("this crate, Specsavers (five messages)", &["ours_specsavers"]),
        ("typify, Specsavers (one message)", &["typify_plain_customer_created"]),
    ] {
        let all = groups.iter().map(|group| figures::of(group));
        let [lines, fields, documented] = all.fold([0; 3], |[lines, fields, documented], it| {
            [lines + it.lines, fields + it.fields, documented + it.documented]
        });
        line(out, what, &[lines, fields, documented].map(|number| number.to_string()));
    }
}

const PISMO_TYPIFY: [&str; 4] = [
    "typify_plain_accrual_incoming",
    "typify_plain_customer_incoming",
    "typify_plain_customer_outgoing",
    "typify_plain_recurring_charge_plan_incoming",
];

fn head(out: &mut String, first: &str, names: &[&str]) {
    line(out, first, &names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
    let _ = writeln!(out, "|---{}|", "|---".repeat(names.len()));
}

fn line(out: &mut String, first: &str, cells: &[String]) {
    let _ = writeln!(out, "| {first} | {} |", cells.join(" | "));
}
