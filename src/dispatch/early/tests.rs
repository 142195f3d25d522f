//! Recognition by the first members against recognition by all of them.

use super::by_first_members;
use crate::dispatch::recognise::{Recognition, Verdict, by_all_members};
use crate::dispatch::signs::{EventKind, ROWS};
use crate::json::{Decode, Encode, Map, RawJson, Reader, at_pointer};

/// The verdict of the first members.
fn first(message: &str) -> Option<Verdict> {
    by_first_members(message).map(Verdict::Event)
}

/// The same object with its members the other way round.
fn reversed(message: &str) -> String {
    let members = Map::<RawJson>::decode(&mut Reader::new(message)).unwrap();
    let mut reversed = Map::<RawJson>::new();
    for (key, value) in members.iter().rev() {
        reversed.insert(key, value.clone());
    }
    let mut out = String::new();
    reversed.encode(&mut out);
    out
}

#[test]
fn first_members_and_all_members_agree() {
    let dump = include_str!("../../../schemas/boost/samples/kafka_dump.json");
    let samples = [
        include_str!("../../../schemas/pismo/samples/accrual_incoming-1.json"),
        include_str!("../../../schemas/pismo/samples/customer_incoming-1.json"),
        include_str!("../../../schemas/pismo/samples/customer_outgoing-1.json"),
        include_str!("../../../schemas/pismo/samples/recurring_charge_plan_incoming-1.json"),
        include_str!("../../../schemas/specsavers/samples/customer_created.json"),
        at_pointer(dump, "/0/messages/0").unwrap(),
    ];
    for sample in samples {
        let all = by_all_members(sample);
        assert!(matches!(all, Verdict::Event(_)), "{sample}");
        assert_eq!(first(sample), Some(all));
        assert_eq!(first(&reversed(sample)), Some(all));
        for name in ["customer_incoming", "customer-outgoing-1", "accrual_incoming-7"] {
            let envelope =
                format!(r#"{{"domain":"migration","event_type":"{name}","data":{sample}}}"#);
            let all = by_all_members(&envelope);
            assert!(
                matches!(all, Verdict::Event(Recognition { is_enveloped: true, .. })),
                "{envelope}"
            );
            assert_eq!(first(&envelope), Some(all));
            assert_eq!(first(&reversed(&envelope)), Some(all));
        }
    }
}

#[test]
fn falls_back_to_all_members_without_early_signs() {
    for message in [
        "",
        "[]",
        "{}",
        r#"{"event_type": "other", "domain": "migration", "status": "", "code": ""}"#,
        r#"{"event_type": 1, "status": "", "code": ""}"#,
        r#"{"specversion": "1.0", "type": "other", "status": "", "code": ""}"#,
        r#"{"detail-type": "", "source": "", "detail": {"status": "", "code": ""}}"#,
        r#"{"entity": {"migration": {}"#,
    ] {
        assert_eq!(by_first_members(message), None, "{message}");
    }
}

/// Every order of a few members.
fn orders<'m>(members: &[&'m str]) -> Vec<Vec<&'m str>> {
    if members.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (index, member) in members.iter().enumerate() {
        let mut rest = members.to_vec();
        rest.remove(index);
        all.extend(orders(&rest).into_iter().map(|order| [&[*member], &order[..]].concat()));
    }
    all
}

