//! Where the product and the oracle differ on purpose.

use std::collections::BTreeSet;

use migration_events::Decoder;

use crate::contracts::Side;
use crate::oracle::{Complaint, Raw};
use crate::places::{self, Applied};
use migration_events_support::json::{Document, Json, parse};
use migration_events_support::number;

/// A documented difference: what is expected of the product where the oracle says otherwise.
pub struct Disagreement {
    /// Its name.
    pub name: &'static str,
    /// Why it is intended.
    pub reason: &'static str,
    /// Recognises the messages that it is about, and says so; turns what the oracle found into what
    /// is expected there.
    pub apply: fn(&Evidence<'_>, &mut Expectation) -> bool,
    /// Contract and message of an example.
    pub example: fn() -> (&'static str, Vec<u8>),
}

/// Evidence that identifies a disagreement. The product's answer is not part of it.
pub struct Evidence<'a> {
    /// The contract.
    pub side: &'a Side,
    /// The message.
    pub message: &'a [u8],
    /// The content of the message.
    pub document: &'a Document,
}

/// Expected answer of the product.
#[derive(Debug, Clone, Default)]
pub struct Expectation {
    /// The findings of the oracle.
    pub oracle: BTreeSet<Raw>,
    /// Further findings that the product must report.
    pub also: BTreeSet<Complaint>,
    /// The product need not go on to all that the oracle found.
    pub stops_early: bool,
    /// The oracle was not asked about all of the document.
    pub more_is_possible: bool,
}

impl Expectation {
    /// Returns whether the message must be accepted.
    #[must_use]
    pub fn accepts(&self) -> bool {
        self.oracle.is_empty() && self.also.is_empty() && !self.more_is_possible
    }

    /// All that is known to be wrong.
    #[must_use]
    pub fn complaints(&self) -> BTreeSet<&Complaint> {
        self.oracle.iter().map(|raw| &raw.complaint).chain(&self.also).collect()
    }

    /// Returns the complaints that a rejection lacks.
    #[must_use]
    pub fn missing_from<'e>(&'e self, found: &BTreeSet<Complaint>) -> Vec<&'e Complaint> {
        let must = |complaint: &&Complaint| !self.stops_early || self.also.contains(*complaint);
        let missing = self.complaints().into_iter().filter(|one| !found.contains(*one));
        missing.filter(must).collect()
    }

    /// Returns the complaints that a rejection must not contain.
    #[must_use]
    pub fn surplus_in<'f>(&self, found: &'f BTreeSet<Complaint>) -> Vec<&'f Complaint> {
        let all = self.complaints();
        let surplus = |complaint: &&Complaint| !self.more_is_possible && !all.contains(*complaint);
        found.iter().filter(surplus).collect()
    }
}

/// All of them, in the order in which they are applied.
pub const DISAGREEMENTS: &[Disagreement] = &[
    Disagreement {
        name: "size",
        reason: "a message beyond 16 MiB is rejected before it is looked at, so that its cost is bounded",
        apply: size,
        example: || {
            let mut message = parse(OUTCOME).to_text().into_bytes();
            message.resize(Decoder::DEFAULT_MAX_BYTES + 1, b' ');
            ("customer_outgoing", message)
        },
    },
    Disagreement {
        name: "repeated keys",
        reason: "two parsers that take different members of one object for the value disagree about \
                 the message; the oracle only ever sees one of them",
        apply: repeated_keys,
        example: || {
            let message = r#"{"entity":{"migration":{"id":1,"account_id":"a",
                "id":"i","version_date":"2023-10-03T17:25:45Z","x":{"y":1,"y":1}}}}"#;
            ("customer_incoming", message.into())
        },
    },
    Disagreement {
        name: "branches",
        reason: "where the JSON type leaves one branch of `anyOf` or `oneOf`, what is wrong inside of it \
                 is of more use than that no branch fits; the oracle stops at the keyword",
        apply: branches,
        example: || {
            let item = r#"{"type":"IOF","amount":"1","interest_rate":0}"#;
            ("accrual_incoming", accrual("[]", &format!("[{item}]")))
        },
    },
    Disagreement {
        name: "large integers",
        reason: "an integer is held by `i64`; JSON Schema sets no limit",
        apply: large_integers,
        example: || {
            let message = OUTCOME.replace("\"account_id\":1", "\"account_id\":9223372036854775808");
            ("customer_outgoing", message.into())
        },
    },
    Disagreement {
        name: "long numbers",
        reason: "a number is held by a decimal of 96 bits and 28 places and is never rounded; JSON \
                 Schema sets no limit",
        apply: long_numbers,
        example: || {
            let digits = "0.00000000000000000000000000001";
            let item = format!(r#"{{"type":"IOF","amount":{digits},"interest_rate":0}}"#);
            ("accrual_incoming", accrual("[]", &format!("[{item}]")))
        },
    },
    Disagreement {
        name: "signs as digits",
        reason: "RFC 3339 §5.6 has digits where the oracle's check of `date` and `date-time` also \
                 takes one of `*+,-./`",
        apply: signs_as_digits,
        example: || {
            let message = OUTCOME.replace("2021-08-11T", "202/-08-11T");
            ("customer_outgoing", message.into())
        },
    },
    Disagreement {
        name: "depth",
        reason: "opening 128 arrays or objects inside of each other is rejected, as in serde_json, so \
                 that no recursion is unbounded; the rest of the message is not looked at",
        apply: depth,
        example: || {
            let deep = "[".repeat(126) + &"]".repeat(126);
            ("accrual_incoming", accrual(&deep, "[]"))
        },
    },
];

