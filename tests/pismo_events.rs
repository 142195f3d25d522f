//! Every event of the groups of Pismo: its sample, broken copies of it, its outcomes, its keys, its recognition.

mod common;

use common::{contracts, json};
use migration_events::identity::Identified;
use migration_events::pismo::{self, Envelope, Unrepeatable};
use migration_events::validate::ViolationKind;
use migration_events::{AnyEvent, Event, Outcome};
use std::collections::BTreeSet;
use std::fmt::Debug;

/// Hands every event of the groups, with the name of its contract, to a macro.
macro_rules! events {
    ($with:ident) => {
        $with! {
            account_outgoing: AccountOutgoing;
            account_overlimit_outgoing: AccountOverlimitOutgoing;
            accrual_outgoing: AccrualOutgoing;
            authorization_incoming: AuthorizationIncoming;
            authorization_outgoing: AuthorizationOutgoing;
            on_us_authorization_incoming: OnUsAuthorizationIncoming;
            on_us_authorization_outgoing: OnUsAuthorizationOutgoing;
            balance_control_incoming: BalanceControlIncoming;
            balance_control_outgoing: BalanceControlOutgoing;
            card_incoming: CardIncoming;
            card_outgoing: CardOutgoing;
            pci_card_outgoing: PciCardOutgoing;
            token_incoming: TokenIncoming;
            token_outgoing: TokenOutgoing;
            fee_model_account_incoming: FeeModelAccountIncoming;
            fee_model_account_outgoing: FeeModelAccountOutgoing;
            recurring_charge_link_incoming: RecurringChargeLinkIncoming;
            recurring_charge_link_outgoing: RecurringChargeLinkOutgoing;
            recurring_charge_plan_outgoing: RecurringChargePlanOutgoing;
            account_go_live_outgoing: AccountGoLiveOutgoing;
            account_pre_go_live_outgoing: AccountPreGoLiveOutgoing;
            go_live_outgoing: GoLiveOutgoing;
            pci_card_go_live_outgoing: PciCardGoLiveOutgoing;
            pre_go_live_outgoing: PreGoLiveOutgoing;
            merchant_incoming: MerchantIncoming;
            merchant_outgoing: MerchantOutgoing;
            merchant_transaction_incoming: MerchantTransactionIncoming;
            merchant_transaction_outgoing: MerchantTransactionOutgoing;
            statement_incoming: StatementIncoming;
            statement_outgoing: StatementOutgoing;
            instant_payment_outgoing: InstantPaymentOutgoing;
            payment_agreement_incoming: PaymentAgreementIncoming;
            payment_agreements_outgoing: PaymentAgreementsOutgoing;
            pre_scheduled_transaction_incoming: PreScheduledTransactionIncoming;
            pre_scheduled_transaction_outgoing: PreScheduledTransactionOutgoing;
            transaction_incoming: TransactionIncoming;
            transaction_outgoing: TransactionOutgoing;
        }
    };
}

/// Members whose values broken messages change.
fn broken(sample: &json::Json) -> Vec<String> {
    let text = sample.to_text();
    let mut broken = vec!["[]".to_owned(), text.replacen('{', "", 1)];
    for member in ["entity", "migration"] {
        if sample.at(&format!("/{member}")).is_some() {
            broken.push(changed(&text, member, "7"));
        }
    }
    for member in ["status", "message"] {
        if sample.at(&format!("/{member}")).is_some() {
            broken.push(changed(&text, member, "[]"));
        }
    }
    broken
}

/// The message with another value of an outermost member.
fn changed(text: &str, member: &str, value: &str) -> String {
    let mut object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(text).unwrap();
    let value = serde_json::from_str(value).unwrap();
    assert!(object.insert(member.to_owned(), value).is_some());
    serde_json::to_string(&object).unwrap()
}

