//! Damaged, oversized and malicious messages: they are accepted or rejected, never worse.
#![cfg(any(feature = "boost", feature = "pismo-core", feature = "specsavers"))]

mod common;

use common::contracts::{self, Contract};
use common::json::{self, Json};
use migration_events::validate::ViolationKind;
use migration_events::{Decoder, Rejection, Violation};

const MAX_VIOLATIONS: usize = Decoder::DEFAULT_MAX_VIOLATIONS;

/// Decodes a message. Whatever happens, the result holds together.
fn outcome(contract: &Contract, message: &[u8]) -> Result<String, Rejection> {
    let result = (contract.rewrite)(message);
    match &result {
        // What was accepted is written back with the same meaning.
        Ok(written) => {
            let text = str::from_utf8(message).expect("what is accepted is UTF-8");
            let same = json::parse(text).is_equivalent_to(&json::parse(written));
            assert!(same, "{}: {text}\ncame back as {written}", contract.name);
        }
        Err(rejection) => {
            assert!(!rejection.violations().is_empty(), "{}: no violation", contract.name);
            assert!(rejection.violations().len() <= MAX_VIOLATIONS);
            // What one parser calls JSON, another must not call broken.
            if breaks_syntax(rejection) {
                let parsed = serde_json::from_slice::<serde_json::Value>(message);
                assert!(parsed.is_err(), "{}: {rejection}", contract.name);
            }
        }
    }
    result
}

/// The objects of a contract's sample, each with its pointer and members.
fn objects(contract: &Contract) -> Vec<(String, &[(String, Json)])> {
    let objects: Vec<_> = contract
        .sample
        .places()
        .into_iter()
        .filter_map(|(pointer, value)| match value {
            Json::Object(members) => Some((pointer, &members[..])),
            _ => None,
        })
        .collect();
    assert!(!objects.is_empty(), "{}", contract.name);
    objects
}

/// Number of messages accepted and rejected, so that a test that goes through none of one sort fails.
#[derive(Debug, Default)]
struct Tally {
    accepted: usize,
    rejected: usize,
}

impl Tally {
    fn count(&mut self, result: &Result<String, Rejection>) {
        let counter = if result.is_ok() { &mut self.accepted } else { &mut self.rejected };
        *counter += 1;
    }

    #[track_caller]
    fn assert_some_of_each(&self, contract: &str, messages: usize) {
        assert_eq!(self.accepted + self.rejected, messages, "{contract}");
        assert!(self.accepted > 0 && self.rejected > 0, "{contract}: {self:?}");
    }
}

/// Contracts whose payloads are not published: they have one schema, and one sample.
const SIMILAR: [&str; 4] =
    ["customer_updated", "customer_wallet_updated", "password_reset", "otp_code"];

/// The contracts without those that have the schema and the sample of another one.
fn dissimilar() -> impl Iterator<Item = Contract> {
    let similar = |contract: &Contract| SIMILAR[1..].contains(&contract.name);
    contracts::all().into_iter().filter(move |contract| !similar(contract))
}

fn breaks_syntax(rejection: &Rejection) -> bool {
    rejection
        .violations()
        .iter()
        .any(|violation| matches!(violation.kind(), ViolationKind::Syntax { .. }))
}

/// The only kind of violation of a message that must be rejected.
#[track_caller]
fn only_kind(contract: &Contract, message: &[u8]) -> ViolationKind {
    let rejection = outcome(contract, message).expect_err("rejected");
    let [violation] = rejection.violations() else { panic!("{}: {rejection}", contract.name) };
    violation.kind().clone()
}

#[test]
fn a_message_cut_off_anywhere_breaks_the_syntax() {
    for contract in contracts::all() {
        let sample = contract.sample.to_text();
        for end in 0..sample.len() {
            let rejection = outcome(&contract, &sample.as_bytes()[..end]).expect_err("rejected");
            assert!(breaks_syntax(&rejection), "{} cut at {end}: {rejection}", contract.name);
            // Nothing is said to be missing from an object that has not ended.
            let required =
                |violation: &Violation| matches!(violation.kind(), ViolationKind::Required { .. });
            assert!(!rejection.violations().iter().any(required), "cut at {end}: {rejection}");
        }
    }
}