const OUTCOME: &str = r#"{"code":"c","message":"m","status":"FAIL","entity":{"account_id":1,"customer_id":2},"migration":{"id":"i","account_id":"a","version_date":"2021-08-11T11:25:00.000Z"}}"#;

/// An accrual with these `entity.extra` and `entity.accruals`.
fn accrual(extra: &str, accruals: &str) -> Vec<u8> {
    let sample = include_str!("../../../../schemas/pismo/samples/accrual_incoming-1.json");
    let mut tree = parse(sample);
    if let Json::Object(root) = &mut tree
        && let Some((_, Json::Object(entity))) = root.iter_mut().find(|(key, _)| key == "entity")
    {
        entity.retain(|(key, _)| key != "accruals");
        entity.push(("accruals".into(), parse(accruals)));
        entity.push(("extra".into(), parse(extra)));
    }
    tree.to_text().into_bytes()
}

fn complaint(instance: &str, schema: String, keyword: &str, property: &str) -> Complaint {
    Complaint {
        instance: instance.to_owned(),
        schema,
        keyword: keyword.to_owned(),
        property: property.to_owned(),
    }
}

fn size(evidence: &Evidence<'_>, expected: &mut Expectation) -> bool {
    let beyond = evidence.message.len() > Decoder::DEFAULT_MAX_BYTES;
    if beyond {
        *expected = Expectation::default();
        expected.also.insert(complaint("", String::new(), "size", ""));
    }
    beyond
}

/// Maximum number of trees that are put to the oracle.
const MOST_READINGS: usize = 64;

fn repeated_keys(evidence: &Evidence<'_>, expected: &mut Expectation) -> bool {
    let Document::Json(tree) = evidence.document else { return false };
    if !tree.repeats_keys() || is_too_long(evidence) {
        return false;
    }
    match tree.readings(MOST_READINGS) {
        Some(readings) => {
            let found = readings.iter().map(|reading| evidence.side.oracle.complaints(reading));
            expected.oracle = found.flatten().collect();
        }
        None => (expected.more_is_possible, expected.stops_early) = (true, true),
    }
    tree.visit(&mut |pointer, value| {
        if let Json::Object(members) = value {
            let mut keys = BTreeSet::new();
            for (key, _) in members {
                if !keys.insert(key) {
                    let repeated = complaint(pointer, String::new(), "duplicateKey", key);
                    expected.also.insert(repeated);
                }
            }
        }
    });
    true
}

fn branches(_: &Evidence<'_>, expected: &mut Expectation) -> bool {
    /// Returns the errors of the only branch that allows the value's type.
    fn only(raw: &Raw) -> Option<&Vec<Raw>> {
        let at = &raw.complaint.instance;
        let of_other_type = |branch: &Vec<Raw>| {
            let is = |raw: &Raw| raw.complaint.keyword == "type" && raw.complaint.instance == *at;
            branch.iter().any(is)
        };
        let mut left = raw.branches.iter().filter(|branch| !of_other_type(branch));
        match (raw.branches.as_slice(), left.next(), left.next()) {
            ([only], ..) => Some(only),
            (_, Some(only), None) => Some(only),
            _ => None,
        }
    }
    fn replace(raw: Raw, into: &mut BTreeSet<Raw>) -> bool {
        let Some(inside) = only(&raw) else {
            into.insert(raw);
            return false;
        };
        for raw in inside.clone() {
            replace(raw, into);
        }
        true
    }
    let mut applied = false;
    for raw in std::mem::take(&mut expected.oracle) {
        applied |= replace(raw, &mut expected.oracle);
    }
    applied
}

fn large_integers(evidence: &Evidence<'_>, expected: &mut Expectation) -> bool {
    let large = |tree: &Json| match tree {
        Json::Number(text) => number::is_integer(text) && number::small_integer(text).is_none(),
        _ => false,
    };
    wherever(evidence, expected, "range", large, |schema| {
        let types = places::types(schema)?;
        (types.contains(&"integer") && !types.contains(&"number")).then_some("type")
    })
}