#[test]
fn both_recognitions_agree_in_every_order() {
    const DOMAIN: &str = r#""domain": "migration""#;
    const DATA: &str = r#""data": {"entity": {"migration": {}}}"#;
    let outcome = [r#""status": "x""#, r#""code": "x""#, r#""migration": {}"#];
    type Case<'c> = (&'c [&'c str], Option<(EventKind, bool)>);
    let messages: [Case<'_>; 8] = [
        (
            &[r#""event_type": "customer-incoming-1""#, DOMAIN, DATA, r#""cid": "7""#],
            Some((EventKind::CustomerIncoming, true)),
        ),
        (
            &[r#""event_type": "accrual_incoming""#, DATA, r#""cid": "7""#],
            Some((EventKind::AccrualIncoming, true)),
        ),
        (&[r#""event_type": "other""#, DOMAIN, DATA], None),
        (&outcome, Some((EventKind::CustomerOutgoing, false))),
        (
            &[r#""entity": {"migration": {}, "accruals": []}"#, r#""x": 1"#],
            Some((EventKind::AccrualIncoming, false)),
        ),
        (
            &[r#""entity": {"migration": {}}"#, r#""x": 1"#, r#""status": 1"#],
            Some((EventKind::CustomerIncoming, false)),
        ),
        (
            &[
                r#""type": "com.specsavers.customer.created""#,
                r#""specversion": "1.0""#,
                r#""data": {}"#,
            ],
            Some((EventKind::CustomerCreated, false)),
        ),
        (
            &[r#""event": {"uk.co.boostpower.support.kafka.messages.X": {}}"#, r#""x": 1"#],
            Some((EventKind::AccountMigration, false)),
        ),
    ];
    for (members, expected) in messages {
        let expected = expected.map_or(Verdict::Unknown, |(kind, is_enveloped)| {
            Verdict::Event(Recognition { kind, is_enveloped })
        });
        for order in orders(members) {
            let message = format!("{{{}}}", order.join(", "));
            assert_eq!(by_all_members(&message), expected, "{message}");
            let first = first(&message);
            assert!(first.is_none_or(|first| first == expected), "{message}");
        }
    }
}

#[test]
fn mixed_signs_have_one_verdict_in_every_order() {
    const NAMED: &str = r#""event_type": "customer_incoming""#;
    const CLOUD: &str = r#""type": "com.specsavers.customer.created""#;
    const PLAN: &str = r#""entity": {"migration": {}, "processing_code": 1}"#;
    const BOTH: &str = r#""entity": {"accruals": [], "migration": {}, "processing_code": 1}"#;
    const STEP: &str = r#""event": {"uk.co.boostpower.support.kafka.messages.X": {}}"#;
    let outcome = [r#""status": "x""#, r#""code": "x""#];
    let event = |kind, is_enveloped| Verdict::Event(Recognition { kind, is_enveloped });
    let customer = event(EventKind::CustomerIncoming, true);
    let created = event(EventKind::CustomerCreated, false);
    let plan = EventKind::RecurringChargePlanIncoming;
    for (members, expected) in [
        (&[NAMED, r#""domain": "migration""#, outcome[0], outcome[1], PLAN, CLOUD][..], customer),
        (&[NAMED, r#""domain": "other""#, PLAN, CLOUD], Verdict::Unknown),
        (&[NAMED, r#""event_type": "accrual_incoming""#, PLAN], Verdict::Unknown),
        (&[NAMED, NAMED, r#""domain": 1"#], customer),
        (&[r#""event_type": null"#, PLAN, CLOUD], Verdict::Unknown),
        (&[CLOUD, PLAN, STEP, outcome[0], outcome[1]], created),
        (&[r#""type": "x""#, r#""specversion": "1.0""#, PLAN], Verdict::Unknown),
        (&[r#""type": "x""#, PLAN], event(plan, false)),
        (&[PLAN, STEP], Verdict::Ambiguous(plan, EventKind::AccountMigration)),
        (&[BOTH, r#""x": 1"#], Verdict::Ambiguous(EventKind::AccrualIncoming, plan)),
        (
            &[outcome[0], STEP, outcome[1]],
            Verdict::Ambiguous(EventKind::CustomerOutgoing, EventKind::AccountMigration),
        ),
        (&[outcome[0], outcome[0], r#""x": 1"#], Verdict::Unknown),
    ] {
        for order in orders(members) {
            let message = format!("{{{}}}", order.join(", "));
            assert_eq!(by_all_members(&message), expected, "{message}");
        }
    }
}

#[test]
fn every_row_is_found_by_its_number() {
    for row in ROWS {
        assert_eq!(row.kind.contract(), row.contract);
    }
}