#[test]
fn any_byte_may_be_another() {
    const BYTES: [u8; 14] = *b"\"\\{}],:0-e \0\x80\xff";
    for contract in dissimilar() {
        let mut tally = Tally::default();
        let sample = contract.sample.to_text().into_bytes();
        for at in 0..sample.len() {
            // Five of them in turn, so that all come up at every few places.
            for &byte in BYTES.iter().cycle().skip(5 * at % BYTES.len()).take(5) {
                let mut message = sample.clone();
                message[at] = byte;
                let result = outcome(&contract, &message);
                tally.count(&result);
                if !message.is_ascii() && str::from_utf8(&message).is_err() {
                    assert!(breaks_syntax(&result.expect_err("not UTF-8")));
                }
            }
        }
        tally.assert_some_of_each(contract.name, 5 * sample.len());
    }
}

#[test]
fn any_byte_may_be_missing_or_doubled() {
    for contract in dissimilar() {
        let mut tally = Tally::default();
        let sample = contract.sample.to_text().into_bytes();
        for at in 0..sample.len() {
            let mut message = sample.clone();
            message.remove(at);
            tally.count(&outcome(&contract, &message));
            let mut message = sample.clone();
            message.insert(at, sample[at]);
            tally.count(&outcome(&contract, &message));
        }
        tally.assert_some_of_each(contract.name, 2 * sample.len());
    }
}

#[test]
fn only_single_json_texts_are_valid_syntax() {
    for contract in contracts::all() {
        let sample = contract.sample.to_text();
        let spaced = format!(" \t\r\n{sample}\n\r\t ");
        assert_eq!(outcome(&contract, spaced.as_bytes()), outcome(&contract, sample.as_bytes()));
        let marked = format!("\u{feff}{sample}");
        let (twice, commented) = (format!("{sample}{sample}"), format!("{sample}/**/"));
        let broken: [&[u8]; 14] = [
            b"",
            b" \n",
            b"\xef\xbb\xbf",
            marked.as_bytes(),
            b"\xff\xfe{\0}\0",
            b"\0",
            b"{",
            b"}",
            b"nul",
            b"{'a':1}",
            b"\x0b{}",
            "\u{a0}{}".as_bytes(),
            twice.as_bytes(),
            commented.as_bytes(),
        ];
        for message in broken {
            let kind = only_kind(&contract, message);
            assert!(matches!(kind, ViolationKind::Syntax { .. }), "{}: {kind:?}", contract.name);
        }
        // Not UTF-8, within a string: half of a character, a surrogate, an overlong slash.
        for bytes in [&b"\xc3"[..], b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80"] {
            let at = sample.find(":\"").expect("a string") + 2;
            let message = [&sample.as_bytes()[..at], bytes, &sample.as_bytes()[at..]].concat();
            let ViolationKind::Syntax { offset, .. } = only_kind(&contract, &message) else {
                panic!()
            };
            assert_eq!(offset, at);
        }
        // A lone surrogate, escaped, stands for no character.
        for escape in [r"\ud800", r"\udc00", r"\ud800\ud800", r"\ud800x", r"\uD83D\u"] {
            let message = sample.replacen(":\"", &format!(":\"{escape}"), 1);
            let kind = only_kind(&contract, message.as_bytes());
            assert!(matches!(kind, ViolationKind::Syntax { .. }), "{escape}: {kind:?}");
        }
    }
}