fn long_numbers(evidence: &Evidence<'_>, expected: &mut Expectation) -> bool {
    let long = |tree: &Json| matches!(tree, Json::Number(text) if !number::fits_decimal(text));
    wherever(evidence, expected, "precision", long, |schema| {
        places::types(schema)?.contains(&"number").then_some("type")
    })
}

fn signs_as_digits(evidence: &Evidence<'_>, expected: &mut Expectation) -> bool {
    const DATE: &[usize] = &[0, 1, 2, 3, 5, 6, 8, 9];
    const TIME: &[usize] = &[11, 12, 14, 15, 17, 18];
    fn is_sign(byte: u8) -> bool {
        (b'*'..=b'/').contains(&byte)
    }
    let sign_among = |text: &[u8], places: &[usize]| {
        places.iter().any(|&place| text.get(place).is_some_and(|byte| is_sign(*byte)))
    };
    let bent = |tree: &Json| {
        let Json::String(text) = tree else { return false };
        let text = text.as_bytes();
        let Some(offset) = text.len().checked_sub(5) else { return false };
        let date = matches!(text, [_, _, _, _, b'-', _, _, b'-', _, _, ..]);
        // A date has no more; the offset is digits, unless it is `Z` and this is the time.
        let numeric = text.len() >= 25 && matches!(text[offset - 1], b'+' | b'-');
        date && (sign_among(text, DATE)
            || sign_among(text, TIME)
            || numeric && sign_among(text, &[offset, offset + 1, offset + 3, offset + 4]))
    };
    wherever(evidence, expected, "format", bent, |schema| {
        matches!(schema.get("format")?.as_str(), Some("date" | "date-time")).then_some("format")
    })
}

/// Adds a complaint about each wanted value that has a schema for which `place` names a keyword. Returns
/// true if the oracle lacks one of them.
fn wherever(
    evidence: &Evidence<'_>,
    expected: &mut Expectation,
    keyword: &str,
    wanted: impl Fn(&Json) -> bool,
    place: impl Fn(&serde_json::Value) -> Option<&'static str>,
) -> bool {
    let Document::Json(tree) = evidence.document else { return false };
    if is_too_long(evidence) || !tree.any(&wanted) {
        return false;
    }
    let mut applied = false;
    places::visit(&evidence.side.schema, tree, &mut |pointer, value, schemas| {
        for schema in schemas.iter().filter(|_| wanted(value)) {
            if let Some(place) = place(schema.schema) {
                let complaint =
                    complaint(pointer, format!("{}/{place}", schema.pointer), keyword, "");
                let raw = Raw { complaint: complaint.clone(), branches: Vec::new() };
                applied |= !expected.oracle.contains(&raw) && expected.also.insert(complaint);
            }
        }
    });
    applied
}

fn depth(evidence: &Evidence<'_>, expected: &mut Expectation) -> bool {
    let Document::Json(tree) = evidence.document else { return false };
    if tree.depth() <= Decoder::DEFAULT_MAX_DEPTH || is_too_long(evidence) {
        return false;
    }
    // Pointer of the surplus bracket, or of its outermost ancestor that the contract leaves unconstrained.
    let (mut silent, mut first) = (None::<String>, None);
    places::visit(&evidence.side.schema, tree, &mut |pointer, value, schemas| {
        if first.is_some() {
            return;
        }
        let inside = |outer: &String| {
            pointer.strip_prefix(outer.as_str()).is_some_and(|rest| rest.starts_with('/'))
        };
        if !silent.as_ref().is_some_and(inside) {
            silent = schemas.iter().all(asserts_nothing).then(|| pointer.to_owned());
        }
        let level = 1 + pointer.matches('/').count();
        if value.is_container() && level == Decoder::DEFAULT_MAX_DEPTH + 1 {
            first = Some(silent.clone().unwrap_or_else(|| pointer.to_owned()));
        }
    });
    let before = std::mem::take(&mut expected.also);
    expected
        .oracle
        .extend(before.into_iter().map(|complaint| Raw { complaint, branches: Vec::new() }));
    expected.also.extend(first.map(|at| complaint(&at, String::new(), "depth", "")));
    expected.stops_early = true;
    true
}

/// Returns whether a schema has annotations only.
fn asserts_nothing(applied: &Applied<'_>) -> bool {
    const ANNOTATIONS: &[&str] = &["title", "description", "examples", "default"];
    let describes = |keyword: &String| ANNOTATIONS.contains(&keyword.as_str());
    applied.schema.as_object().is_none_or(|schema| schema.keys().all(describes))
}

fn is_too_long(evidence: &Evidence<'_>) -> bool {
    evidence.message.len() > Decoder::DEFAULT_MAX_BYTES
}