fn comes_back<T: Event + PartialEq + Debug>(name: &str) {
    let sample = contracts::sample(name);
    let event: T = common::assert_lossless(&sample.to_text());
    event.check().unwrap_or_else(|rejection| panic!("{name}: {rejection}"));
    let strict = T::from_json_strict(sample.to_text().as_bytes());
    assert_eq!(strict.unwrap_or_else(|rejection| panic!("{name}: {rejection}")), event);
    assert_eq!(T::CONTRACT.name, format!("migration/{name}"));
    assert_eq!(T::CONTRACT.version, Some("1"));
    let broken = broken(&sample);
    assert!(broken.len() >= 3, "{name}");
    for message in broken {
        assert!(T::from_json(message.as_bytes()).is_err(), "{name}: {message}");
    }
}

#[test]
fn samples_come_back_and_broken_ones_are_rejected() {
    macro_rules! each {
        ($($name:ident: $type:ident;)+) => {
            $(comes_back::<pismo::$type>(stringify!($name));)+
        };
    }
    events!(each);
}

#[test]
fn every_contract_of_pismo_is_tested() {
    let mut tested: BTreeSet<String> =
        contracts::all().iter().map(|contract| contract.full_name.to_owned()).collect();
    macro_rules! each {
        ($($name:ident: $type:ident;)+) => {
            $(tested.insert(concat!("migration/", stringify!($name)).to_owned());)+
        };
    }
    events!(each);
    for contract in pismo::CONTRACTS {
        assert!(tested.contains(contract.name), "{}", contract.name);
    }
    assert_eq!(pismo::CONTRACTS.len(), 41);
}

fn envelope(event_type: &str, data: &str) -> String {
    format!(
        r#"{{"event_id": "d7d8ab2c-4a1b-4a3c-9c3b-6c8e6f9f0a11", "schema_version": 1, "cid": "c-1",
            "domain": "migration", "org_id": "TN-1", "event_type": "{event_type}", "data": {data}}}"#
    )
}

fn is_enveloped<T: Event + Identified + PartialEq + Debug>(name: &str) {
    let sample = contracts::sample(name).to_text();
    let hyphens = name.replace('_', "-");
    for event_type in [name, &hyphens, &format!("{name}-1"), &format!("{hyphens}-1")] {
        let message = envelope(event_type, &sample);
        let event = AnyEvent::from_json(message.as_bytes()).unwrap();
        assert_eq!(event.contract().name, format!("migration/{name}"));
        assert_eq!(event.correlation_id().as_deref(), Some("c-1"));
        assert!(event.idempotency_key().is_some());
        let typed = Envelope::<T>::from_json(message.as_bytes()).unwrap();
        let alone = T::from_json(sample.as_bytes()).unwrap();
        assert_eq!(typed.data, alone);
        assert_eq!(event.migration_keys(), alone.migration_keys());
        // The identifier of an on-us authorization is in no published sample.
        let is_identified = name != "on_us_authorization_incoming";
        assert_eq!(!alone.migration_keys().is_empty(), is_identified, "{name}");
        if is_identified {
            assert_eq!(event.idempotency_key(), alone.idempotency_key());
        }
    }
}

#[test]
fn envelopes_name_their_event() {
    macro_rules! each {
        ($($name:ident: $type:ident;)+) => {
            $(is_enveloped::<pismo::$type>(stringify!($name));)+
        };
    }
    events!(each);
}

#[test]
fn samples_without_envelope_are_recognised() {
    const WITHOUT_SIGNS: &[&str] = &[
        "account_go_live_outgoing",
        "go_live_outgoing",
        "instant_payment_outgoing",
        "pre_go_live_outgoing",
    ];
    const TWINS: &[&str] = &["pci_card_outgoing", "pci_card_go_live_outgoing"];
    let check = |name: &str| {
        let sample = contracts::sample(name).to_text();
        let found = AnyEvent::from_json(sample.as_bytes());
        if TWINS.contains(&name) {
            let rejection = found.unwrap_err();
            let kind = rejection.violations()[0].kind().clone();
            assert!(matches!(kind, ViolationKind::Ambiguous { .. }), "{rejection}");
        } else if WITHOUT_SIGNS.contains(&name) {
            // Not one of a customer, either.
            assert_eq!(found.unwrap_err().contract().name, "migration/customer_outgoing", "{name}");
        } else {
            let found = found.unwrap_or_else(|rejection| panic!("{name}: {rejection}"));
            assert_eq!(found.contract().name, format!("migration/{name}"));
        }
    };
    macro_rules! each {
        ($($name:ident: $type:ident;)+) => {
            $(check(stringify!($name));)+
        };
    }
    events!(each);
    // Those of the core are recognised beside all others.
    for contract in contracts::all().iter().filter(|one| one.file.starts_with("pismo/")) {
        check(contract.name);
    }
}