#[test]
fn nesting_is_limited_wherever_it_is() {
    const DEEP: usize = 10_000;
    let openings = ["[", r#"{"a":"#, r#"[{"b":"#];
    for contract in contracts::all() {
        for opening in openings {
            let closing: String = opening
                .chars()
                .rev()
                .filter_map(|bracket| match bracket {
                    '[' => Some(']'),
                    '{' => Some('}'),
                    _ => None,
                })
                .collect();
            let open = opening.repeat(DEEP);
            let closed = format!("{open}1{}", closing.repeat(DEEP));
            let mut messages = vec![open.clone(), closed.clone()];
            for (pointer, value) in contract.sample.places() {
                messages.push(contract.sample.with(&pointer, &closed));
                if matches!(value, Json::Object(_)) {
                    messages.push(contract.sample.plus(&pointer, &format!(r#""deep":{closed}"#)));
                }
            }
            for message in messages {
                let rejection = (contract.rewrite)(message.as_bytes()).expect_err("rejected");
                let depth = |violation: &&Violation| {
                    matches!(violation.kind(), ViolationKind::Depth { .. })
                };
                assert_eq!(rejection.violations().iter().filter(depth).count(), 1, "{rejection}");
            }
        }
    }
}

#[test]
fn repeated_keys_are_found_in_any_spelling() {
    for contract in contracts::all() {
        for (pointer, members) in objects(&contract) {
            assert!(!members.is_empty(), "{} {pointer}", contract.name);
            for (key, value) in members {
                let escaped: String =
                    key.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
                for spelling in [json::quoted(key), format!("\"{escaped}\"")] {
                    for value in [value.to_text(), "null".to_owned()] {
                        let member = format!("{spelling}:{value}");
                        let message = contract.sample.plus(&pointer, &member);
                        let rejection = outcome(&contract, message.as_bytes()).expect_err(&message);
                        let repeated = rejection.violations().iter().any(|violation| {
                            violation.instance_pointer() == pointer
                                && *violation.kind()
                                    == ViolationKind::DuplicateKey { key: key.as_str().into() }
                        });
                        assert!(repeated, "{} {pointer}: {rejection}", contract.name);
                    }
                }
            }
        }
    }
}

#[test]
fn a_repeated_key_in_unknown_members_is_found() {
    for contract in contracts::all() {
        for (pointer, _) in objects(&contract) {
            for open in [r#"{"a":1,"\u0061":1}"#, r#"[[{"":{},"":{}}]]"#] {
                let message = contract.sample.plus(&pointer, &format!(r#""open":{open}"#));
                let rejection = outcome(&contract, message.as_bytes()).expect_err(&message);
                let place = json::child(&pointer, "open");
                assert!(
                    rejection.violations().iter().any(|violation| {
                        violation.instance_pointer().starts_with(&place)
                            && matches!(violation.kind(), ViolationKind::DuplicateKey { .. })
                    }),
                    "{}: {rejection}",
                    contract.name,
                );
            }
        }
    }
}

#[test]
fn numbers_are_exact_or_rejected_never_rounded() {
    let long = format!("1{}", "0".repeat(1_000));
    let fraction = format!("0.{}1", "0".repeat(1_000));
    let numbers = [
        "1e400",
        "-1e400",
        "1e-400",
        "0e-400",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "2147483648",
        "18446744073709551616",
        "9007199254740993",
        "0.1000000000000000055511151231257827",
        "79228162514264337593543950335",
        "79228162514264337593543950336",
        "123456789012345678901234567890.5",
        "1e99999999999999999999",
        "1E-99999999999999999999",
        "12.0",
        "1.2e1",
        "1200e-2",
        "-0",
        "-0.0",
        &long,
        &fraction,
    ];
    let mut of_numbers = Tally::default();
    for contract in dissimilar() {
        let mut tally = Tally::default();
        for (pointer, value) in contract.sample.places() {
            for number in numbers {
                let message = contract.sample.with(&pointer, number);
                let result = outcome(&contract, message.as_bytes());
                tally.count(&result);
                if !matches!(value, Json::Number(_)) {
                    continue;
                }
                of_numbers.count(&result);
                let Err(rejection) = result else { continue };
                // A number in the place of a number can only be too large, too fine or not an integer.
                let [violation] = rejection.violations() else { panic!("{rejection}") };
                assert_eq!(violation.instance_pointer(), pointer, "{number}");
                let kind = violation.kind().name();
                assert!(matches!(kind, "type" | "range" | "precision"), "{number}: {kind}");
            }
        }
        let messages = contract.sample.places().len() * numbers.len();
        assert_eq!(tally.accepted + tally.rejected, messages, "{}", contract.name);
        assert!(tally.rejected > 0, "{}: {tally:?}", contract.name);
    }
    assert_eq!((of_numbers.accepted + of_numbers.rejected) % numbers.len(), 0);
    assert!(of_numbers.accepted > 0 && of_numbers.rejected > 0, "{of_numbers:?}");
}

#[test]
fn any_value_may_be_of_any_type() {
    let values = ["null", "true", "false", "0", "-1.5", r#""""#, r#""0""#, "[]", "[[]]", "{}"];
    for contract in dissimilar() {
        let mut tally = Tally::default();
        for (pointer, _) in contract.sample.places() {
            for value in values {
                let message = contract.sample.with(&pointer, value);
                let result = outcome(&contract, message.as_bytes());
                tally.count(&result);
                let Err(rejection) = result else { continue };
                // The value that was changed is wrong, or one inside of it.
                for violation in rejection.violations() {
                    let place = violation.instance_pointer();
                    assert!(place.starts_with(&*pointer), "{pointer}: {rejection}");
                    let found = violation.value_in(message.as_bytes()) == Some(value);
                    assert!(found || place != pointer, "{pointer}: {rejection}");
                }
            }
        }
        tally.assert_some_of_each(contract.name, contract.sample.places().len() * values.len());
    }
}

#[test]
fn any_member_may_be_missing() {
    let mut accepted = 0;
    for contract in contracts::all() {
        let (mut tally, mut members_removed) = (Tally::default(), 0);
        for (pointer, members) in objects(&contract) {
            for (key, _) in members {
                let message = contract.sample.without(&json::child(&pointer, key));
                let result = outcome(&contract, message.as_bytes());
                members_removed += 1;
                tally.count(&result);
                let Err(rejection) = result else { continue };
                assert_eq!(rejection.violations().len(), 1, "{rejection}");
                for violation in rejection.violations() {
                    assert_eq!(violation.instance_pointer(), pointer);
                    let kind = violation.kind().name();
                    assert!(matches!(kind, "required" | "union"), "{pointer}: {rejection}");
                }
            }
        }
        // Every contract whose payload is published requires something.
        let requires = !SIMILAR.contains(&contract.name);
        assert_eq!(tally.rejected > 0, requires, "{}: {tally:?}", contract.name);
        assert!(members_removed > 0, "{}", contract.name);
        assert_eq!(tally.accepted + tally.rejected, members_removed, "{}", contract.name);
        accepted += tally.accepted;
    }
    // All but the one of Avro also leave something out.
    let has_optional = contracts::all().iter().any(|contract| contract.file.ends_with(".json"));
    assert_eq!(accepted > 0, has_optional);
}

#[cfg(feature = "pismo-core")]
mod a_hundred_thousand_violations {
    use super::*;

    const MANY: usize = 100_000;

    fn contract(name: &str) -> Contract {
        contracts::all().into_iter().find(|contract| contract.name == name).expect("a contract")
    }

    /// Asserts how many violations there are, and that only the first ones are kept.
    fn assert_count(rejection: &Rejection, count: usize) {
        assert_eq!(rejection.violations().len(), MAX_VIOLATIONS);
        assert_eq!(rejection.omitted(), count - MAX_VIOLATIONS);
        let shown = format!("{rejection:#}");
        assert!(shown.contains(&format!("rejected: {count} violations\n")), "{shown}");
        assert!(shown.ends_with(&format!("\n  and {} more", count - MAX_VIOLATIONS)), "{shown}");
        assert_eq!(shown.lines().count(), MAX_VIOLATIONS + 2);
    }

    #[test]
    fn in_items() {
        let accrual = contract("accrual_incoming");
        let items = vec!["{}"; MANY].join(",");
        let message = accrual.sample.with("/entity/accruals", &format!("[{items}]"));
        let rejection = (accrual.rewrite)(message.as_bytes()).unwrap_err();
        assert_count(&rejection, 3 * MANY);
        let last = &rejection.violations()[MAX_VIOLATIONS - 1];
        assert_eq!(last.instance_pointer(), "/entity/accruals/33");
    }

    #[test]
    fn in_unknown_properties() {
        let outgoing = contract("customer_outgoing");
        let members: Vec<_> = (0..MANY).map(|number| format!("\"k{number}\":{number}")).collect();
        let message = outgoing.sample.plus("", &members.join(","));
        let rejection = (outgoing.rewrite)(message.as_bytes()).unwrap_err();
        assert_count(&rejection, MANY);
    }

    #[test]
    fn in_repeated_keys() {
        let incoming = contract("customer_incoming");
        let members = vec![r#""k":1"#; MANY + 1].join(",");
        let message = incoming.sample.plus("", &members);
        let rejection = (incoming.rewrite)(message.as_bytes()).unwrap_err();
        assert_count(&rejection, MANY);
    }

    /// The reason why reading ended is listed even when the list is full.
    #[test]
    fn before_the_text_breaks_off() {
        let accrual = contract("accrual_incoming");
        let items = vec!["{}"; MANY].join(",");
        let message = format!(r#"{{"entity":{{"accruals":[{items}"#);
        let rejection = (accrual.rewrite)(message.as_bytes()).unwrap_err();
        assert_count(&rejection, 3 * MANY + 1);
        let last = rejection.violations().last().map(Violation::kind);
        assert!(matches!(last, Some(ViolationKind::Syntax { .. })), "{last:?}");
    }

    /// As many unknown properties as the contract leaves open cost no more than their text.
    #[test]
    fn open_contracts_keep_many_unknown_members() {
        let incoming = contract("customer_incoming");
        let members: Vec<_> = (0..MANY).map(|number| format!("\"k{number}\":[{number}]")).collect();
        let message = incoming.sample.plus("/entity/entity", &members.join(","));
        let written = (incoming.rewrite)(message.as_bytes()).unwrap();
        assert!(written.ends_with(r#","k99998":[99998],"k99999":[99999]}}}"#));
        assert_eq!(written.len(), message.len());
    }
}
