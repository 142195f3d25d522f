//! Generated types against an independent validator, contract by contract.
//!
//! Each contract has messages written by hand (`instances/`) and messages made from them: parts
//! exchanged, left out, added. For each one the generated decoder and the oracle must agree on
//! whether it is accepted, and for a rejected one on every violation, apart from the
//! [differences](oracle) that are meant. What is accepted must survive being written and read again.

mod contract;
mod generate;
mod oracle;

use contract::Contract;
use migration_events_cases::json;
use proptest::test_runner::{Config, TestRunner};
use std::cell::Cell;

macro_rules! contracts {
    ($($file:ident: $event:ident,)*) => {
        $(
            mod $file {
                use super::*;

                fn contract() -> Contract {
                    Contract::of::<json::$event>(stringify!($file))
                }

                #[test]
                fn messages_written_by_hand() {
                    written_by_hand(&contract());
                }

                #[test]
                fn messages_made_from_them() {
                    made(&contract());
                }
            }
        )*

        #[test]
        fn every_contract_is_tested() {
            contract::assert_files_are(&[$(stringify!($file)),*]);
        }
    };
}

contracts! {
    additional_properties: AdditionalProperties,
    alternatives: Alternatives,
    boolean_and_untyped: BooleanAndUntyped,
    composed: Composed,
    conditional_union: ConditionalUnion,
    conditions: Conditions,
    constants: Constants,
    decimals: Decimals,
    deviating: Deviating,
    enums: Enums,
    formats: Formats,
    inheritance: Inheritance,
    integers: Integers,
    later_2019: Later2019,
    later_2020: Later2020,
    lists_and_counts: ListsAndCounts,
    lists_and_tuples: ListsAndTuples,
    names: Names,
    open_alternatives: OpenAlternatives,
    optional_and_nullable: OptionalAndNullable,
    patterns_that_backtrack: PatternsThatBacktrack,
    recursion: Recursion,
    references: References,
    references_with_siblings: ReferencesWithSiblings,
    root_by_reference: RootByReference,
    root_in_a_branch: RootInABranch,
    root_is_a_choice: RootIsAChoice,
    root_is_a_list: RootIsAList,
    root_is_a_number: RootIsANumber,
    root_of_any_type: RootOfAnyType,
    schema: Schema,
    sets_of_values: SetsOfValues,
    several_types: SeveralTypes,
    strings: Strings,
    type_names: TypeNames,
    unions: Unions,
    verified_root: VerifiedRoot,
}

#[test]
fn a_dot_is_what_ecma_262_says() {
    use events::Event;

    for (text, is_dot) in [("\u{85}", true), ("\u{2028}", false), ("\r", false), ("🎉", true)] {
        let message = serde_json::json!({"dot": text}).to_string();
        assert_eq!(json::Strings::from_json(message.as_bytes()).is_ok(), is_dot, "{text:?}");
    }
}

#[test]
fn a_text_too_long_to_backtrack_is_undecided() {
    use events::Event;

    for (property, keyword) in [("code", "pattern"), ("negated", "not")] {
        let message = format!(r#"{{"{property}":"{}"}}"#, "b".repeat(5000));
        let rejection = json::PatternsThatBacktrack::from_json(message.as_bytes()).unwrap_err();
        let kinds: Vec<_> = rejection.violations().iter().map(|one| one.kind().name()).collect();
        assert!(kinds.contains(&"undecided"), "{kinds:?}");
        assert!(!kinds.contains(&keyword), "{kinds:?}");
    }
}

#[test]
fn recursive_unions_cost_the_same_per_level() {
    use events::Event;

    // The kind comes last: until then each of the branches may be meant.
    let mut message = r#"{"kind":"true"}"#.to_owned();
    for _ in 0..100 {
        message = format!(r#"{{"left":{message},"right":{{"kind":"true"}},"kind":"and"}}"#);
    }
    let valid = format!(r#"{{"formula":{message}}}"#);
    assert!(json::Recursion::from_json(valid.as_bytes()).is_ok());
    let invalid = valid.replacen("true", "false", 1);
    let rejection = json::Recursion::from_json(invalid.as_bytes()).unwrap_err();
    // The kinds lead to the one place where none is known.
    let violations: Vec<_> = rejection.violations().iter().map(ToString::to_string).collect();
    let place = format!("/formula{}", "/left".repeat(100));
    let kind = r#"not one of "not", "and", "true" (enum)"#;
    let expected = [format!("{place}: fits no branch (oneOf)"), format!("{place}/kind: {kind}")];
    assert_eq!(violations, expected);
}

fn written_by_hand(contract: &Contract) {
    assert!(!contract.valid.is_empty(), "nothing is valid");
    let valid = contract.valid.iter().map(|message| (message, true));
    let invalid = contract.invalid.iter().map(|message| (message, false));
    for (message, expected) in valid.chain(invalid) {
        let accepted = (contract.rewrite)(message);
        assert_eq!(accepted.is_ok(), expected, "{message}: {accepted:?}");
        if let Err(difference) = contract.check(message) {
            panic!("{difference}");
        }
    }
}

fn made(contract: &Contract) {
    let config = Config { failure_persistence: None, ..Config::default() };
    let (accepted, rejected) = (Cell::new(0), Cell::new(0));
    let result = TestRunner::new(config).run(&generate::messages(contract), |message| {
        let message = message.to_string();
        let count = if (contract.rewrite)(&message).is_ok() { &accepted } else { &rejected };
        count.set(count.get() + 1);
        contract.check(&message).map_err(proptest::test_runner::TestCaseError::fail)
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    // Some contracts accept everything.
    let rejects = rejected.get() > 0 || contract.invalid.is_empty();
    assert!(accepted.get() > 0 && rejects, "{accepted:?} accepted, {rejected:?} rejected");
}
