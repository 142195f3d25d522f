//! Outcome of a message, and the summary of several in a column.

use std::collections::BTreeMap;

use crate::codec::{Refusal, Rewrite};
use crate::json::{Json, parse, try_parse};
use crate::rows;

/// A message of a contract, and what is wrong with it: pointer and keyword, or any keyword if empty.
pub(crate) struct Message {
    pub(crate) contract: &'static str,
    pub(crate) text: String,
    pub(crate) wrong: Vec<(String, String)>,
}

/// Demand of a contract.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Demand {
    /// To be accepted and written back with nothing lost.
    Kept,
    /// To be rejected, with everything named that is wrong.
    Rejected,
}

/// A line of the table.
pub(crate) struct Row {
    pub(crate) what: String,
    pub(crate) demand: Demand,
    /// About the very spelling that codecs are spared in other lines.
    pub(crate) as_it_is: bool,
    pub(crate) messages: Vec<Message>,
}

impl Row {
    /// A line about the Avro contract, which most peers do not read.
    pub(crate) fn is_avro(&self) -> bool {
        self.messages.iter().any(|message| message.contract == crate::corpus::AVRO)
    }
}

/// The messages of a line by verdict.
#[derive(Default)]
pub(crate) struct Counts {
    verdicts: BTreeMap<&'static str, usize>,
    /// Violations in the messages.
    pub(crate) wrong: usize,
    /// Those of them that errors name.
    pub(crate) named: usize,
}

impl Counts {
    /// Messages that became what the contract demands.
    pub(crate) fn good(&self, demand: Demand) -> usize {
        let good = if demand == Demand::Kept { "kept" } else { "rejected" };
        self.verdicts.get(good).copied().unwrap_or_default()
    }
}

/// Returns the outcomes of the messages of a line.
///
/// # Errors
/// The codec does not exist; the text says why.
pub(crate) fn judged(
    row: &Row,
    codec: impl Fn(&str) -> Result<Rewrite, &'static str>,
) -> Result<Counts, &'static str> {
    let mut counts = Counts::default();
    for message in &row.messages {
        let rewrite = match codec(message.contract) {
            Ok(rewrite) => rewrite,
            Err(reason) if reason == crate::peers::NOT_ITS_FORMAT => return Err(reason),
            Err(_) => return Err("does not compile"),
        };
        let Counts { verdicts, wrong, named } = &mut counts;
        let Some(spell) = spelling(message.contract, rewrite) else {
            *verdicts.entry(NOTHING_ACCEPTED).or_default() += 1;
            *wrong += message.wrong.len();
            continue;
        };
        let text = if row.as_it_is { message.text.clone() } else { spell(&message.text) };
        let verdict = match (row.demand, rewrite(&text)) {
            (Demand::Kept, Ok(written)) => kept(&text, &written),
            (Demand::Rejected, Ok(_)) => "accepted",
            (demand, Err(refusal)) => {
                if demand == Demand::Rejected {
                    *named += names(&refusal, &message.wrong);
                }
                "rejected"
            }
        };
        *wrong += message.wrong.len();
        *verdicts.entry(verdict).or_default() += 1;
    }
    Ok(counts)
}

/// Renders the cell of one column.
pub(crate) fn cell(row: &Row, codec: impl Fn(&str) -> Result<Rewrite, &'static str>) -> String {
    let counts = match judged(row, codec) {
        Ok(counts) => counts,
        Err(reason) => return reason.into(),
    };
    let Counts { verdicts, wrong, named } = &counts;
    let mut text = match verdicts.iter().collect::<Vec<_>>().as_slice() {
        [(verdict, _)] => (*verdict).to_string(),
        several => {
            let each = several.iter().map(|(verdict, count)| format!("{count} {verdict}"));
            each.collect::<Vec<_>>().join(", ")
        }
    };
    if row.demand == Demand::Rejected && verdicts.contains_key("rejected") {
        text = format!("{text} ({named} of {wrong} named)");
    }
    let is_good = counts.good(row.demand) == row.messages.len()
        && (row.demand == Demand::Kept || named == wrong);
    if is_good { format!("**{text}**") } else { text }
}

/// A codec that rejects every message of a contract has not distinguished good ones from bad ones.
const NOTHING_ACCEPTED: &str = "rejects every message";

/// Returns the spelling of a message that a codec can read at all, if there is one: some take the cycles
/// of a plan as texts only, some as integers only (trap 2), and all other lines are about something else.
fn spelling(contract: &str, rewrite: Rewrite) -> Option<fn(&str) -> String> {
    let as_integer: fn(&str) -> String = |text| {
        let (short, long) = (r#""number_of_cycles":"12""#, r#""number_of_cycles": "12""#);
        text.replace(short, r#""number_of_cycles":12"#).replace(long, r#""number_of_cycles": 12"#)
    };
    let as_it_is: fn(&str) -> String = str::to_owned;
    let plain = rows::plain(contract).to_text();
    [as_it_is, as_integer].into_iter().find(|spell| rewrite(&spell(&plain)).is_ok())
}

/// Counts the problems that a refusal names. One that names no place names one of them.
pub(crate) fn names(refusal: &Refusal, wrong: &[(String, String)]) -> usize {
    let mut left: Vec<_> = wrong.iter().collect();
    let mut unplaced = 0;
    for complaint in &refusal.complaints {
        let Some((pointer, keyword)) = &complaint.place else {
            unplaced += 1;
            continue;
        };
        let found = left
            .iter()
            .position(|(at, what)| at == pointer && (what.is_empty() || what == keyword));
        if let Some(index) = found {
            left.swap_remove(index);
        }
    }
    wrong.len() - left.len() + unplaced.min(left.len())
}

/// Describes how the written text differs from the sent one.
pub(crate) fn kept(sent: &str, written: &str) -> &'static str {
    let (sent, Ok(written)) = (parse(sent), try_parse(written)) else { return "lost" };
    if sent == written {
        return "kept";
    }
    let mut worst = 0;
    differences(&sent, &written, &mut worst);
    ["kept", "respelt", "added to", "rounded", "lost"][worst]
}

fn differences(sent: &Json, written: &Json, worst: &mut usize) {
    let found = match (sent, written) {
        _ if sent == written => 0,
        (Json::Number(_), Json::Number(_)) if sent.is_equivalent_to(written) => 1,
        (Json::Number(_), Json::Number(_)) => 3,
        // A text of a number is what some write for it.
        (Json::String(_), Json::String(_)) => 1,
        (Json::Array(left), Json::Array(right)) if left.len() == right.len() => {
            left.iter().zip(right).for_each(|(left, right)| differences(left, right, worst));
            0
        }
        (Json::Object(left), Json::Object(right)) => {
            let mut found = 0;
            for (key, value) in left {
                match right.iter().find(|(name, _)| name == key) {
                    Some((_, other)) => differences(value, other, worst),
                    None => found = 4,
                }
            }
            let is_new = |key: &String| !left.iter().any(|(name, _)| name == key);
            if right.iter().any(|(key, _)| is_new(key)) { found.max(2) } else { found }
        }
        _ => 4,
    };
    *worst = (*worst).max(found);
}
