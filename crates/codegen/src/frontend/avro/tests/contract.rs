//! Whole contracts: the published one of this repository, and contracts with deviations.

use super::*;
use crate::model::{AvroType, Encoding};

const PUBLISHED: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../schemas/boost/account_migration_event.avsc"
));

fn read_both(published: &str, document: &str) -> Model {
    let mut model = Model::default();
    let parse = |text| Tree::parse(text).unwrap();
    read(FILE, &parse(published), &parse(document), &mut model).unwrap();
    model
}

#[test]
fn account_migration_event_keeps_its_seven_branches() {
    let model = model(PUBLISHED);
    let [contract] = model.contracts.as_slice() else { panic!() };
    assert_eq!(contract.name, "uk.co.boostpower.support.kafka.messages.AccountMigrationEvent");
    assert_eq!((contract.version.as_deref(), contract.file.as_str()), (None, FILE));
    assert_eq!((contract.encoding, &contract.correlation_id), (Encoding::Avro, &None));
    assert_eq!(contract.published_rule, contract.rule);
    assert_eq!(model[contract.root].hint, "AccountMigrationEvent");

    let slot = model.slot();
    assert!(!slot.nullable);
    let union = model.union(slot);
    let names: Vec<_> = union.branches.iter().map(|branch| branch.full_name.as_str()).collect();
    let namespace = "uk.co.boostpower.support.kafka.messages";
    assert_eq!(
        names,
        [
            "AccountMigrationCancelledEvent",
            "AccountMigrationCompletedEvent",
            "AccountMigrationRollBackInitiatedEvent",
            "AccountMigrationRolledBackEvent",
            "AccountMigrationScheduledEvent",
            "AccountMigrationValidatedEvent",
            "BalanceRetrievedMigrationEvent",
        ]
        .map(|name| format!("{namespace}.{name}"))
    );
    // The root, the union, its seven branches and their shared metadata.
    assert_eq!(model.definitions.len(), 10);
}

#[test]
fn account_migration_event_shares_its_metadata_type() {
    let model = model(PUBLISHED);
    let metadata: Vec<_> = model
        .union(model.slot())
        .branches
        .iter()
        .map(|branch| match model.shape(&branch.slot) {
            Shape::Record(record) => &record.fields[0],
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(metadata.iter().all(|field| field.name == "metadata"));
    assert!(metadata.iter().all(|field| field.slot == metadata[0].slot));
    let Shape::Record(record) = model.shape(&metadata[0].slot) else { panic!() };
    let types: Vec<_> =
        record.fields.iter().map(|field| (field.name.as_str(), &field.slot.ty)).collect();
    assert_eq!(
        types,
        [
            ("eventId", &Type::Text),
            ("traceToken", &Type::Text),
            ("createdAt", &Type::Avro(AvroType::TimestampMillis)),
        ]
    );
    let cancelled = model.record("AccountMigrationCancelledEvent");
    let date = cancelled.fields.iter().find(|field| field.name == "effectiveEnrollmentDate");
    assert_eq!(date.map(|field| &field.slot.ty), Some(&Type::Avro(AvroType::Date)));
}

#[test]
fn annotations_do_not_change_the_published_rule() {
    let published = field_of(r#"[{"type":"fixed","name":"F","size":1}]"#);
    let annotated = field_of(
        r#"[{"type":"fixed","name":"F","size":1,"doc":"One.","aliases":["G"],"x-rust-variant":"One"}]"#,
    );
    let both = read_both(&published, &annotated);
    assert_eq!(both.contracts[0].published_rule, both.contracts[0].rule);
    assert_eq!(both.rules, model(&published).rules);
    let union = both.union(both.slot());
    assert_eq!(union.branches[0].explicit_name.as_deref(), Some("One"));
}

#[test]
fn strict_decoding_keeps_the_published_rule() {
    let published = r#"{"type":"record","name":"R","fields":[{"name":"r","type":["null","R"]}]}"#;
    let wider = r#"{"type":"record","name":"R","fields":[
        {"name":"r","type":["null","R","string"]}]}"#;
    let both = read_both(published, wider);
    let contract = &both.contracts[0];
    let alone = |text| {
        let model = model(text);
        model.written(model.contracts[0].rule)
    };
    assert_eq!(both.written(contract.rule), alone(wider));
    assert_eq!(both.written(contract.published_rule), alone(published));
    assert_eq!(both.definitions, model(wider).definitions);
}

#[test]
fn deviations_can_correct_an_invalid_published_schema() {
    let published = r#"{"type":"record","name":"R","fields":[
        {"name":"f","type":"int","default":"0"}]}"#;
    let both = read_both(published, &field_of(r#""int""#));
    assert_eq!(both, model(&field_of(r#""int""#)));
}

#[test]
fn several_contracts_share_one_model() {
    let mut model = Model::default();
    let renamed = PUBLISHED.replace("\"AccountMigrationEvent\"", "\"Renamed\"");
    for text in [PUBLISHED, &field_of(r#"["null","R"]"#), &renamed, PUBLISHED] {
        let tree = Tree::parse(text).unwrap();
        read(FILE, &tree, &tree, &mut model).unwrap();
    }
    // The fourth one is the first one again.
    assert_eq!(model.contracts.len(), 3);
    let written: Vec<_> =
        model.contracts.iter().map(|contract| model.written(contract.rule)).collect();
    assert_eq!(written[0], written[2]);
    assert_ne!(model.contracts[0].rule, model.contracts[2].rule);
}
