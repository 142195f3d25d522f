//! The tables, as JSON: `benches/peers.json`.

use serde_json::json;

use crate::verdict::{Demand, Message, Row, cell, judged};
use crate::{avro, avro_rows, breadth, corpus, correlation, documentation, figures, peers, rows};

/// A table: its name, headings, and lines of as many cells as there are headings.
struct Table {
    name: &'static str,
    columns: Vec<String>,
    lines: Vec<Vec<String>>,
}

impl Table {
    fn new(name: &'static str, first: &str, columns: &[&str]) -> Self {
        let columns = [first].iter().chain(columns).map(|it| (*it).to_owned()).collect();
        Self { name, columns, lines: Vec::new() }
    }

    fn line(&mut self, first: &str, cells: &[String]) {
        self.lines.push([&[first.to_owned()], cells].concat());
    }
}

/// Runs everything; one line of text for each line of a table.
#[must_use]
pub fn text() -> String {
    let tables = [summary(), json(), avro(), breadth(), generated()].map(|it| {
        let Table { name, columns, lines } = it;
        let lines: Vec<_> =
            lines.into_iter().map(|line| format!("      {}", json!(line))).collect();
        let (columns, lines) = (json!(columns), lines.join(",\n"));
        format!(
            "  {:?}: {{\n    \"columns\": {columns},\n    \"lines\": [\n{lines}\n    ]\n  }}",
            name
        )
    });
    format!("{{\n{}\n}}\n", tables.join(",\n"))
}

/// All messages of JSON contracts, for the peers that the README names.
fn summary() -> Table {
    let peers = [0, 1, 2, 5].map(|index| &peers::PEERS[index]);
    let mut table = Table::new("summary", "", &peers.map(|peer| peer.name));
    let corpus: Vec<_> = corpus::rows().into_iter().filter(|row| !row.is_avro()).collect();
    let rows: Vec<_> = rows::all().into_iter().chain(corpus).collect();
    let of = |demand, all: fn(&Row, &crate::verdict::Counts) -> (usize, usize)| {
        peers.map(|peer| {
            let (mut good, mut total) = (0, 0);
            for row in rows.iter().filter(|row| row.demand == demand) {
                let counts = judged(row, peer.codec).expect("a codec of JSON");
                let (some, of) = all(row, &counts);
                (good, total) = (good + some, total + of);
            }
            share(good, total)
        })
    };
    let messages =
        |row: &Row, counts: &crate::verdict::Counts| (counts.good(row.demand), row.messages.len());
    table.line("allowed messages written back token by token", &of(Demand::Kept, messages));
    table.line("forbidden messages rejected", &of(Demand::Rejected, messages));
    let named = |_: &Row, counts: &crate::verdict::Counts| (counts.named, counts.wrong);
    table.line("violations named in the rejections", &of(Demand::Rejected, named));
    let first = corpus::rows().swap_remove(0);
    table.line("where an error is said to be", &peers.map(|peer| places(&first, peer)));
    table.line("a value of the message in an error", &peers.map(values));
    let keywords = breadth::rows();
    let checked = |column: usize| {
        let good = keywords.iter().filter(|(_, cells)| cells[column].starts_with("**")).count();
        share(good, keywords.len())
    };
    let cells = [checked(0), peers::NOT_ITS_FORMAT.to_owned(), checked(1), checked(2)];
    table.line("JSON Schema keywords checked", &cells);
    table
}

fn share(good: usize, all: usize) -> String {
    let text = format!("{good} of {all}");
    if good == all { format!("**{text}**") } else { text }
}

fn json() -> Table {
    let mut table = Table::new("json", "", &peers::PEERS.each_ref().map(|peer| peer.name));
    let corpus = corpus::rows();
    let verdicts = |row: &Row| {
        let cells = peers::PEERS.iter().map(|peer| cell(row, peer.codec)).collect();
        (row.what.clone(), cells)
    };
    let mut lines: Vec<(String, Vec<String>)> = rows::all().iter().map(verdicts).collect();
    for (what, cells) in documentation::lines() {
        insert(&mut lines, "9 ", what, cells);
    }
    let (what, cells) = correlation::line(&peers::PEERS);
    insert(&mut lines, "20 ", what, cells);
    lines.extend(corpus.iter().map(verdicts));
    for (what, cells) in &lines {
        table.line(what, cells);
    }
    table
}

/// Puts a line before the first one of the next trap.
fn insert(lines: &mut Vec<(String, Vec<String>)>, next: &str, what: &str, cells: Vec<String>) {
    let at = lines.iter().position(|(what, _)| what.starts_with(next)).unwrap_or(lines.len());
    lines.insert(at, (what.to_owned(), cells));
}

/// Describes how errors of the first corpus locate the problem.
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

/// Describes how a text that stands nowhere but in the message shows up in errors.
fn values(peer: &peers::Peer) -> String {
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

fn avro() -> Table {
    let mut table = Table::new("avro", "", &avro::PEERS.each_ref().map(|peer| peer.name));
    for it in avro_rows::all() {
        table.line(it.what, &it.cells);
    }
    table
}

fn breadth() -> Table {
    let mut table = Table::new("keywords", "keyword", &breadth::HEADINGS);
    for (what, cells) in breadth::rows() {
        table.line(&what, &cells);
    }
    table
}

/// Size of the code that the peers generate; this project's own is counted where it is committed.
fn generated() -> Table {
    let mut table = Table::new("generated", "", &["lines", "public fields", "documented"]);
    for (what, groups) in [
        ("typify, Pismo", &PISMO_TYPIFY[..]),
        ("rsgen-avro, Boost", &["rsgen_plain"]),
        ("typify, Specsavers (one message)", &["typify_plain_customer_created"]),
    ] {
        let all = groups.iter().map(|group| figures::of(group));
        let [lines, fields, documented] = all.fold([0; 3], |[lines, fields, documented], it| {
            [lines + it.lines, fields + it.fields, documented + it.documented]
        });
        table.line(what, &[lines, fields, documented].map(|number| number.to_string()));
    }
    table
}

const PISMO_TYPIFY: [&str; 4] = [
    "typify_plain_accrual_incoming",
    "typify_plain_customer_incoming",
    "typify_plain_customer_outgoing",
    "typify_plain_recurring_charge_plan_incoming",
];