fn answers<O>(name: &str, migration: &O::Migration, entity: Option<O::Entity>) -> Vec<&'static str>
where
    O: Outcome + PartialEq + Debug,
    O::Migration: Clone,
    O::Entity: Clone,
{
    let entity = entity.expect(name);
    let start = || <O as Outcome>::succeeded("MIGR-0001", "done", migration.clone());
    let created = start().created(entity.clone());
    let updated = start().updated(entity);
    let failed = <O as Outcome>::failed("ACME-7", "no such account", migration.clone());
    for (outcome, status) in [(&created, "SUCCESS"), (&updated, "SUCCESS"), (&failed, "FAIL")] {
        outcome.check().unwrap_or_else(|rejection| panic!("{name}: {rejection}"));
        let text = outcome.to_json();
        assert!(text.contains(&format!(r#""status":"{status}""#)), "{text}");
        assert_eq!(O::from_json(text.as_bytes()).as_ref(), Ok(outcome), "{name}");
    }
    assert!(!failed.to_json().contains(r#""entity""#), "{name}");
    O::ANSWERS.iter().map(|contract| contract.name).collect()
}

/// The parts of the outcome in a sample.
macro_rules! outcome {
    ($answered:ident, required $name:ident $type:ident) => {
        let event: pismo::$type = common::accepted(&contracts::sample(stringify!($name)).to_text());
        $answered.extend(answers::<pismo::$type>(
            stringify!($name),
            &event.migration,
            event.entity,
        ));
    };
    ($answered:ident, nothing $name:ident $type:ident) => {
        let event: pismo::$type = common::accepted(&contracts::sample(stringify!($name)).to_text());
        $answered.extend(answers::<pismo::$type>(stringify!($name), &event.migration, Some(())));
    };
    ($answered:ident, optional $name:ident $type:ident) => {
        let event: pismo::$type = common::accepted(&contracts::sample(stringify!($name)).to_text());
        let migration = event.migration.expect("a sample with identifiers");
        $answered.extend(answers::<pismo::$type>(stringify!($name), &migration, event.entity));
    };
    ($answered:ident, least $name:ident $type:ident) => {
        let event: pismo::$type = common::accepted(&contracts::sample(stringify!($name)).to_text());
        let migration = event.migration.expect("a sample with identifiers");
        $answered.extend(answers::<pismo::$type>(stringify!($name), &migration, Some(())));
    };
}

#[test]
fn every_outcome_reports_and_every_request_is_answered() {
    let mut answered = BTreeSet::new();
    outcome!(answered, required account_outgoing AccountOutgoing);
    outcome!(answered, required account_overlimit_outgoing AccountOverlimitOutgoing);
    outcome!(answered, required accrual_outgoing AccrualOutgoing);
    outcome!(answered, required authorization_outgoing AuthorizationOutgoing);
    outcome!(answered, required on_us_authorization_outgoing OnUsAuthorizationOutgoing);
    outcome!(answered, required balance_control_outgoing BalanceControlOutgoing);
    outcome!(answered, required card_outgoing CardOutgoing);
    outcome!(answered, required pci_card_outgoing PciCardOutgoing);
    outcome!(answered, required token_outgoing TokenOutgoing);
    outcome!(answered, required fee_model_account_outgoing FeeModelAccountOutgoing);
    outcome!(answered, required recurring_charge_link_outgoing RecurringChargeLinkOutgoing);
    outcome!(answered, required recurring_charge_plan_outgoing RecurringChargePlanOutgoing);
    outcome!(answered, required account_go_live_outgoing AccountGoLiveOutgoing);
    outcome!(answered, required account_pre_go_live_outgoing AccountPreGoLiveOutgoing);
    outcome!(answered, nothing go_live_outgoing GoLiveOutgoing);
    outcome!(answered, required pci_card_go_live_outgoing PciCardGoLiveOutgoing);
    outcome!(answered, nothing pre_go_live_outgoing PreGoLiveOutgoing);
    outcome!(answered, required merchant_outgoing MerchantOutgoing);
    outcome!(answered, required merchant_transaction_outgoing MerchantTransactionOutgoing);
    outcome!(answered, required statement_outgoing StatementOutgoing);
    outcome!(answered, least instant_payment_outgoing InstantPaymentOutgoing);
    outcome!(answered, required payment_agreements_outgoing PaymentAgreementsOutgoing);
    outcome!(answered, optional pre_scheduled_transaction_outgoing PreScheduledTransactionOutgoing);
    outcome!(answered, required transaction_outgoing TransactionOutgoing);
    answered.extend(pismo::CustomerOutgoing::ANSWERS.iter().map(|contract| contract.name));
    for contract in pismo::CONTRACTS {
        assert_eq!(
            contract.name.ends_with("_incoming"),
            answered.contains(contract.name),
            "{}",
            contract.name
        );
    }
}

#[test]
fn transactions_have_three_kinds_of_outcomes() {
    let transaction = pismo::TransactionIncoming::CONTRACT;
    for answers in [
        pismo::TransactionOutgoing::ANSWERS,
        pismo::PaymentAgreementsOutgoing::ANSWERS,
        pismo::InstantPaymentOutgoing::ANSWERS,
    ] {
        assert!(answers.contains(&transaction));
    }
    assert!(pismo::PciCardOutgoing::ANSWERS.is_empty());
}

/// The event of a sample.
fn sample<T: Event>(name: &str) -> T {
    common::accepted(&contracts::sample(name).to_text())
}

#[test]
fn outcomes_have_the_key_of_what_they_answer() {
    let check = |request: &dyn Identified, outcome: &dyn Identified| {
        let (request, outcome) =
            (request.migration_key().unwrap(), outcome.migration_key().unwrap());
        assert_eq!(request.record_key(), outcome.record_key());
    };
    let request: pismo::AuthorizationIncoming = sample("authorization_incoming");
    let outcome = pismo::AuthorizationOutgoing::failed("A", "b", &request.entity.migration);
    check(&request, &outcome);
    assert_eq!(request.migration_key().unwrap().version, outcome.migration_key().unwrap().version);
    let request: pismo::StatementIncoming = sample("statement_incoming");
    let migration = &request.entity.as_ref().unwrap().migration;
    check(&request, &pismo::StatementOutgoing::failed("A", "b", migration));
    let request: pismo::PaymentAgreementIncoming = sample("payment_agreement_incoming");
    check(&request, &pismo::PaymentAgreementsOutgoing::failed("A", "b", &request.entity.migration));
    let request: pismo::FeeModelAccountIncoming = sample("fee_model_account_incoming");
    check(&request, &pismo::FeeModelAccountOutgoing::failed("A", "b", &request.entity.migration));
    let request: pismo::CardIncoming = sample("card_incoming");
    let migration = request.entity.migration.as_ref().unwrap();
    check(
        &request,
        &pismo::CardOutgoing::failed(
            "A",
            "b",
            pismo::card_outgoing::Migration::try_from(migration).unwrap(),
        ),
    );
    let request: pismo::TransactionIncoming = sample("transaction_incoming");
    let migration =
        pismo::transaction_outgoing::Migration::try_from(&request.entity.migration).unwrap();
    check(&request, &pismo::TransactionOutgoing::failed("A", "b", migration));
}

#[test]
fn each_link_is_a_migration_of_its_own() {
    let mut request: pismo::RecurringChargeLinkIncoming = sample("recurring_charge_link_incoming");
    let mut second = request.entity.links[0].clone();
    second.migration_id = "link-2".into();
    request.entity.links.push(second);
    assert_eq!(request.migration_key(), None);
    let keys = request.migration_keys();
    assert_eq!(keys.len(), 2);
    for (key, link) in keys.iter().zip(&request.entity.links) {
        let outcome = pismo::RecurringChargeLinkOutgoing::failed("A", "b", link);
        assert_eq!(outcome.migration_key().unwrap().record_key(), key.record_key());
        assert_eq!(outcome.operation, pismo::OperationOrUnknown::Unknown);
    }
}

#[test]
fn identifiers_beside_the_contract_are_read() {
    let migration = r#""id":"m-1","version_date":"2023-10-20T15:01:00.000Z""#;
    let text =
        contracts::sample("on_us_authorization_incoming").plus("/entity/migration", migration);
    let event: pismo::OnUsAuthorizationIncoming = common::assert_lossless(&text);
    assert_eq!(event.migration_key().unwrap().id, "m-1");
    // The published example has them in an `entity` of its entity.
    let event: pismo::MerchantTransactionIncoming = sample("merchant_transaction_incoming");
    let key = event.migration_key().unwrap();
    assert_eq!(key.id, "5a8ade4e-e89a-11eb-9dd1-4b56d86f7a21");
    assert!(key.version.is_some());
}

#[test]
fn versions_without_format_need_not_be_instants() {
    let mut request: pismo::TokenIncoming = sample("token_incoming");
    // The published example has no seconds.
    let migration = request.entity.migration.as_mut().unwrap();
    assert_eq!(migration.version_date.as_deref(), Some("2022-06-02T15:14Z"));
    let error = pismo::token_outgoing::Migration::try_from(&*migration).unwrap_err();
    assert!(matches!(error, Unrepeatable::Version(_)), "{error}");
    assert_eq!(request.migration_key().unwrap().version, None);
    let first = request.idempotency_key();
    request.entity.migration.as_mut().unwrap().version_date = Some("2022-06-02T15:15Z".into());
    assert_ne!(request.idempotency_key(), first);
    let migration = request.entity.migration.as_mut().unwrap();
    migration.version_date = Some("2022-06-02T15:14:00Z".into());
    let repeated = pismo::token_outgoing::Migration::try_from(&*migration).unwrap();
    assert_eq!(repeated.version_date.to_string(), "2022-06-02T15:14:00Z");
    assert_eq!(repeated.card_id, "987654321");
}

#[test]
fn statuses_and_operations_beyond_the_usual_are_kept() {
    let text = contracts::sample("token_outgoing").to_text().replace("SUCCESS", "ACCEPTED");
    let token: pismo::TokenOutgoing = common::assert_lossless(&text);
    assert_eq!(token.status, pismo::TokenStatus::Accepted);
    let text = contracts::sample("account_overlimit_outgoing").to_text();
    let overlimit: pismo::AccountOverlimitOutgoing =
        common::assert_lossless(&text.replace("SUCCESS", "POSTPONED"));
    assert_eq!(overlimit.status, pismo::OpenStatus::Other("POSTPONED".into()));
    let text = contracts::sample("account_go_live_outgoing").to_text();
    let live: pismo::AccountGoLiveOutgoing = common::assert_lossless(&text);
    assert_eq!(live.migration.status, pismo::MigrationStatus::Migrated);
}

#[test]
fn deviations_are_reported_by_strict_decoding() {
    let instant =
        contracts::sample("instant_payment_outgoing").to_text().replace("UPDATE", "UNKNOWN");
    let event: pismo::InstantPaymentOutgoing = common::assert_lossless(&instant);
    assert_eq!(event.operation, Some(pismo::OperationOrUnknown::Unknown));
    let rejection =
        pismo::InstantPaymentOutgoing::from_json_strict(instant.as_bytes()).unwrap_err();
    assert_eq!(rejection.violations()[0].instance_pointer(), "/operation");

    let overlimit: pismo::AccountOverlimitOutgoing = sample("account_overlimit_outgoing");
    let failed = pismo::AccountOverlimitOutgoing::failed("A", "b", overlimit.migration);
    let text = failed.to_json();
    common::accepted::<pismo::AccountOverlimitOutgoing>(&text);
    assert!(pismo::AccountOverlimitOutgoing::from_json_strict(text.as_bytes()).is_err());
}
