//! One verdict for a message: neither the order of its members nor what is around it changes that.

use super::{ACCRUAL, CREATED, CUSTOMER, OUTCOME, PLAN, envelope, event_bridge, migration, sns};
use migration_events::identity::Identified;
use migration_events::{AnyEvent, Described, Event};
use migration_events_support::Dice;
use migration_events_support::json::{self, Json};
use proptest::prelude::*;

/// Members that are signs of other events, or of a wrapper, and one that is neither.
const RIVALS: [(&str, &str); 16] = [
    ("event_type", r#""customer_incoming""#),
    ("event_type", r#""recurring-charge-plan-incoming-1""#),
    ("event_type", r#""other""#),
    ("event_type", "7"),
    ("domain", r#""migration""#),
    ("domain", r#""sales""#),
    ("type", r#""com.specsavers.customer.created""#),
    ("type", r#""com.acme.moved""#),
    ("specversion", r#""1.0""#),
    ("event", r#"{"uk.co.boostpower.support.kafka.messages.X": {}}"#),
    ("entity", r#"{"migration": {}, "processing_code": "1"}"#),
    ("entity", r#"{"accruals": []}"#),
    ("status", r#""SUCCESS""#),
    ("code", r#""A-1""#),
    ("detail", r#"{"entity": {"migration": {}}}"#),
    ("x", "1.50"),
];

/// Members that make a customer, an accrual or a plan look like another of the three.
const INNER_RIVALS: [(&str, &str); 4] = [
    ("processing_code", r#""1""#),
    ("accruals", "[]"),
    ("accounting_date", r#""2022-04-20""#),
    ("migration", r#"{"id": "m-1"}"#),
];

const WRAPPER: [(&str, &str); 2] = [("detail-type", r#""t""#), ("source", r#""s""#)];

/// The event and its names, or everything that is wrong with it, and the answer.
#[derive(Debug, PartialEq)]
struct Verdict {
    names: Vec<String>,
    contract: &'static str,
    violations: Vec<String>,
    answer: Option<String>,
}

fn verdict(message: &str) -> Verdict {
    match AnyEvent::from_json(message.as_bytes()) {
        Ok(event) => {
            let migrations = event.migration_keys();
            let names = migrations.iter().map(ToString::to_string);
            let names = names.chain(event.idempotency_key().map(|key| key.to_string()));
            let contract = event.contract().name;
            Verdict { names: names.collect(), contract, violations: Vec::new(), answer: None }
        }
        Err(rejection) => {
            let mut violations: Vec<_> =
                rejection.violations().iter().map(ToString::to_string).collect();
            violations.sort();
            let answer = AnyEvent::answer_rejected("A-1", &rejection, message.as_bytes());
            Verdict {
                names: Vec::new(),
                contract: rejection.contract().name,
                violations,
                // Its message lists the violations in the order of the text.
                answer: answer.map(|answer| answer.migration.to_text()),
            }
        }
    }
}

fn shuffle(value: &mut Json, dice: &mut Dice<'_>) {
    match value {
        Json::Object(members) => {
            for index in (1..members.len()).rev() {
                members.swap(index, dice.below(index + 1));
            }
            members.iter_mut().for_each(|(_, value)| shuffle(value, dice));
        }
        Json::Array(items) => items.iter_mut().for_each(|item| shuffle(item, dice)),
        _ => {}
    }
}

/// Adds or replaces members, so that no key occurs twice.
fn add(value: &mut Json, rivals: &[(&str, &str)], dice: &mut Dice<'_>, most: usize) {
    let Json::Object(members) = value else { return };
    for _ in 0..dice.below(most + 1) {
        let (key, text) = *dice.pick(rivals);
        match members.iter_mut().find(|(known, _)| known == key) {
            // A payload is replaced seldom, so that most messages stay what they were.
            Some((_, value)) if dice.once_in(4) => *value = json::parse(text),
            Some(_) => {}
            None => members.push((key.to_owned(), json::parse(text))),
        }
    }
}

fn samples() -> Vec<Json> {
    let step = migration().to_json();
    [CUSTOMER, OUTCOME, ACCRUAL, PLAN, CREATED, &step].map(json::parse).into()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..<_>::default() })]

    #[test]
    fn shuffled_members_never_change_the_verdict(
        sample in prop::sample::select(samples()),
        seed: u64,
    ) {
        let dice = &mut Dice::seeded(seed);
        let mut message = sample;
        add(&mut message, &RIVALS, dice, 3);
        if dice.once_in(3) && let Json::Object(members) = &mut message {
            for (key, text) in WRAPPER {
                members.retain(|(known, _)| known != key);
                members.push((key.to_owned(), json::parse(text)));
            }
        }
        if let Json::Object(members) = &mut message
            && let Some((_, entity)) = members.iter_mut().find(|(key, _)| key == "entity")
        {
            add(entity, &INNER_RIVALS, dice, 1);
        }
        let expected = verdict(&message.to_text());
        for _ in 0..6 {
            shuffle(&mut message, dice);
            let text = message.to_text();
            prop_assert_eq!(&verdict(&text), &expected, "{}", text);
            for wrapped in [event_bridge(&text), sns(&text), sns(&event_bridge(&text))] {
                let mut wrapped = json::parse(&wrapped);
                shuffle(&mut wrapped, dice);
                prop_assert_eq!(&verdict(&wrapped.to_text()), &expected, "{}", text);
            }
        }
    }
    #[test]
    fn an_envelope_changes_neither_event_nor_answer(
        (name, sample) in prop::sample::select(enveloped_samples()),
        breakage in prop::sample::select(vec!["", "email", "origin", "message"]),
        seed: u64,
    ) {
        let dice = &mut Dice::seeded(seed);
        let mut message = json::parse(sample);
        if let Json::Object(members) = &mut message {
            let found = members.iter_mut().find(|(key, _)| key == breakage);
            if let Some((_, value)) = found {
                *value = Json::Array(Vec::new());
            } else if let Some((_, Json::Object(entity))) =
                members.iter_mut().find(|(key, _)| key == "entity")
                && breakage == "email"
            {
                entity.retain(|(key, _)| key != breakage);
                entity.push((breakage.to_owned(), Json::Boolean(true)));
            }
        }
        let bare = verdict(&message.to_text());
        let mut enveloped = json::parse(&envelope(name, "1", &message.to_text()));
        shuffle(&mut enveloped, dice);
        let text = enveloped.to_text();
        for text in [event_bridge(&text), sns(&text), sns(&event_bridge(&text)), text] {
            let found = verdict(&text);
            prop_assert_eq!(&found.names, &bare.names);
            prop_assert_eq!(found.contract, bare.contract);
            prop_assert_eq!(&found.answer, &bare.answer);
            prop_assert_eq!(found.violations.len(), bare.violations.len());
        }
    }
}

fn enveloped_samples() -> Vec<(&'static str, &'static str)> {
    vec![
        ("customer_incoming", CUSTOMER),
        ("customer-outgoing-1", OUTCOME),
        ("accrual-incoming", ACCRUAL),
        ("recurring_charge_plan_incoming-1", PLAN),
    ]
}
