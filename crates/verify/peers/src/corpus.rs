//! The corpus of broken messages (`tests/broken` of the library), written by hand: what is wrong with
//! each is known.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::verdict::{Demand, Message, Row};

#[derive(Deserialize)]
struct Case {
    payload: Option<Box<RawValue>>,
    text: Option<String>,
    pieces: Option<Vec<Piece>>,
    violations: Vec<Expected>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Piece {
    Once(String),
    Repeated { text: String, times: usize },
}

#[derive(Deserialize)]
struct Expected {
    pointer: String,
    kind: String,
}

/// An Avro schema has integers of 32 and 64 bits, and fields are not repeated.
pub(crate) const AVRO: &str = "account_migration_event";

macro_rules! corpus {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../../../tests/broken/", $name, ".json")))),*]
    };
}

/// Violations that this crate reports and no contract forbids: limits of its own, and keys that are repeated,
/// which have lines of their own.
const NOT_OF_THE_CONTRACT: [&str; 4] = ["depth", "duplicateKey", "precision", "range"];

/// One line for each contract.
pub(crate) fn rows() -> Vec<Row> {
    let all = corpus! {
        "accrual_incoming" "customer_incoming" "customer_outgoing"
        "recurring_charge_plan_incoming" "customer_created" "account_migration_event"
    };
    all.map(|(contract, text)| row(contract, text)).into()
}

fn row(contract: &'static str, text: &str) -> Row {
    let cases: Vec<Case> = serde_json::from_str(text).expect("a corpus");
    let is_ours =
        |it: &Expected| contract != AVRO && NOT_OF_THE_CONTRACT.contains(&it.kind.as_str());
    let cases = cases.into_iter().filter(|case| !case.violations.iter().any(is_ours));
    let messages: Vec<_> = cases.map(|case| message(contract, case)).collect();
    let what = format!("{} broken messages of `{contract}`", messages.len());
    Row { what, demand: Demand::Rejected, as_it_is: false, messages }
}

fn message(contract: &'static str, case: Case) -> Message {
    let text = match (case.payload, case.text, case.pieces) {
        (Some(payload), ..) => payload.get().to_owned(),
        (_, Some(text), _) => text,
        (.., pieces) => pieces
            .unwrap_or_default()
            .into_iter()
            .map(|piece| match piece {
                Piece::Once(text) => text,
                Piece::Repeated { text, times } => text.repeat(times),
            })
            .collect(),
    };
    let wrong = case.violations.into_iter().map(|it| (it.pointer, it.kind)).collect();
    Message { contract, text, wrong }
}
